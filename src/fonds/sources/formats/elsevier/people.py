"""Authors of an Elsevier article, with their affiliations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fonds.record import Contributor
from fonds.sources import values
from fonds.sources.formats.elsevier.names import CE, SA
from fonds.sources.markup import words
from fonds.sources.xml import Element

_GROUP = re.compile(r"^(?:and )?(?:for|on behalf of) (?:the )?(?=\S)", re.IGNORECASE)


def read_people(groups: Iterable[Element]) -> tuple[Contributor, ...]:
    """Return the persons and collaborations of author groups in order."""
    listed = list(groups)
    addresses = {
        element.get("id", ""): _address(element)
        for group in listed
        for element in group.iter(f"{CE}affiliation")
    }
    return tuple(person for group in listed for person in _group(group, addresses))


def _group(group: Element, addresses: dict[str, str]) -> list[Contributor]:
    """Read one group; who points to none of its affiliations has those nobody points to."""
    own = group.findall(f"{CE}affiliation")
    pointed = {refid for ref in group.iter(f"{CE}cross-ref") for refid in _ids(ref)}
    pointed |= {refid for ref in group.iter(f"{CE}cross-refs") for refid in _ids(ref)}
    loose = [_address(e) for e in own if not e.get("id") or e.get("id") not in pointed]
    found = []
    for element in group:
        if element.tag == f"{CE}author":
            found.append(_author(element, addresses, loose))
        elif element.tag == f"{CE}collaboration":
            found.append(_collaboration(element, addresses))
    return [person for person in found if person is not None]


def _ids(reference: Element) -> list[str]:
    return reference.get("refid", "").split()


def _address(element: Element) -> str:
    text = words(element.find(f"{CE}textfn"))
    if text:
        return text.strip(" ,;")
    structured = element.find(f"{SA}affiliation")
    parts = [words(part) for part in structured] if structured is not None else []
    return ", ".join(filter(None, parts)) or words(element.find(f"{CE}source-text"))


def _pointed(element: Element, addresses: dict[str, str]) -> list[str]:
    return [
        addresses[refid]
        for child in element
        if child.tag in (f"{CE}cross-ref", f"{CE}cross-refs")
        for refid in _ids(child)
        if refid in addresses
    ]


def _author(element: Element, addresses: dict[str, str], loose: list[str]) -> Contributor | None:
    surname, forename = words(element.find(f"{CE}surname")), words(element.find(f"{CE}given-name"))
    forename = forename or words(element.find(f"{CE}initials"))
    suffix = words(element.find(f"{CE}suffix"))
    shown = " ".join(filter(None, (forename, surname, suffix)))
    shown = shown or words(element.find(f"{CE}indexed-name"))
    if not shown:
        return None
    affiliations = _pointed(element, addresses) or loose
    mails = [
        f"E-mail: {mail}"
        for e in element.findall(f"{CE}e-address")
        if e.get("type", "email") == "email" and "@" in (mail := words(e))
    ]
    return Contributor(
        name=shown,
        forename=forename,
        surname=surname,
        affiliations=tuple(dict.fromkeys(filter(None, [*affiliations, *mails]))),
        orcid=values.orcid(element.get("orcid", "")),
    )


def _collaboration(element: Element, addresses: dict[str, str]) -> Contributor | None:
    """Return a collaboration by its name; its members are not authors."""
    name = _GROUP.sub("", words(element.find(f"{CE}text")).strip(" ,;"))
    affiliations = _pointed(element, addresses)
    return Contributor(name=name, affiliations=tuple(dict.fromkeys(affiliations))) if name else None
