"""A document as bibliographies see it: what it is, in what it appeared, by whom.

The forms for reference managers are made from this, so that all of them say the same.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

import msgspec

from fonds.record import Contributor, Record
from fonds.renditions.names import Name, name_of
from fonds.sources.languages import tag

Kind = Literal["article", "chapter", "conference", "book", "preprint"]
_PARTS = frozenset({"book", "book-series", "reference-works", "database"})
_WHOLE = frozenset({"book", "collected-courses", "encyclopedia"})


class Work(msgspec.Struct, frozen=True):
    """What a citation says; empty where the record does not."""

    kind: Kind
    title: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    container: str  # journal or book
    series: str
    volume: str
    issue: str
    number: str  # of the article, where it has no pages
    first: str
    last: str
    year: str
    date: str  # YYYY[-MM[-DD]]
    publisher: str
    doi: str
    issn: tuple[str, ...]
    isbn: tuple[str, ...]
    keywords: tuple[str, ...]
    abstract: str
    language: str  # BCP 47
    ark: str
    address: str  # of the DOI; else the publisher's

    @property
    def pages(self) -> str:
        """Return "101-119", or the one page."""
        return "-".join(dict.fromkeys(filter(None, (self.first, self.last))))


def work_of(record: Record) -> Work:
    """Return what a citation of a record says."""
    host, serie = record.host, record.serie
    pages = host.pages if host else None
    doi = next(iter(record.doi), "")
    return Work(
        kind=_kind(record),
        title=_line(record.title),
        authors=_names(record.author),
        editors=_names((*record.editor, *(host.editor if host else ()))),
        container=_line(host.title) if host else "",
        series=_line(serie.title) if serie and (host is None or serie.title != host.title) else "",
        volume=(host.volume if host else "") or (serie.volume if serie else ""),
        issue=host.issue if host else "",
        number=host.article_number if host else "",
        first=pages.first if pages else "",
        last=pages.last if pages else "",
        year=record.publication_date or record.copyright_date,
        date=_date(record),
        publisher=_line(host.publisher) if host else "",
        doi=doi,
        issn=(*host.issn, *host.eissn) if host else (),
        isbn=(*host.isbn, *host.eisbn) if host else (),
        keywords=tuple(dict.fromkeys(_line(subject.value) for subject in record.subject)),
        abstract=_line(record.abstract),
        language=next((tag(code) for code in record.language if tag(code)), ""),
        ark=record.ark_istex,
        address=f"https://doi.org/{quote(doi, safe='/:()._-')}" if doi else record.fulltext_url,
    )


def _kind(record: Record) -> Kind:
    hosts = frozenset(record.host.genre) if record.host else frozenset()
    if _WHOLE & {*record.genre} and "journal" not in hosts:
        return "book"
    if "journal" in hosts:
        return "article"
    if "conference" in record.genre or (record.host and record.host.conference):
        return "conference"
    if "chapter" in record.genre or _PARTS & hosts:
        return "chapter"
    return "article" if record.host and record.host.title else "preprint"


def _date(record: Record) -> str:
    """Return the most exact date in the year of publication."""
    year = record.publication_date or record.copyright_date
    known = (date for date in (record.print_date, record.online_date) if date[:4] == year)
    return max(known, key=len, default=year)


def _names(people: tuple[Contributor, ...]) -> tuple[Name, ...]:
    names = (name_of(person) for person in people)
    return tuple(dict.fromkeys(name for name in names if name.inverted))


def _line(text: str) -> str:
    return " ".join(text.split())
