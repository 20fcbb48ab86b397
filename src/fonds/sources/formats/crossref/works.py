"""Crossref's JSON: works as its REST API gives them, one or many, in a list or one to a line.

Format: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from fonds.errors import Finding
from fonds.record import (
    AccessCondition,
    Conference,
    Contributor,
    Funder,
    Host,
    LocalText,
    Record,
    Reference,
    ReferenceHost,
    Subject,
)
from fonds.sources import json_records, parts, records, values
from fonds.sources.json_records import Json, texts
from fonds.sources.languages import language
from fonds.sources.model import Reading, Source

_GENRES = {
    "journal-article": "article",
    "proceedings-article": "conference",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
}
_PII = re.compile(r"S\d{7}[\dX]\d{7}[\dX]|B\d{18}[\dX]")  # of serials and of books
_HOSTS = {"article": "journal", "chapter": "book", "conference": "book", "book": "book"}


class CrossrefWorksReader:
    """Reads every work of a file of Crossref's JSON."""

    name = "crossref-works"
    label = "Crossref works (JSON)"
    version = 3

    def recognises(self, source: Source) -> bool:
        """Tell by an object with Crossref's DOI, type and prefix."""
        first = json_records.first(source, _unwrapped)
        return first is not None and "DOI" in first and ("prefix" in first or "member" in first)

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every work."""
        return json_records.read(source, _unwrapped, _read)


def _unwrapped(value: Any) -> Iterable[Any]:
    """Return the works of an answer (`message`), or the value itself."""
    if not isinstance(value, dict):
        return value if isinstance(value, list) else ()
    message = value.get("message", value)
    items = message.get("items") if isinstance(message, dict) else None
    return items if isinstance(items, list) else [message]


def _read(work: Json) -> tuple[Record, tuple[Finding, ...]]:
    findings: list[Finding] = []
    kind = str(work.get("type") or "")
    genre = _GENRES.get(kind, "other")
    doi = values.doi(str(work.get("DOI") or ""))
    if doi is None:
        findings.append(Finding("doi-invalid", f"{work.get('DOI')!r}"[:80]))
    titles, subtitles = texts(work.get("title")), texts(work.get("subtitle"))
    title = parts.title(records.plain(titles[0]) if titles else "", next(iter(subtitles), ""))
    printed, online = (_date(work.get(name)) for name in ("published-print", "published-online"))
    numbers = texts(work.get("alternative-id"))
    year = (printed or online or _date(work.get("issued")) or _date(work.get("created")))[:4]
    record = Record(
        title=title,
        translated_title=tuple(
            LocalText(value=records.plain(text))
            for text in dict.fromkeys((*titles[1:], *texts(work.get("original-title"))))
            if text
        ),
        abstract=_abstract(work),
        author=_people(work, "author"),
        editor=_people(work, "editor"),
        subject=tuple(Subject(value=text) for text in texts(work.get("subject"))),
        language=(language(str(work.get("language") or "")) or "unknown",),
        genre=(genre,),
        original_genre=(kind,) if kind else (),
        publication_date=year,
        online_date=online,
        print_date=printed,
        doi=(doi,) if doi else (),
        pii=tuple(text for text in numbers if _PII.fullmatch(text)),
        article_id=tuple(text for text in numbers if not _PII.fullmatch(text))[:1],
        host=_host(work, genre, title, year),
        ref_bibs=tuple(_reference(one) for one in json_records.objects(work.get("reference"))),
        access_condition=_licence(work),
        funder=tuple(_funder(one) for one in json_records.objects(work.get("funder"))),
        fulltext_url=_address(work, doi),
    )
    if not record.title and not record.doi:
        findings.append(Finding("no-title", "neither title nor DOI"))
    return record, tuple(findings)


def _abstract(work: Json) -> str:
    text = records.plain(str(work.get("abstract") or ""))
    return text.removeprefix("Abstract ")


def _date(value: object) -> str:
    """Return a day from `{"date-parts": [[2002, 3, 1]]}`."""
    given = value.get("date-parts") if isinstance(value, dict) else None
    if not (isinstance(given, list) and given and isinstance(given[0], list)):
        return ""
    year, month, day = ([str(part or "") for part in given[0]] + ["", "", ""])[:3]
    return values.day(year, month, day)


def _people(work: Json, role: str) -> tuple[Contributor, ...]:
    return parts.present(_person(one) for one in json_records.objects(work.get(role)))


def _person(one: Json) -> Contributor | None:
    places = tuple(
        str(place.get("name") or "") for place in json_records.objects(one.get("affiliation"))
    )
    if name := str(one.get("name") or ""):
        return parts.group(name, places)
    return parts.contributor(
        str(one.get("given") or ""),
        str(one.get("family") or ""),
        suffix=str(one.get("suffix") or ""),
        affiliations=places,
        orcid=str(one.get("ORCID") or ""),
    )


def _host(work: Json, genre: str, title: str, year: str) -> Host:
    by_kind: dict[str, list[str]] = {"print": [], "electronic": []}
    for one in json_records.objects(work.get("issn-type")):
        number = values.issn(str(one.get("value") or ""))
        if number:
            by_kind.setdefault(str(one.get("type")), []).append(number)
    if not any(by_kind.values()):
        by_kind["print"] = list(parts.issns(texts(work.get("ISSN"))))
    event = work.get("event")
    meeting = str(event.get("name") or "") if isinstance(event, dict) else ""
    containers = texts(work.get("container-title"))
    return Host(
        genre=(_HOSTS.get(genre, "journal" if containers else "database"),),
        title=records.plain(containers[0]) if containers else title if genre == "book" else "",
        issn=tuple(dict.fromkeys(by_kind["print"])),
        eissn=tuple(dict.fromkeys(by_kind["electronic"])),
        isbn=tuple(dict.fromkeys(filter(None, map(records.isbn, texts(work.get("ISBN")))))),
        publication_date=year,
        publisher=str(work.get("publisher") or ""),
        volume=str(work.get("volume") or ""),
        issue=str(work.get("issue") or ""),
        pages=records.pages(str(work.get("page") or "")),
        article_number=str(work.get("article-number") or ""),
        conference=(Conference(name=meeting),) if meeting else (),
    )


def _reference(one: Json) -> Reference:
    def said(name: str) -> str:
        return " ".join(str(one.get(name) or "").split())

    host = ReferenceHost(
        title=said("journal-title") or said("volume-title"),
        volume=said("volume"),
        issue=said("issue"),
        pages=records.span(said("first-page"), ""),
    )
    return Reference(
        key=said("key"),
        title=said("article-title"),
        author=parts.present([parts.group(said("author"))]),
        publication_date=records.year(said("year")),
        doi=values.doi(said("DOI")) or "",
        host=host if host != ReferenceHost() else None,
        text=said("unstructured"),
    )


def _licence(work: Json) -> AccessCondition:
    """Return the licence of the published version, else the first one."""
    found = json_records.objects(work.get("license"))
    published = [one for one in found if one.get("content-version") == "vor"] or found
    return records.licence(*(str(one.get("URL") or "") for one in published[:1]))


def _funder(one: Json) -> Funder:
    return Funder(
        name=str(one.get("name") or ""),
        id=str(one.get("DOI") or ""),
        award=texts(one.get("award")),
    )


def _address(work: Json, doi: str | None) -> str:
    resource = work.get("resource")
    primary = resource.get("primary") if isinstance(resource, dict) else None
    address = str(primary.get("URL") or "") if isinstance(primary, dict) else ""
    return address or str(work.get("URL") or "") or (f"https://doi.org/{doi}" if doi else "")
