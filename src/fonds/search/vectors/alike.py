"""Articles like one: by the words that tell it from others, and by vectors where they help.

Only for articles in English is the nearness of vectors joined in, by reciprocal ranks; for others
the words alone decide. Both look at descriptions, never at texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fonds.record import Record
from fonds.search.engine import Engine, Hit, SearchRequest
from fonds.search.query.tree import Boolean, Clause, Phrase
from fonds.search.service import Records
from fonds.search.similar import similar
from fonds.search.vectors.files import ENGLISH
from fonds.search.vectors.nearest import nearest, row
from fonds.search.vectors.shelf import Shelf, Shelves

_LEAST = 0.4  # cosine of two articles that have something to do with each other
_FACTOR = 4  # near ones looked at for each that is wanted
_FUSION = 60  # of the ranks: https://doi.org/10.1145/1571941.1572114


class _Works(msgspec.Struct, frozen=True):
    doi: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(_Works).decode


def alike(
    engine: Engine, archive: Records, shelves: Shelves, record: Record, ord_: int, count: int = 5
) -> tuple[Hit, ...]:
    """Return the documents most like one, the best first, never the document or its work."""
    shelf = shelves.current()
    by_words = similar(engine, record, count)
    if shelf is None:
        return by_words
    by_vectors = list(_near(engine, archive, shelf, ord_, count))
    scores: dict[int, float] = {}
    hits: dict[int, Hit] = {}
    for found in (by_words, by_vectors):
        for rank, hit in enumerate(found, start=1):
            scores[hit.ord] = scores.get(hit.ord, 0.0) + 1 / (_FUSION + rank)
            hits[hit.ord] = hit
    best = (hits[one] for one in sorted(scores, key=lambda one: (-scores[one], one)))
    return tuple(_other_works(best, record))[:count]


def _near(engine: Engine, archive: Records, shelf: Shelf, ord_: int, count: int) -> Iterator[Hit]:
    """Give the documents whose vectors lie near, the nearest first, as far as they are there."""
    vector = row(shelf.arrays, ord_)
    if vector is None or shelf.arrays.marks[ord_] != ENGLISH:
        return
    places, likeness = nearest(shelf.arrays, vector, count * _FACTOR + 1, ENGLISH)
    wanted = [one for one in places[likeness >= _LEAST].tolist() if one != ord_]
    names = archive.names(wanted)
    phrases = [
        Phrase(start=0, end=0, field="id", text=names[one][0]) for one in wanted if one in names
    ]
    if not phrases:
        return
    question = Boolean(start=0, end=0, clauses=tuple(Clause("should", one) for one in phrases))
    found = engine.search(SearchRequest(query=question, size=len(phrases))).hits
    there = {hit.ord: hit for hit in found}  # a replaced version is there no more
    yield from (there[one] for one in wanted if one in there)


def _other_works(hits: Iterable[Hit], record: Record) -> Iterator[Hit]:
    seen = set(record.doi)
    for hit in hits:
        dois = _decode(hit.source).doi
        if seen.isdisjoint(dois):
            seen.update(dois)
            yield hit
