"""People and institutions of a TEI header: authors, editors, affiliations, ORCIDs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fonds.record import Contributor
from fonds.sources import values
from fonds.sources.markup import words
from fonds.sources.xml import Element, local

# "Aylett, Robert, 1583-1655?": the form of library catalogues, with or without dates
_DATES = re.compile(r",?\s*(?:(?:b\.|d\.|fl\.|ca\.)\s*)?\(?\d{3,4}[^,]*$")
_CATALOGUED = re.compile(r"([^,]+), ([^,]+)(?:, .*)?")
_ADDRESS = ("{*}orgName", "{*}addrLine", "{*}settlement", "{*}postCode", "{*}region", "{*}country")
_NOT_AUTHORS = frozenset({"depositor", "contributor", "trl", "translator"})

Organisations = dict[str, str]


def organisations(root: Element) -> Organisations:
    """Return the affiliations that are described apart (HAL), by their ids."""
    ids = "{http://www.w3.org/XML/1998/namespace}id"
    return {
        f"#{element.get(ids)}": _organisation(element)
        for element in root.iterfind(".//{*}listOrg/{*}org")
    }


def contributors(elements: Iterable[Element], known: Organisations) -> tuple[Contributor, ...]:
    """Return the people that `author` or `editor` elements name, in order."""
    found = (
        person
        for element in elements
        if element.get("role") not in _NOT_AUTHORS
        for person in _persons(element, known)
    )
    return tuple(dict.fromkeys(found))


def _persons(element: Element, known: Organisations) -> list[Contributor]:
    named = element.findall("{*}persName")
    group = words(element.find("{*}orgName"))
    if not named and group:
        return [Contributor(name=group)]
    shown = [_name(one) for one in named] or [_catalogued(_own_words(element))]
    addresses = _affiliations(element, known)
    orcid = _orcid(element)
    return [
        Contributor(
            name=f"{first} {last}".strip(),
            forename=first,
            surname=last if first else "",
            affiliations=addresses,
            orcid=orcid if len(shown) == 1 else "",
        )
        for first, last in shown
        if first or last
    ]


def _own_words(element: Element) -> str:
    """Return an unmarked name; GROBID makes authors that are nothing but an address."""
    return words(element) if element.find("{*}affiliation") is None else ""


def _name(element: Element) -> tuple[str, str]:
    """Return forenames and surname; the whole is the surname of a name without parts."""
    last = " ".join(words(one) for one in element.findall("{*}surname"))
    first = " ".join(words(one) for one in element.findall("{*}forename"))
    return (first, last) if first or last else _catalogued(words(element))


def _catalogued(text: str) -> tuple[str, str]:
    plain = _DATES.sub("", text).strip(" ,.") if "," in text else text
    match = _CATALOGUED.fullmatch(plain)
    return (match[2].strip(), match[1].strip()) if match else ("", plain)


def _orcid(element: Element) -> str:
    for one in element.iterfind("{*}idno"):
        if (one.get("type") or "").upper() == "ORCID":
            return values.orcid(words(one))
    for one in (element, *element.iterfind("{*}persName")):
        if "orcid" in (one.get("ref") or ""):
            return values.orcid(one.get("ref") or "")
    return ""


def _affiliations(element: Element, known: Organisations) -> tuple[str, ...]:
    found: list[str] = []
    for one in element.iterfind("{*}affiliation"):
        references = (one.get("ref") or "").split()
        found += [known[reference] for reference in references if reference in known]
        found.append(_address(one))
    found += [
        f"E-mail: {mail}"
        for one in element.iterfind("{*}email")
        if "@" in (mail := words(one))  # HAL gives the sum of an address, and its domain
    ]
    return tuple(dict.fromkeys(filter(None, found)))


def _address(element: Element) -> str:
    parts = [words(one) for one in element.iter(*_ADDRESS)]
    return ", ".join(filter(None, parts)) or words(element)


def _organisation(element: Element) -> str:
    names = element.findall("{*}orgName")
    full = " / ".join(words(one) for one in names if not one.get("type"))
    short = next((words(one) for one in names if one.get("type") == "acronym"), "")
    parts = [f"{full} ({short})" if full and short and short != full else full or short]
    parts += [_line(one) for one in element.iterfind("{*}desc/{*}address/*")]
    return ", ".join(filter(None, parts))


def _line(element: Element) -> str:
    country = (element.get("key") or "") if local(element.tag) == "country" else ""
    return words(element) or country
