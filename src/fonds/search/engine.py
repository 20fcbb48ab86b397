"""What every search engine offers. One abstract suite of tests runs over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.search.query.tree import Node

Ords = npt.NDArray[np.uint32]
Scores = npt.NDArray[np.float32]


class IndexDocument(msgspec.Struct, frozen=True):
    """A document to be indexed."""

    ord: int
    id: str
    source: bytes  # the record as JSON, stored as it is and spliced into answers
    fulltext: str  # cleaned text if there is a body, else the PDF's text


class SortKey(msgspec.Struct, frozen=True):
    """A field of `search/fields.py` that can be sorted (or "score"); missing values last."""

    field: str
    descending: bool = False


class Rank(msgspec.Struct, frozen=True):
    """How hits are ordered when no sort is asked for."""

    by: Literal["relevance", "qualityOverRelevance", "random", "hybrid"] = "relevance"
    seed: int = 0
    words: str = ""  # hybrid: those of a question of plain words; engines know them not


class Facet(msgspec.Struct, frozen=True):
    """One facet request: terms (top `size`), one range, or intervals; may hold another inside.

    The innermost may be `topHits`: the `size` best documents of each bucket around it.
    """

    name: str  # as asked, the key of the answer
    field: str  # name in the table of fields
    kind: Literal["terms", "range", "interval", "topHits"]
    size: int = 10
    low: float | None = None  # None: the smallest value found
    high: float | None = None
    interval: int = 1
    inner: Facet | None = None


class SearchRequest(msgspec.Struct, frozen=True):
    """A checked question. `query` None means everything."""

    query: Node | None
    offset: int = 0
    size: int = 10
    sort: tuple[SortKey, ...] = ()
    rank: Rank = Rank()
    facets: tuple[Facet, ...] = ()
    # documents left out of facets of what was read from texts (search/narrowing.py)
    hidden: Node | None = None


class Hit(msgspec.Struct, frozen=True):
    ord: int
    score: float
    source: bytes  # the record as JSON


class Ordered(msgspec.Struct, frozen=True, omit_defaults=True):
    """How hits were ordered, where an order by words and meaning was asked for."""

    by: Literal["hybrid", "relevance"]
    reordered: int = 0  # documents that took part in the order by meaning
    model: str = ""
    reason: str = ""  # why by relevance: sorted, not-plain-words, no-vectors, no-model


class SearchResult(msgspec.Struct, frozen=True):
    total: int  # exact
    hits: tuple[Hit, ...]
    aggregations: Mapping[str, object]  # in the API's shape (istex-api.md 3.2), ready for JSON
    ordered: Ordered | None = None


class Engine(Protocol):
    """A search engine. Reading is safe from many threads; writing from one at a time."""

    def add(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, replacing those of the same id. Visible after `commit`."""
        ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def commit(self, last_ord: int, turn: int | None = None) -> None:
        """Make everything added durable and visible, and remember `last_ord`.

        `turn`: the last batch of enrichments that is in it; None leaves it as it was.
        """
        ...

    def last_ord(self) -> int:
        """Return what the last durable commit remembered; 0 for a new index."""
        ...

    def turn(self) -> int:
        """Return the batch of enrichments that the last durable commit remembered."""
        ...

    def search(self, request: SearchRequest) -> SearchResult: ...

    def matches(self, request: SearchRequest) -> tuple[Ords, Scores]:
        """Return every match in the order asked for (offset and size are ignored).

        This is what a cursor keeps: a walk over it sees one snapshot of the archive.
        """
        ...

    def words(self, field: str | None, pattern: str, limit: int) -> tuple[str, ...]:
        """Return the first words of a field that match a pattern with `*` and `?`."""
        ...

    def similar(self, field: str | None, word: str, limit: int) -> tuple[str, ...]:
        """Return the words of a field that are written almost like this one, the nearest first."""
        ...

    def frequencies(self, field: str, words: Sequence[str]) -> tuple[int, ...]:
        """Return in how many documents each word of a field stands; deleted ones may count."""
        ...

    def count(self) -> int: ...

    def close(self) -> None: ...
