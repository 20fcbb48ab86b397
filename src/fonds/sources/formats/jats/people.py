"""Authors and editors of a JATS article, with their affiliations."""

from __future__ import annotations

import re

import msgspec

from fonds.record import Contributor
from fonds.sources import values
from fonds.sources.formats.jats.addresses import (
    Addresses,
    address,
    loose,
    read_addresses,
    read_letters,
    read_orcids,
)
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element

_EDITORS = frozenset({"editor", "reviewing-editor", "senior_editor", "academic-editor",
                      "guest-editor", "reviewing_editor"})  # fmt: skip
_AUTHORS = frozenset({"", "author", "collab", "group"})

# "for the X Group", as it stands after the last author
_LEADER = re.compile(r"^(?:(?:and )?(?:for|on behalf of) (?:the )?)(?=\S)", re.IGNORECASE)

People = tuple[Contributor, ...]


def read_people(meta: Element, front: Element) -> tuple[People, People]:
    """Return authors and editors in order."""
    groups = meta.findall("contrib-group") or front.findall("contrib-group")
    addresses, letters = read_addresses(meta, groups), read_letters(meta)
    orcids = read_orcids(meta, groups)
    unclaimed = tuple(dict.fromkeys(loose(meta, groups)))
    authors: list[Contributor] = []
    editors: list[Contributor] = []
    for group in groups:
        for contrib in group.findall("contrib"):
            target = _target(contrib.get("contrib-type") or "", authors, editors)
            person = _person(contrib, addresses, letters, unclaimed) if target is not None else None
            person = _identified(person, contrib, orcids)
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


def _person(
    contrib: Element, addresses: Addresses, letters: Addresses, unclaimed: tuple[str, ...]
) -> Contributor | None:
    surname, forename, shown = _name(contrib)
    if not shown:
        return None
    affiliations = [address(e) for e in contrib.findall("aff")]
    affiliations += [addresses.get(key, "") for key in (contrib.get("rid") or "").split()]
    mails = [words(e) for e in contrib.iter("email")]
    for xref in contrib.iterfind("xref"):
        kind = xref.get("ref-type")
        keys = (xref.get("rid") or words(xref)).split()
        if kind in (None, "aff"):
            affiliations += [addresses.get(key, "") for key in keys]
        elif kind == "corresp":
            mails += [letters.get(key, "") for key in keys]
    if not any(affiliations) and len(unclaimed) == 1:
        affiliations = list(unclaimed)
    mails = [f"E-mail: {mail}" for mail in mails if mail]
    orcids = (values.orcid(words(e)) for e in contrib.iterfind("contrib-id"))
    return Contributor(
        name=shown,
        surname=surname,
        forename=forename,
        affiliations=tuple(dict.fromkeys(filter(None, [*affiliations, *mails]))),
        orcid=next(filter(None, orcids), "") or _linked_orcid(contrib),
    )


def _identified(
    person: Contributor | None, contrib: Element, orcids: Addresses
) -> Contributor | None:
    """Return a person with the ORCID of the note on correspondence that it points to."""
    if person is None or person.orcid or not orcids:
        return person
    keys = (x.get("rid") or "" for x in contrib.iterfind("xref[@ref-type='corresp']"))
    found = next((orcids[key] for rid in keys for key in rid.split() if key in orcids), "")
    return msgspec.structs.replace(person, orcid=found)


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
        return _loose_name(loose)
    for path in ("collab", "collab-alternatives/collab", "on-behalf-of"):
        group = contrib.find(path)
        if group is not None:
            return "", "", _group_name(group)
    return "", "", "Anonymous" if contrib.find("anonymous") is not None else ""


def _loose_name(element: Element) -> tuple[str, str, str]:
    """Return surname, forenames and all of a `string-name`; JSTOR marks any number of parts."""
    surname = " ".join(words(one) for one in element.findall("surname")).rstrip(" ,")
    forename = " ".join(words(one) for one in element.findall("given-names"))
    if not surname and not forename:
        return "", "", words(element)
    prefix, suffix = words(element.find("prefix")), words(element.find("suffix"))
    return surname, forename, " ".join(filter(None, (prefix, forename, surname, suffix)))


def _group_name(collab: Element) -> str:
    """Return a group's name without the names of its members."""
    named = collab.find("named-content")
    own = readable(collab, skip=frozenset({"contrib-group", "xref", "email", "fn", "address",
                                           "aff", "ext-link"}))  # fmt: skip
    return _LEADER.sub("", (own or words(named)).strip(" ,;"))
