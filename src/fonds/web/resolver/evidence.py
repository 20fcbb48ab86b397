"""How well a document is what a citation means: what agrees, what does not."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fonds.holdings.describing import isbn13, plain
from fonds.record import Record
from fonds.web.resolver.citation import Citation, plain_number

_SAME_TITLE = 0.85  # share of words that two titles have in common
_OTHER_TITLE = 0.35
_LEAST_WORDS = 3  # a shorter title alone says too little
_YEARS_APART = 1  # online and in print


class Evidence(msgspec.Struct, frozen=True):
    """What of a citation agrees with a document."""

    agrees: frozenset[str]
    differs: frozenset[str]
    title: float  # 0 to 1, how alike the titles are; 0 when one is missing

    @property
    def strength(self) -> float:
        """Return what candidates are ranked by."""
        identified = 10.0 if "identifier" in self.agrees else 0.0
        return identified + len(self.agrees) + 2 * self.title - 1.5 * len(self.differs)

    @property
    def is_sure(self) -> bool:
        """Tell whether the document is what was meant, beyond reasonable doubt."""
        if "identifier" in self.agrees:
            return True
        if "book" in self.agrees and not self.differs & {"author", "year"}:
            return True
        if self.differs & {"author", "title"} and self.differs & {"year", "page", "volume"}:
            return False
        placed = "host" in self.agrees and "page" in self.agrees
        if placed and self.agrees & {"volume", "year"} and not self.differs & {"title", "volume"}:
            return True
        named = "title" in self.agrees and len(self.differs) <= 1
        return named and not self.differs & {"author", "page"}


def weigh(citation: Citation, record: Record) -> Evidence:
    """Compare a citation with a document."""
    agrees: set[str] = set()
    differs: set[str] = set()
    likeness = title_likeness(citation.title, record.title)
    for name, verdict in _verdicts(citation, record, likeness):
        if verdict is not None:
            (agrees if verdict else differs).add(name)
    return Evidence(frozenset(agrees), frozenset(differs), likeness)


def title_likeness(left: str, right: str) -> float:
    """Return the share of words in common; a title cut at its colon is still the title."""
    first, second = plain(left).split(), plain(right).split()
    if not first or not second:
        return 0.0
    common = len(set(first) & set(second))
    whole = common / max(len(set(first)), len(set(second)))
    short = min(len(set(first)), len(set(second)))
    begun = first[:short] == second[:short] and short > _LEAST_WORDS
    return max(whole, 0.9) if begun else whole


def _verdicts(
    citation: Citation, record: Record, likeness: float
) -> Iterable[tuple[str, bool | None]]:
    host = record.host
    yield "identifier", _identified(citation, record)
    yield "title", _title(citation, record, likeness)
    yield "author", _author(citation, record)
    yield "year", _year(citation.year, record.publication_date)
    if host is None:
        return
    yield "book", _book(citation, record)
    issns = {*host.issn, *host.eissn}
    yield "host", _host(citation, issns, host.title, {*host.isbn, *host.eisbn})
    yield "volume", _same(citation.volume, host.volume)
    yield "issue", _same(citation.issue, host.issue)
    first = host.pages.first if host.pages is not None else ""
    yield "page", _same(citation.first_page, first or host.article_number)


def _identified(citation: Citation, record: Record) -> bool | None:
    if {d.lower() for d in citation.doi} & {d.lower() for d in record.doi}:
        return True
    if set(citation.pmid) & set(record.pmid) or set(citation.ark) & {record.ark_istex, *record.ark}:
        return True
    ours = {plain_number(pii) for pii in record.pii}
    return True if {plain_number(pii) for pii in citation.pii} & ours else None


def _book(citation: Citation, record: Record) -> bool | None:
    """Tell whether the document is the whole book of an ISBN, or of a title, author and year.

    A part of a book has another title than the book.
    """
    host = record.host
    title = plain(record.title)
    if citation.has_identifier:  # it is that of a part, or the document agrees with it
        return None
    if host is None or title != plain(host.title) or plain(citation.title) not in ("", title):
        return None
    if set(map(isbn13, citation.isbn)) & set(map(isbn13, (*host.isbn, *host.eisbn))) - {""}:
        return True
    named = host.genre[:1] != ("journal",) and title != "" and plain(citation.host_title) == title
    whole = named and _author(citation, record) and citation.year == record.publication_date[:4]
    return True if whole else None


def _title(citation: Citation, record: Record, likeness: float) -> bool | None:
    if not citation.title or not record.title:
        return None
    if likeness >= _SAME_TITLE and len(plain(citation.title).split()) >= _LEAST_WORDS:
        return True
    return False if likeness < _OTHER_TITLE else None


def _author(citation: Citation, record: Record) -> bool | None:
    if not citation.author or not record.author:
        return None
    wanted = set(plain(citation.author.partition(",")[0]).split())
    names = [set(plain(author.name).split()) for author in record.author]
    return any(wanted <= name for name in names)


def _year(wanted: str, held: str) -> bool | None:
    if not wanted or not held[:4].isdigit():
        return None
    return abs(int(wanted) - int(held[:4])) <= _YEARS_APART


def _host(citation: Citation, issns: set[str], title: str, isbns: set[str]) -> bool | None:
    if set(citation.issn) & issns or set(citation.isbn) & {plain_number(i) for i in isbns}:
        return True
    if citation.host_title and plain(citation.host_title) == plain(title):
        return True
    if citation.issn and issns:
        return False
    return None  # callers abbreviate, or name another title of the journal


def _same(wanted: str, held: str) -> bool | None:
    if not wanted or not held:
        return None
    return plain_number(wanted).lstrip("0") == plain_number(held).lstrip("0")
