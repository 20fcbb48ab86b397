"""The addresses of a JATS article: which affiliation and which e-mail an id or a mark means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fonds.sources import values
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element

_LABEL = re.compile(r"^(?:\d{1,3}|[a-z*†‡§¶#])[\s.)]+(?=\S)")
_NOT_ADDRESS = frozenset({"label", "institution-id", "email", "ext-link", "fn", "bold-label"})
_MARKS = frozenset({"sup", "sub", "label"})
_LONGEST_MARK = 3  # characters
_JOINT = re.compile(r"[\s,;]+(?:and|et|und|y|e)?[\s,;]*$")  # what stands before the next address
_GLUED = re.compile(r"(?<=[^\W\d_]{2}),(?=[^\W_]{2})")  # "Hospital,Groningen"

Addresses = Mapping[str, str]


def read_addresses(meta: Element, groups: list[Element]) -> dict[str, str]:
    """Return affiliations by id, and by mark where one element holds several."""
    found: dict[str, str] = {}
    for place in (meta, *groups):
        for element in place.iter("aff"):
            found = _marked(element) | found
            identifier = element.get("id")
            alternatives = element.getparent()
            if alternatives is not None and alternatives.tag == "aff-alternatives":
                found.setdefault(alternatives.get("id") or "", address(element))
            if identifier:
                found.setdefault(identifier, address(element))
    return found


def read_letters(meta: Element) -> dict[str, str]:
    """Return the e-mail of each note on correspondence that has one."""
    found = {
        e.get("id") or "": [words(mail) for mail in e.iter("email")]
        for e in meta.iterfind("author-notes/corresp")
    }
    return {key: mails[0] for key, mails in found.items() if key and len(mails) == 1}


def read_orcids(meta: Element, groups: list[Element]) -> dict[str, str]:
    """Return the ORCID of each note on correspondence that has one, of one person only."""
    pointed = [
        key
        for group in groups
        for xref in group.iterfind("contrib/xref[@ref-type='corresp']")
        for key in (xref.get("rid") or "").split()
    ]
    found = {
        e.get("id") or "": [o for link in e.iter("ext-link", "uri") if (o := _orcid(link))]
        for e in meta.iterfind("author-notes/corresp")
    }
    return {k: known[0] for k, known in found.items() if len(known) == 1 == pointed.count(k)}


def _orcid(link: Element) -> str:
    return values.orcid(link.get("{http://www.w3.org/1999/xlink}href") or words(link))


def loose(meta: Element, groups: list[Element]) -> Iterator[str]:
    """Give the affiliations that nobody points to: they are everybody's when there is one."""
    for place in (meta, *groups):
        for element in place.findall("aff"):
            text = address(element)
            if text:
                yield text


def address(element: Element) -> str:
    """Return an affiliation in one line, without its marks."""
    whole = element.find("institution[@content-type='original']")  # SciELO: beside its parts
    if whole is not None:
        return _LABEL.sub("", words(whole)).strip(" ,;")
    pieces = [element.text or ""]
    structured = not (element.text or "").strip()
    for child in element:
        name = child.tag if isinstance(child.tag, str) else ""
        if name not in _NOT_ADDRESS and not _is_mark(child):
            pieces.append(_part(child))
        tail = child.tail or ""
        structured = structured and not tail.strip(" ,;.\n\t")
        pieces.append(tail)
    if structured:
        text = ", ".join(part for piece in pieces if (part := piece.strip(" ,;\n\t")))
    else:
        text = "".join(pieces)
    return _LABEL.sub("", _line(text)).strip(" ,;")


def _marked(element: Element) -> dict[str, str]:
    """Return the addresses of an element that holds several, each after its mark.

    BMJ writes `<sup>a</sup>One, <sup>b</sup>Two`; OUP `<target id="a1"/><label>1</label>One`.
    """
    addresses: list[tuple[list[str], list[str]]] = []
    waiting: list[str] = []
    for child in element:
        if child.tag == "target":
            waiting.append(child.get("id") or "")
        elif _is_mark(child):
            addresses.append(([*waiting, words(child)], [child.tail or ""]))
            waiting = []
        elif addresses:
            addresses[-1][1].extend((_part(child), child.tail or ""))
    if len(addresses) < 2:
        return {}
    return {
        key: text
        for keys, pieces in addresses
        for key in keys
        if key and (text := _JOINT.sub("", _line("".join(pieces))))
    }


def _is_mark(element: Element) -> bool:
    return element.tag in _MARKS and len(words(element)) <= _LONGEST_MARK


def _line(text: str) -> str:
    """Return an address with its commas as one writes them."""
    return _GLUED.sub(r"\g<0> ", re.sub(r"\s+([,;.])", r"\1", " ".join(text.split())))


def _part(element: Element) -> str:
    if element.tag == "institution-wrap":
        return " ".join(words(e) for e in element.findall("institution"))
    return readable(element)
