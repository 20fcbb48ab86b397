"""From the lines of a `.corpus` file to documents of this archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from fonds.archive.archive import Archive
from fonds.corpora.corpus_file import CorpusFile
from fonds.search.engine import Engine, Ords
from fonds.search.query.printer import quote
from fonds.search.service import SearchService

_AT_ONCE = 200  # values in one query


class Resolved(msgspec.Struct, frozen=True):
    """What of a `.corpus` file is here."""

    ords: Ords  # current versions, in the order of the file
    missing: tuple[str, ...]


def resolve(
    archive: Archive, engine: Engine, search: SearchService, corpus: CorpusFile
) -> Resolved:
    """Find the documents of a `.corpus` file."""
    found: list[int] = []
    missing: list[str] = []
    for value in corpus.values:
        if corpus.by == "doi":
            break
        document = archive.by_ark(value) if corpus.by == "ark" else archive.by_id(value.upper())
        if document is None:
            missing.append(value)
        else:
            found.append(document.ord)
    if corpus.by == "doi":
        found, missing = _by_doi(archive, engine, search, corpus.values)
    return Resolved(np.array(list(dict.fromkeys(found)), np.uint32), tuple(missing))


def _by_doi(
    archive: Archive, engine: Engine, search: SearchService, values: Sequence[str]
) -> tuple[list[int], list[str]]:
    found: list[int] = []
    missing: list[str] = []
    for at in range(0, len(values), _AT_ONCE):
        part = values[at : at + _AT_ONCE]
        ords, _ = engine.matches(search.ask(f"doi:({' '.join(map(quote, part))})"))
        places: dict[str, int] = {}
        for doi, number in _dois(archive, ords):  # words match more than whole values do
            places.setdefault(doi, number)
        for value in part:
            place = places.get(value.lower())
            if place is None:
                missing.append(value)
            else:
                found.append(place)
    return found, missing


class _Dois(msgspec.Struct):
    doi: tuple[str, ...] = ()


def _dois(archive: Archive, ords: Ords) -> Iterator[tuple[str, int]]:
    decoder = msgspec.json.Decoder(_Dois)
    numbers = ords.tolist()
    for number, record in zip(numbers, archive.records(numbers), strict=True):
        for doi in decoder.decode(record).doi:
            yield doi.lower(), number
