"""The citations of an export: one file per format for all its documents, ready for a bibliography.

They are made while they are sent, and their length has to be known before; so they are made twice,
and only for exports that are small enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from fonds.corpora.choice import Choice
from fonds.corpora.plan import Plan
from fonds.errors import ExportTooLarge
from fonds.record import Record
from fonds.renditions.citations.bibtex import BibTex
from fonds.renditions.citations.csl import item_of
from fonds.renditions.citations.ris import Ris
from fonds.renditions.model import Material

MOST = 10_000  # documents; 3 s of one processor
FILES: Mapping[str, str] = MappingProxyType(  # format -> member of the export
    {"bibtex": "citations.bib", "ris": "citations.ris", "csl": "citations.json"}
)
_CHUNK = 200  # records read at a time
_decode = msgspec.json.Decoder(Record).decode
_bibtex, _ris = BibTex(), Ris()


def check_count(asked: tuple[str, ...], documents: int) -> None:
    """Raise ExportTooLarge when citations are asked for of too many documents."""
    if asked and documents > MOST:
        raise ExportTooLarge(asked=documents, limit=MOST)


def citations(choice: Choice, plan: Plan, form: str) -> Iterator[bytes]:
    """Give the citations of a plan in its order, in one format."""
    match form:
        case "bibtex":
            yield from _bibtex_entries(_records(choice, plan))
        case "ris":
            yield from (_ris.make(Material(record)) or b"" for record in _records(choice, plan))
        case _:
            yield from _csl_items(_records(choice, plan))


def _records(choice: Choice, plan: Plan) -> Iterator[Record]:
    for at in range(0, len(plan.ords), _CHUNK):
        yield from map(_decode, choice.archive.records(plan.ords[at : at + _CHUNK].tolist()))


def _bibtex_entries(records: Iterator[Record]) -> Iterator[bytes]:
    """Give entries; a key that is taken gets a letter behind it, as bibliographies do."""
    taken: dict[bytes, int] = {}
    for record in records:
        entry = _bibtex.make(Material(record)) or b""
        head, comma, rest = entry.partition(b",")
        again = taken[head] = taken.get(head, -1) + 1
        yield head + _letters(again) + comma + rest


def _letters(number: int) -> bytes:
    """Return nothing, b, c, ..., z, zb, ...: the first one has the plain key."""
    if number == 0:
        return b""
    whole, rest = divmod(number, 26)
    return b"z" * whole + bytes([97 + rest])


def _csl_items(records: Iterator[Record]) -> Iterator[bytes]:
    for number, record in enumerate(records):
        yield (b",\n" if number else b"[\n") + msgspec.json.encode(item_of(record))
    yield b"\n]\n"
