"""Where a document was published, in one line, and the address of its journal's page."""

from __future__ import annotations

import msgspec

from fonds.holdings.describing import KINDS, isbn13, valid_issn
from fonds.record import Host
from fonds.sources.values import issn
from fonds.web.portal.asking import Asked, Filter


class Source(msgspec.Struct, frozen=True):
    """Where a document was published."""

    journal: str
    volume: str
    issue: str
    pages: str
    number: str
    year: str


def source_of(host: Host | None, year: str) -> Source:
    """Return where a document was published."""
    if host is None:
        return Source("", "", "", "", "", year)
    pages = host.pages
    numbers = "–".join(dict.fromkeys(filter(None, (pages.first, pages.last)))) if pages else ""
    return Source(host.title, host.volume, host.issue, numbers, host.article_number, year)


def journal_address(host: Host | None) -> str:
    """Return the address of a journal's (or book's) page, or of a search; empty without one."""
    if host is None:
        return ""
    kind = KINDS.get(host.genre[0] if host.genre else "")
    issns = map(issn, (*host.issn, *host.eissn)) if kind == "serial" else ()
    isbns = map(isbn13, (*host.isbn, *host.eisbn)) if kind == "monograph" else ()
    valid = (one for one in issns if one is not None and valid_issn(one))
    number = next((one for one in (*valid, *isbns) if one), "")
    return f"/journals/{number}" if number else in_journal(host.title)


def in_journal(title: str, query: str = "") -> str:
    """Return the address of a search in a journal or book."""
    if not title:
        return ""
    return Asked(q=query, filters=(Filter("host.title", title),), sort="newest").address()
