"""The bibliography of an Elsevier article: `sb:reference`, and `ce:other-ref` in words."""

from __future__ import annotations

import re

from fonds.record import Contributor, Pages, Reference, ReferenceHost
from fonds.sources import values
from fonds.sources.formats.elsevier.names import CE, HREF, SB
from fonds.sources.markup import words
from fonds.sources.xml import Element

_ENTRIES = (f"{SB}reference", f"{CE}other-ref", f"{CE}note")
_SURNAME, _FORENAME, _SUFFIX = f"{CE}surname", f"{CE}given-name", f"{CE}suffix"
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_MOST_TEXT = 2_000  # characters of a reference given in words


def read_references(article: Element) -> tuple[Reference, ...]:
    """Return every entry of the bibliography and of the further reading, in order."""
    return tuple(
        reference
        for entry in article.iter(f"{CE}bib-reference")
        for number, element in enumerate(child for child in entry if child.tag in _ENTRIES)
        if (reference := _reference(element, _key(entry, element, number))) is not None
    )


def read_reviewed(head: Element) -> tuple[Reference, ...]:
    """Return what a book review is about."""
    found = (_reference(e, e.get("id", "")) for e in head if e.tag in _ENTRIES)
    return tuple(reference for reference in found if reference is not None)


def _key(entry: Element, element: Element, number: int) -> str:
    """Return the entry's id; further works under the same number have their own."""
    return entry.get("id", "") if number == 0 else element.get("id", "")


def _reference(element: Element, key: str) -> Reference | None:
    if element.tag != f"{SB}reference":
        text = words(element)[:_MOST_TEXT]
        return Reference(text=text, doi=_doi(element), key=key) if text else None
    contribution = element.find(f"{SB}contribution")
    title = _title(contribution) if contribution is not None else ""
    authors = _authors(contribution) if contribution is not None else ()
    hosts = element.findall(f"{SB}host")
    host, year = _host(hosts)
    structured = bool(title or (host is not None and host.title))
    text = "" if structured else _printed(element)
    doi = _doi(element)
    if not (structured or text or doi):
        return None
    return Reference(
        title=title,
        author=authors,
        publication_date=year,
        doi=doi,
        host=host,
        text=text,
        key=key,
    )


def _printed(element: Element) -> str:
    """Return the reference as it is printed, for one that has no title."""
    parent = element.getparent()
    source = parent.find(f"{CE}source-text") if parent is not None else None
    if source is not None:
        return words(source)[:_MOST_TEXT]
    return ", ".join(filter(None, map(_leaf, _parts(element))))[:_MOST_TEXT]


def _leaf(part: Element) -> str:
    """Return a part of a reference; names stand without a blank between their parts."""
    return _person(part).name if part.tag == f"{SB}author" else words(part)


def _parts(element: Element) -> list[Element]:
    names = [f"{SB}author", f"{SB}collaboration", f"{SB}maintitle", f"{SB}volume-nr",
             f"{SB}issue-nr", f"{SB}first-page", f"{SB}date", f"{CE}inter-ref", f"{SB}name",
             f"{SB}comment", f"{CE}article-number", f"{SB}article-number"]  # fmt: skip
    return [part for part in element.iter(*names) if part.getparent().tag != f"{SB}comment"]  # type: ignore[union-attr]  # no part is the root


def _title(place: Element) -> str:
    for name in ("title", "translated-title"):
        title = place.find(f"{SB}{name}")
        if title is not None:
            main, sub = words(title.find(f"{SB}maintitle")), words(title.find(f"{SB}subtitle"))
            return f"{main}: {sub}" if main and sub else main or words(title)
    return ""


def _authors(place: Element) -> tuple[Contributor, ...]:
    group = place.find(f"{SB}authors")
    return tuple(_person(e) for e in group if words(e)) if group is not None else ()


def _person(element: Element) -> Contributor:
    surname = forename = suffix = ""
    for child in element:  # one pass: a bibliography has hundreds of names
        if child.tag == _SURNAME:
            surname = words(child)
        elif child.tag == _FORENAME:
            forename = words(child)
        elif child.tag == _SUFFIX:
            suffix = words(child)
    if not surname:
        return Contributor(name=words(element))
    shown = " ".join(filter(None, (forename, surname, suffix)))
    return Contributor(name=shown, forename=forename, surname=surname)


def _host(hosts: list[Element]) -> tuple[ReferenceHost | None, str]:
    """Return the journal or book of the work, and the year; a preprint's address is no host."""
    for host in hosts:
        for name in ("issue", "edited-book", "book"):
            place = host.find(f"{SB}{name}")
            if place is not None:
                return _of(host, place)
    year = next((y for host in hosts if (y := _year(words(host.find(f"{SB}e-host/{SB}date"))))), "")
    return None, year


def _of(host: Element, place: Element) -> tuple[ReferenceHost | None, str]:
    series = place.find(f"{SB}series")
    if series is None:
        series = place.find(f"{SB}book-series/{SB}series")
    title = _title(place)
    first = words(host.find(f"{SB}pages/{SB}first-page"))
    number = words(host.find(f"{SB}article-number")) or words(host.find(f"{CE}article-number"))
    last = words(host.find(f"{SB}pages/{SB}last-page"))
    isbn = words(place.find(f"{SB}isbn"))
    editors = place.find(f"{SB}editors")
    found = ReferenceHost(
        title=title or (_title(series) if series is not None else ""),
        author=tuple(_person(e) for e in editors if words(e)) if editors is not None else (),
        volume=values.volume(words(series.find(f"{SB}volume-nr"))) if series is not None else "",
        issue=words(place.find(f"{SB}issue-nr")),
        isbn=(isbn,) if isbn else (),
        pages=Pages(first=first or number, last=last) if first or number or last else None,
    )
    return found if found != ReferenceHost() else None, _year(words(place.find(f"{SB}date")))


def _year(text: str) -> str:
    found = _YEAR.search(text)
    return found[1] if found and values.is_year(found[1]) else ""


def _doi(element: Element) -> str:
    for one in element.iter(f"{CE}doi"):
        return values.doi(words(one)) or ""
    for link in element.iter(f"{CE}inter-ref"):
        href = link.get(HREF, "")
        if href.startswith("doi:") or "doi.org/" in href:
            return values.doi(href) or ""
    return ""
