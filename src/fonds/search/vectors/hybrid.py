"""An engine that also orders by meaning: `rankBy=hybrid`.

What a question finds stays what its words find, to the last document and facet. Of the first 1,000
by relevance, those in English that have a vector are put in order by both ranks (reciprocal rank
fusion, https://doi.org/10.1145/1571941.1572114), among the places that they held: documents in
other languages, for which the model was measured to do harm, stay where they were.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.enrich.vectors.weights import Floats
from fonds.search.engine import (
    Engine,
    IndexDocument,
    Ordered,
    Ords,
    Rank,
    Scores,
    SearchRequest,
    SearchResult,
)
from fonds.search.vectors.files import ENGLISH
from fonds.search.vectors.nearest import cosines, marks
from fonds.search.vectors.shelf import Shelf, Shelves

_WINDOW = 1_000  # documents by relevance that may change places
_FUSION = 60  # of the ranks, as in the paper
_RELEVANCE = Rank()
Places = npt.NDArray[np.intp]


class HybridEngine:
    """Any engine, with one order more."""

    def __init__(self, engine: Engine, shelves: Shelves, page_size: int) -> None:
        self._engine = engine
        self._shelves = shelves
        self._window = max(1, min(_WINDOW, page_size))

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a checked question, and say how it was ordered if meaning was asked for."""
        if request.rank.by != "hybrid":
            return self._engine.search(request)
        plain = msgspec.structs.replace(request, rank=_RELEVANCE)
        found, why = self._ready(request)
        if found is None:
            told = Ordered("relevance", reason=why)
            return msgspec.structs.replace(self._engine.search(plain), ordered=told)
        shelf, vector = found
        begin, end = request.offset, request.offset + request.size
        first = msgspec.structs.replace(plain, offset=0, size=self._window, facets=())
        window = self._engine.search(first)
        order, moved = _fused(shelf, vector, np.array([one.ord for one in window.hits], np.uint32))
        hits = tuple(window.hits[at] for at in order[begin:end].tolist())
        told = Ordered("hybrid", reordered=moved, model=shelf.model)
        if end <= self._window and not request.facets:
            return msgspec.structs.replace(window, hits=hits, ordered=told)
        rest = max(begin, self._window)
        size = max(0, end - rest)
        answer = self._engine.search(msgspec.structs.replace(plain, offset=rest, size=size))
        return msgspec.structs.replace(answer, hits=hits + answer.hits, ordered=told)

    def matches(self, request: SearchRequest) -> tuple[Ords, Scores]:
        """Return every match in the order asked for."""
        if request.rank.by != "hybrid":
            return self._engine.matches(request)
        ords, scores = self._engine.matches(msgspec.structs.replace(request, rank=_RELEVANCE))
        found, _ = self._ready(request)
        if found is None:
            return ords, scores
        order, _ = _fused(*found, ords[: self._window])
        whole = np.concatenate([order, np.arange(len(order), len(ords))])
        return ords[whole], scores[whole]

    def add(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, replacing those of the same id."""
        self._engine.add(documents)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the documents of these ids."""
        self._engine.delete(ids)

    def commit(self, last_ord: int, turn: int | None = None) -> None:
        """Make everything added durable and visible."""
        self._engine.commit(last_ord, turn)

    def last_ord(self) -> int:
        """Return what the last durable commit remembered."""
        return self._engine.last_ord()

    def turn(self) -> int:
        """Return the batch of enrichments that the last durable commit remembered."""
        return self._engine.turn()

    def words(self, field: str | None, pattern: str, limit: int) -> tuple[str, ...]:
        """Return the first words of a field that match a pattern."""
        return self._engine.words(field, pattern, limit)

    def similar(self, field: str | None, word: str, limit: int) -> tuple[str, ...]:
        """Return the words of a field that are written almost like this one."""
        return self._engine.similar(field, word, limit)

    def frequencies(self, field: str, words: Sequence[str]) -> tuple[int, ...]:
        """Return in how many documents each word of a field stands."""
        return self._engine.frequencies(field, words)

    def count(self) -> int:
        """Return how many documents there are."""
        return self._engine.count()

    def close(self) -> None:
        """Give files and memory back."""
        self._engine.close()

    def _ready(self, request: SearchRequest) -> tuple[tuple[Shelf, Floats] | None, str]:
        """Return what ordering by meaning takes; without it, why not."""
        if request.sort:
            return None, "sorted"
        if not request.rank.words:
            return None, "not-plain-words"
        shelf = self._shelves.current()
        if shelf is None:
            return None, "no-vectors"
        vector = self._shelves.vector(request.rank.words, shelf.model)
        return ((shelf, vector), "") if vector is not None else (None, "no-model")


def _fused(shelf: Shelf, vector: Floats, ords: Ords) -> tuple[Places, int]:
    """Return the new order of documents given by relevance, and how many took part in it."""
    order = np.arange(len(ords))
    held = np.flatnonzero(marks(shelf.arrays, ords) == ENGLISH)
    if len(held) > 1:
        likeness = cosines(shelf.arrays, ords[held], vector)
        by_words = np.arange(1, len(held) + 1)
        by_meaning = np.empty(len(held), np.intp)
        by_meaning[np.lexsort((by_words, -likeness))] = by_words
        score = 1 / (_FUSION + by_words) + 1 / (_FUSION + by_meaning)
        order[held] = held[np.lexsort((by_words, -score))]
    return order, len(held)
