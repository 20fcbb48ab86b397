"""Checks the holdings before they are published: every row is asked for, as its readers will.

For both ends of each row a document that stands there is described as link resolvers describe it
(ISSN or ISBN, volume, issue, page, year, title), and our own resolver must find that document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol
from urllib.parse import parse_qs, urlencode

import msgspec

from fonds.access.rights import Rights
from fonds.archive.model import StoredDocument
from fonds.archive.works import Twin
from fonds.holdings.coverage import Coverage, Gap, Point
from fonds.holdings.holdings import Choice, Holdings
from fonds.holdings.kbart import lines, title_rows
from fonds.holdings.kbart_rules import Fault, faults
from fonds.holdings.model import Title
from fonds.record import Record

_RECORD = msgspec.json.Decoder(Record)
Cause = Literal["not-found", "another-document", "no-text"]


class Answer(msgspec.Struct, frozen=True):
    """What a resolver said to a reference."""

    ark: str = ""  # of the document found
    has_text: bool = False


Probe = Callable[[str], Answer]  # the query string of an OpenURL -> what is found


class Records(Protocol):
    """What a check needs of the archive."""

    def records(self, ords: Sequence[int]) -> list[bytes]: ...

    def by_ark(self, ark: str) -> StoredDocument | None: ...

    def twins(self, identifier: str) -> tuple[Twin, ...]: ...


class Failure(msgspec.Struct, frozen=True):
    """A row one end of which does not resolve."""

    title_id: str
    title: str
    cause: Cause
    openurl: str
    expected: str  # ARK


class TitleGap(msgspec.Struct, frozen=True):
    """A gap of a title."""

    title_id: str
    title: str
    gap: Gap


class Report(msgspec.Struct, frozen=True):
    """What a check found."""

    titles: int
    rows: int
    probes: int
    faults: tuple[Fault, ...]  # of the KBART file
    failures: tuple[Failure, ...]
    gaps: tuple[TitleGap, ...]
    unpublished: tuple[str, ...]  # serials without any year: no row can be written
    outside: int  # documents in no journal and no book

    @property
    def is_good(self) -> bool:
        """Tell whether everything may be published."""
        return not self.faults and not self.failures


def check(
    holdings: Holdings,
    archive: Records,
    rights: Rights,
    probe: Probe,
    base: str,
    choice: Choice | None = None,
) -> Report:
    """Check the titles that are asked for."""
    choice = choice or Choice()
    rows: list[str] = []
    failures: list[Failure] = []
    gaps: list[TitleGap] = []
    unpublished: list[str] = []
    titles = probes = 0
    for title, coverage in holdings.covered(choice):
        titles += 1
        free = holdings.is_free(title, rights, choice.collection)
        made = list(lines(title_rows(title, coverage, base, holdings.naan, is_free=free)))[1:]
        rows += made
        gaps += [TitleGap(title.id, title.display, gap) for gap in coverage.gaps]
        if not made:
            unpublished.append(title.id)
            continue
        for record in _ends(holdings, archive, title, coverage):
            probes += 1
            failure = _failure(title, record, probe, archive)
            if failure is not None:
                failures.append(failure)
    return Report(
        titles=titles,
        rows=len(rows),
        probes=probes,
        faults=tuple(faults("".join([next(lines([])), *rows]))),
        failures=tuple(failures),
        gaps=tuple(gaps),
        unpublished=tuple(unpublished),
        outside=holdings.outside(),
    )


def openurl_of(record: Record) -> str:
    """Describe a document as a knowledge base and its resolver would, without DOI and PMID."""
    host = record.host
    pairs = [("url_ver", "Z39.88-2004"), ("rft.atitle", record.title)]
    if host is not None:
        pages = host.pages.first if host.pages is not None else ""
        pairs += [
            ("rft.issn", next(iter((*host.issn, *host.eissn)), "")),
            ("rft.isbn", next(iter((*host.isbn, *host.eisbn)), "")),
            ("rft.jtitle" if host.genre[:1] == ("journal",) else "rft.btitle", host.title),
            ("rft.volume", host.volume),
            ("rft.issue", host.issue),
            ("rft.spage", pages or host.article_number),
        ]
    pairs.append(("rft.date", record.publication_date))
    author = record.author[0].surname or record.author[0].name if record.author else ""
    pairs.append(("rft.aulast", author))
    return urlencode([(key, value) for key, value in pairs if value])


def _ends(
    holdings: Holdings, archive: Records, title: Title, coverage: Coverage
) -> Iterator[Record]:
    """Give a document of each end of each range."""
    points = dict.fromkeys(
        point for one in coverage.ranges if one.first.year for point in (one.first, one.last)
    )
    found = {_sample(holdings, title, point): None for point in points}
    for record in archive.records([number for number in found if number]):
        yield _RECORD.decode(record)


def _sample(holdings: Holdings, title: Title, point: Point) -> int:
    return holdings.sample(title, point.year, point.volume, point.issue) or holdings.sample(
        title, 0, point.volume, point.issue
    )


def _failure(title: Title, record: Record, probe: Probe, archive: Records) -> Failure | None:
    query = openurl_of(record)
    answer = probe(query)
    cause: Cause
    if not answer.ark:
        cause = "not-found"
    elif answer.ark != record.ark_istex and not _is_twin(archive, record, answer.ark):
        cause = "another-document"
    elif record.fulltext and not answer.has_text:
        cause = "no-text"
    else:
        return None
    return Failure(title.id, title.display, cause, f"?{query}", record.ark_istex)


def _is_twin(archive: Records, record: Record, ark: str) -> bool:
    """Tell whether the document of an ARK is another delivery of the same work."""
    found = archive.by_ark(ark)
    if found is None:
        return False
    if found.id in {one.id for one in archive.twins(record.id)}:
        return True
    return _described(_RECORD.decode(found.record)) == _described(record)


def _described(record: Record) -> dict[str, list[str]]:
    """Return all that a knowledge base can say of a document but its numbers."""
    said = parse_qs(openurl_of(record))
    return {key: value for key, value in said.items() if key not in ("rft.issn", "rft.isbn")}
