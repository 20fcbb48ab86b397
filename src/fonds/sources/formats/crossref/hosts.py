"""The journal, book or proceedings that a deposited unit stands in, and the series above it."""

from __future__ import annotations

import msgspec

from fonds.errors import Finding
from fonds.record import Conference, Host, Serie
from fonds.sources.formats.crossref import parts
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.xml import Element

BOOKS = ("book_metadata", "book_series_metadata", "book_set_metadata")
REPORTS = ("report-paper_metadata", "report-paper_series_metadata")
PROCEEDINGS = ("proceedings_metadata", "proceedings_series_metadata")


class Standing(msgspec.Struct, frozen=True):
    """Where a unit stands."""

    host: Host | None = None
    serie: Serie | None = None


def journal(unit: Element, found: Element, year: str, findings: list[Finding]) -> Standing:
    """Return the journal of an article; volume and issue are the issue's."""
    meta, issue = found.find("journal_metadata"), found.find("journal_issue")
    printed, electronic = parts.issns(meta)
    host = Host(
        genre=("journal",),
        title=words(meta.find("full_title")) if meta is not None else "",
        language=_languages(meta),
        issn=printed,
        eissn=electronic,
        doi=parts.doi(meta, []),
        publication_date=year or (parts.dates(issue, findings)[0] if issue is not None else ""),
        publisher=words(found.find("../../head/registrant")),
        volume=words(issue.find("journal_volume/volume")) if issue is not None else "",
        issue=_issue(issue),
        pages=parts.pages(unit),
        article_number=parts.article_number(unit),
    )
    return Standing(host)


def _issue(issue: Element | None) -> str:
    if issue is None:
        return ""
    number, special = words(issue.find("issue")), words(issue.find("special_numbering"))
    return f"{number} ({special})" if number and special else number or special


def book(unit: Element, found: Element, year: str) -> Standing:
    """Return the book (or report) of a chapter and its series."""
    meta = next((e for tag in (*BOOKS, *REPORTS) if (e := found.find(tag)) is not None), None)
    if meta is None:
        return Standing(Host(genre=("book",), pages=parts.pages(unit)))
    own = parts.dates(meta, [])[0]
    printed, electronic = parts.isbns(meta)
    authors, editors = parts.people(meta)
    series = meta.find("series_metadata")
    kind = found.get("book_type") or ""
    host = Host(
        genre=("reference-works" if kind == "reference" else "book",),
        title=parts.titles(meta)[0] or (parts.titles(series)[0] if series is not None else ""),
        language=_languages(meta),
        isbn=printed,
        eisbn=electronic,
        doi=parts.doi(meta, []),
        publication_date=own or year,
        publisher=_publisher(meta),
        volume=words(meta.find("volume")),
        pages=parts.pages(unit),
        author=authors,
        editor=editors,
    )
    return Standing(host, _serie(series, words(meta.find("volume"))))


def proceedings(unit: Element, found: Element, year: str) -> Standing:
    """Return the proceedings of a paper, the conference and the series."""
    meta = next((e for tag in PROCEEDINGS if (e := found.find(tag)) is not None), None)
    event = found.find("event_metadata")
    name = words(event.find("conference_name")) if event is not None else ""
    conference = (Conference(name=name),) if name else ()
    if meta is None:
        title = name
        host = Host(genre=("book",), title=title, pages=parts.pages(unit), conference=conference)
        return Standing(host)
    series = meta.find("series_metadata")
    printed, electronic = parts.isbns(meta)
    title = words(meta.find("proceedings_title"))
    host = Host(
        genre=("book",),
        title=title or (parts.titles(series)[0] if series is not None else "") or name,
        language=_languages(meta),
        isbn=printed,
        eisbn=electronic,
        doi=parts.doi(meta, []),
        publication_date=parts.dates(meta, [])[0] or year,
        publisher=_publisher(meta),
        volume=words(meta.find("volume")),
        pages=parts.pages(unit),
        editor=parts.people(found)[1],
        conference=conference,
    )
    return Standing(host, _serie(series, words(meta.find("volume"))))


def repository(unit: Element, year: str) -> Standing:
    """Return what a preprint was posted to, a dissertation handed in at, a dataset kept in."""
    title = words(unit.find("group_title")) or words(unit.find("../database_metadata/titles/title"))
    name = words(unit.find("institution/institution_name")) or _publisher(unit)
    if not title and not name:
        return Standing()
    return Standing(
        Host(genre=("database",), title=title or name, publisher=name, publication_date=year)
    )


def _serie(meta: Element | None, volume: str) -> Serie | None:
    if meta is None:
        return None
    printed, electronic = parts.issns(meta)
    serie = Serie(
        title=parts.titles(meta)[0],
        issn=printed,
        eissn=electronic,
        doi=parts.doi(meta, []),
        volume=volume,
        editor=parts.people(meta)[1],
    )
    return serie if serie != Serie() else None


def _publisher(meta: Element) -> str:
    return words(meta.find("publisher/publisher_name"))


def _languages(meta: Element | None) -> tuple[str, ...]:
    code = language(meta.get("language")) if meta is not None else ""
    return (code,) if code else ()
