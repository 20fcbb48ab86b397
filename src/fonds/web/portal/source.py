"""Where a document was published, in one line, and the address of its journal's page."""

from __future__ import annotations

import msgspec

from fonds.holdings.describing import valid_issn
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
    """Return the address of a journal's page; of a search where it has no number; else nothing."""
    if host is None:
        return ""
    numbers = (*host.issn, *host.eissn) if "journal" in host.genre else ()
    for number in map(issn, numbers):
        if number is not None and valid_issn(number):
            return f"/journals/{number}"
    return in_journal(host.title)


def in_journal(title: str, query: str = "") -> str:
    """Return the address of a search in a journal or book."""
    if not title:
        return ""
    return Asked(q=query, filters=(Filter("host.title", title),), sort="newest").address()
