"""Puts a fifth of the records into two journals: one of a hundred years, one of one full year."""

from __future__ import annotations

import msgspec

from fonds.record import Host, Pages, Record

CENTURY = "1234-5679"  # ISSN of the journal with 100 years
FULL_YEAR = "2049-3630"  # ISSN of the one with 10,000 articles in one year, of 100,000 records
_FIRST_YEAR = 1921
_EVERY = 10  # one record in ten stands in each


def placed(number: int, record: Record) -> Record:
    """Return the record at its place, with a PubMed number."""
    record = msgspec.structs.replace(record, pmid=(str(30_000_000 + number),))
    turn = number // _EVERY
    match number % _EVERY:
        case 3:
            year, quarter = _FIRST_YEAR + turn % 100, turn // 100 % 4
            host = _host("Annals of a Hundred Years", CENTURY, year - 1920, quarter + 1, turn)
        case 7:
            year, host = 2014, _host("Proceedings of a Full Year", FULL_YEAR, 9, 0, turn)
        case _:
            return record
    return msgspec.structs.replace(record, publication_date=str(year), host=host)


def _host(title: str, issn: str, volume: int, issue: int, turn: int) -> Host:
    return Host(
        genre=("journal",),
        title=title,
        issn=(issn,),
        volume=str(volume),
        issue=str(issue) if issue else "",
        pages=Pages(first=str(1 + 10 * turn), last=str(10 + 10 * turn)),
    )
