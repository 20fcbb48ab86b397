"""Authors and editors of a JATS article, with their affiliations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fonds.record import Contributor
from fonds.sources import values
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element

_EDITORS = frozenset({"editor", "reviewing-editor", "senior_editor", "academic-editor",
                      "guest-editor", "reviewing_editor"})  # fmt: skip
_AUTHORS = frozenset({"", "author", "collab", "group"})
_LABEL = re.compile(r"^(?:\d{1,3}|[a-z*†‡§¶#])[\s.)]+(?=\S)")
_NOT_ADDRESS = frozenset({"label", "institution-id", "email", "ext-link", "fn", "bold-label"})

# "for the X Group", as it stands after the last author
_LEADER = re.compile(r"^(?:(?:and )?(?:for|on behalf of) (?:the )?)(?=\S)", re.IGNORECASE)

Addresses = Mapping[str, str]
People = tuple[Contributor, ...]


def read_people(meta: Element, front: Element) -> tuple[People, People]:
    """Return authors and editors in order."""
    groups = meta.findall("contrib-group") or front.findall("contrib-group")
    addresses = _addresses(meta, groups)
    loose = tuple(dict.fromkeys(_loose(meta, groups)))
    authors: list[Contributor] = []
    editors: list[Contributor] = []
    for group in groups:
        for contrib in group.findall("contrib"):
            target = _target(contrib.get("contrib-type") or "", authors, editors)
            person = _person(contrib, addresses, loose) if target is not None else None
            if person is not None and target is not None:
                target.append(person)
            if person is not None and target is authors:
                authors += _behind(contrib, person.name)
        authors += _groups(group, "collab")  # NLM 1: a group beside the authors
        authors += _groups(group, "on-behalf-of")
    return tuple(authors), tuple(editors)


def _target(
    kind: str, authors: list[Contributor], editors: list[Contributor]
) -> list[Contributor] | None:
    """Return the list a type of contributor belongs to; publishers write "Corresponding author"."""
    if kind in _EDITORS:
        return editors
    return authors if kind in _AUTHORS or kind.lower().endswith("author") else None


def _groups(place: Element, tag: str) -> list[Contributor]:
    names = (_group_name(element) for element in place.findall(tag))
    return [Contributor(name=name) for name in names if name]


def _behind(contrib: Element, shown: str) -> list[Contributor]:
    """Return the groups in whose name a person wrote."""
    return [group for group in _groups(contrib, "on-behalf-of") if group.name != shown]


def _addresses(meta: Element, groups: list[Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in (meta, *groups):
        for element in place.iter("aff"):
            identifier = element.get("id")
            alternatives = element.getparent()
            if alternatives is not None and alternatives.tag == "aff-alternatives":
                found.setdefault(alternatives.get("id") or "", _address(element))
            if identifier:
                found.setdefault(identifier, _address(element))
    return found


def _loose(meta: Element, groups: list[Element]) -> Iterator[str]:
    """Give the affiliations that nobody points to: they are everybody's when there is one."""
    for place in (meta, *groups):
        for element in place.findall("aff"):
            text = _address(element)
            if text:
                yield text


def _address(element: Element) -> str:
    whole = element.find("institution[@content-type='original']")  # SciELO: beside its parts
    if whole is not None:
        return _LABEL.sub("", words(whole)).strip(" ,;")
    pieces = [element.text or ""]
    structured = not (element.text or "").strip()
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        is_mark = name in ("sup", "sub") and len(words(child)) <= 3
        if name not in _NOT_ADDRESS and not is_mark:
            pieces.append(_part(child))
        tail = child.tail or ""
        structured = structured and not tail.strip(" ,;.\n\t")
        pieces.append(tail)
    if structured:
        text = ", ".join(part for piece in pieces if (part := piece.strip(" ,;\n\t")))
    else:
        text = "".join(pieces)
    text = re.sub(r"\s+([,;.])", r"\1", " ".join(text.split()))
    return _LABEL.sub("", text).strip(" ,;")


def _part(element: Element) -> str:
    if element.tag == "institution-wrap":
        return " ".join(words(e) for e in element.findall("institution"))
    return readable(element)


def _person(contrib: Element, addresses: Addresses, loose: tuple[str, ...]) -> Contributor | None:
    surname, forename, shown = _name(contrib)
    if not shown:
        return None
    affiliations = [_address(e) for e in contrib.findall("aff")]
    for xref in contrib.iterfind("xref[@ref-type='aff']"):
        identifiers = (xref.get("rid") or "").split()
        affiliations += [addresses.get(identifier, "") for identifier in identifiers]
    if not any(affiliations) and len(loose) == 1:
        affiliations = list(loose)
    mails = [f"E-mail: {mail}" for e in contrib.iter("email") if (mail := words(e))]
    orcids = (values.orcid(words(e)) for e in contrib.iterfind("contrib-id"))
    return Contributor(
        name=shown,
        surname=surname,
        forename=forename,
        affiliations=tuple(dict.fromkeys(filter(None, [*affiliations, *mails]))),
        orcid=next(filter(None, orcids), "") or _linked_orcid(contrib),
    )


def _linked_orcid(contrib: Element) -> str:
    for element in contrib.iter("uri", "ext-link"):
        href = element.get("{http://www.w3.org/1999/xlink}href") or words(element)
        if "orcid.org" in href:
            return values.orcid(href)
    return ""


def _name(contrib: Element) -> tuple[str, str, str]:
    """Return surname, forename and the name as shown."""
    names = contrib.findall("name") or contrib.findall("name-alternatives/name")
    western = [name for name in names if name.get("name-style") != "eastern"]
    for name in western or names:
        surname, forename = words(name.find("surname")), words(name.find("given-names"))
        suffix = words(name.find("suffix"))
        return surname, forename, " ".join(filter(None, (forename, surname, suffix)))
    loose = contrib.find("string-name")
    if loose is None:
        loose = contrib.find("name-alternatives/string-name")
    if loose is not None:
        surname, forename = words(loose.find("surname")), words(loose.find("given-names"))
        return surname, forename, f"{forename} {surname}".strip() or words(loose)
    for path in ("collab", "collab-alternatives/collab", "on-behalf-of"):
        group = contrib.find(path)
        if group is not None:
            return "", "", _group_name(group)
    return "", "", "Anonymous" if contrib.find("anonymous") is not None else ""


def _group_name(collab: Element) -> str:
    """Return a group's name without the names of its members."""
    named = collab.find("named-content")
    own = readable(collab, skip=frozenset({"contrib-group", "xref", "email", "fn", "address",
                                           "aff", "ext-link"}))  # fmt: skip
    return _LEADER.sub("", (own or words(named)).strip(" ,;"))
