"""The bibliography of a TEI document: structured (`biblStruct`) or as printed (`bibl`)."""

from __future__ import annotations

import re

from fonds.record import Contributor, Pages, Reference, ReferenceHost
from fonds.sources import values
from fonds.sources.formats.tei.people import contributors
from fonds.sources.markup import words
from fonds.sources.values import is_number
from fonds.sources.xml import Element, local

ID = "{http://www.w3.org/XML/1998/namespace}id"
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_MOST_TEXT = 2_000  # characters of a reference given in words
_LISTS = frozenset({"bibliography", "references"})


def read_references(text: Element | None) -> tuple[Reference, ...]:
    """Return the entries of the lists of references of a text, in order."""
    if text is None:
        return ()
    return tuple(
        reference
        for holder in _holders(text)
        for entry in holder.iter("{*}biblStruct", "{*}bibl")
        if not _is_inside(entry, holder) and (reference := _reference(entry)) is not None
    )


def _holders(text: Element) -> list[Element]:
    lists = [one for one in text.iter("{*}listBibl") if not _is_description(one)]
    marked = [one for one in text.iter("{*}div") if one.get("type") in _LISTS]
    return lists or marked


def _is_description(element: Element) -> bool:
    return element.find("{*}biblFull") is not None


def _is_inside(entry: Element, holder: Element) -> bool:
    """Tell an entry that stands in another one (a book in which an article stands)."""
    above = entry.getparent()
    while above is not None and above is not holder:
        if local(above.tag) in ("biblStruct", "bibl"):
            return True
        above = above.getparent()
    return False


def _reference(entry: Element) -> Reference | None:
    made = _structured(entry) if local(entry.tag) == "biblStruct" else _printed(entry)
    return made if made != Reference(key=made.key) else None


def _printed(entry: Element) -> Reference:
    text = words(entry)[:_MOST_TEXT]
    years = _YEAR.findall(text)
    links = [one.get("target") or "" for one in entry.iter("{*}ref")]
    return Reference(
        key=entry.get(ID) or "",
        text=text,
        doi=next((doi for link in links if (doi := values.doi(link))), ""),
        publication_date=next((year for year in years if values.is_year(year)), ""),
    )


def _structured(entry: Element) -> Reference:
    part, whole = entry.find("{*}analytic"), entry.find("{*}monogr")
    own = part if part is not None and words(part) else whole
    title = _title(own)
    host = _host(whole) if own is part and whole is not None else None
    raw = next((words(n) for n in entry.iterfind("{*}note[@type='raw_reference']")), "")
    numbers = {(n.get("type") or "").lower(): words(n) for n in entry.iter("{*}idno")}
    named = bool(title or (host is not None and host.title))
    return Reference(
        key=entry.get(ID) or "",
        title=title,
        author=_authors(own),
        publication_date=year_of(whole.find("{*}imprint") if whole is not None else None),
        doi=values.doi(numbers.get("doi", "")) or "",
        pmid=numbers.get("pmid", ""),
        host=host,
        text="" if named else (raw or words(entry))[:_MOST_TEXT],
    )


def _title(own: Element | None) -> str:
    if own is None:
        return ""
    titles = own.findall("{*}title")
    main = [one for one in titles if one.get("type") in (None, "main")]
    return next((text for one in main or titles if (text := words(one))), "")


def _authors(own: Element | None) -> tuple[Contributor, ...]:
    return contributors(own.findall("{*}author"), {}) if own is not None else ()


def _host(whole: Element) -> ReferenceHost | None:
    volume, issue, pages = scopes(whole)
    made = ReferenceHost(title=_title(whole), volume=volume, issue=issue, pages=pages)
    return made if made != ReferenceHost() else None


def scopes(whole: Element) -> tuple[str, str, Pages | None]:
    """Return volume, issue and pages of a `monogr`."""
    found: dict[str, str] = {}
    pages: Pages | None = None
    for one in whole.iter("{*}biblScope"):
        unit = one.get("unit") or one.get("type") or ""
        text = words(one)
        if unit in ("pp", "page", "pages"):
            first, last = one.get("from") or "", one.get("to") or ""
            if not first:
                first, _, last = text.replace("–", "-").partition("-")
            pages = _pages(first.strip(), last.strip())
        elif text:
            found.setdefault({"vol": "volume", "number": "issue"}.get(unit, unit), text)
    return found.get("volume", ""), found.get("issue", ""), pages


def _pages(first: str, last: str) -> Pages | None:
    counted = is_number(first) and is_number(last) and int(last) >= int(first)
    total = str(int(last) - int(first) + 1) if counted else ""
    return Pages(first=first, last=last, total=total) if first or last else None


def year_of(element: Element | None) -> str:
    """Return the first year that a `date` in an element gives, in attribute or words."""
    if element is None:
        return ""
    for date in element.iter("{*}date"):
        for text in (date.get("when") or "", words(date)):
            for year in _YEAR.findall(text):
                if values.is_year(year):
                    return str(year)
    return ""
