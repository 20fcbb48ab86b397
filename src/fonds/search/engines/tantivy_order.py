"""In which order matches come: by relevance, quality, chance or fields; ties always by ord.

A page by relevance or by one field is asked of the engine directly, and only the groups of equal
values that the page cuts are looked at again. Everything else (several fields, chance, cursors)
takes all matches as arrays.
"""

from __future__ import annotations

from functools import cached_property
from itertools import groupby

import msgspec
import numpy as np
import numpy.typing as npt
from tantivy import DocAddress, Occur, Order, Query, Schema, Searcher, SearchResult

from fonds.search.engine import Ords, Rank, Scores, SortKey
from fonds.search.engines.tantivy_schema import ORD, QUALITY, Column, value_column
from fonds.search.engines.tantivy_store import Store
from fonds.search.engines.tantivy_values import Value, Values


class Question(msgspec.Struct, frozen=True):
    """A query for the engine. `score`: what every match scores; None when they differ."""

    query: Query
    score: float | None
    everything: bool = False  # every document matches


class Row(msgspec.Struct, frozen=True):
    """One match and where the engine keeps it."""

    ord: int
    score: float
    address: DocAddress


class _Key(msgspec.Struct, frozen=True):
    column: Column
    descending: bool


class _Matches(msgspec.Struct, frozen=True):
    """Every match as the engine gives it, and the order asked for."""

    ords: Ords
    scores: Scores
    addresses: list[DocAddress]
    order: npt.NDArray[np.int64]  # places in the others


_SPARE = 20  # hits asked for beyond a page, so that equal scores rarely need a second search
_ORD = Column(ORD, ORD, "integer")
_QUALITY = Column(QUALITY, QUALITY, "float")
SCORE = "score"


class Ordering:
    """Orders the matches of one snapshot."""

    def __init__(self, searcher: Searcher, schema: Schema, values: Values, store: Store) -> None:
        self._searcher = searcher
        self._schema = schema
        self._values = values
        self._store = store
        self._all = max(1, searcher.num_docs)

    def count(self, query: Query) -> int:
        """Return how many documents match."""
        return _total(self._searcher.search(query, 1))

    def page(
        self, question: Question, sort: tuple[SortKey, ...], rank: Rank, offset: int, size: int
    ) -> tuple[int, list[Row]]:
        """Return the total and the rows from `offset` on."""
        size = min(size, max(0, self._all - offset))
        if size <= 0:
            return self.count(question.query), []
        if not sort and rank.by != "random":
            if question.score is None:
                return self._by_score(question.query, rank, offset, size)
            by_quality = rank.by == "qualityOverRelevance"
            column = _QUALITY if by_quality else _ORD
            return self._by_field(question, _Key(column, by_quality), rank, offset, size)
        if len(sort) == 1 and sort[0].field != SCORE:
            key = _Key(value_column(sort[0].field), sort[0].descending)
            return self._by_field(question, key, rank, offset, size)
        found = self._everything(question, sort, rank)
        rows = [
            Row(int(found.ords[at]), float(found.scores[at]), found.addresses[at])
            for at in found.order[offset : offset + size].tolist()
        ]
        return len(found.ords), rows

    def matches(
        self, question: Question, sort: tuple[SortKey, ...], rank: Rank
    ) -> tuple[Ords, Scores]:
        """Return ords and scores of every match, in order."""
        if question.score is not None and not sort and rank.by == "relevance":
            ords = self._every if question.everything else self._by_ord(question)
            return ords, np.full(len(ords), question.score, dtype=np.float32)
        found = self._everything(question, sort, rank)
        return found.ords[found.order], found.scores[found.order]

    @cached_property
    def _every(self) -> Ords:
        """Return the ords of all documents: exports and harvests ask for them again and again."""
        found = self._by_ord(Question(Query.all_query(), 1.0))
        found.flags.writeable = False
        return found

    def _by_ord(self, question: Question) -> Ords:
        hits = self._sorted(question.query, _Key(_ORD, False), self._all, 0).hits
        return np.fromiter((place for place, _ in hits), np.uint32, len(hits))

    def _weight(self, rank: Rank) -> str | None:
        return QUALITY if rank.by == "qualityOverRelevance" else None

    def _by_score(self, query: Query, rank: Rank, offset: int, size: int) -> tuple[int, list[Row]]:
        end = offset + size
        limit = end + 1 + _SPARE
        while True:  # until the last group of equal scores is there as a whole
            found = self._searcher.search(
                query, min(limit, self._all), weight_by_field=self._weight(rank)
            )
            hits = found.hits
            if (
                len(hits) < limit
                or len(hits) <= end
                or hits[end][0] != hits[end - 1][0]
                or hits[-1][0] != hits[end][0]
            ):
                break
            limit *= 8
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        if offset >= len(scores):
            return _total(found), []
        first = int(np.argmax(scores == scores[offset]))
        last = end if end >= len(scores) else int(np.flatnonzero(scores == scores[end - 1])[-1]) + 1
        addresses = [address for _, address in hits[first:last]]
        ords = self._store.ords(addresses)
        order = np.lexsort((ords, -scores[first:last]))[offset - first : end - first]
        return _total(found), [
            Row(int(ords[at]), float(scores[first + at]), addresses[at]) for at in order
        ]

    def _by_field(
        self, question: Question, key: _Key, rank: Rank, offset: int, size: int
    ) -> tuple[int, list[Row]]:
        """Order by one column; inside a group of equal values by ord.

        The engine gives a group in the order it keeps documents. A group that lies in the page is
        put in order here; one that the page cuts is asked for again, by ord.
        """
        found = self._sorted(question.query, key, size, offset)
        total, hits = _total(found), found.hits
        if key.column is _ORD and question.score is not None:
            return total, [Row(at, question.score, address) for at, address in hits]
        addresses: list[DocAddress] = []
        for value, group in groupby(hits, key=lambda hit: hit[0]):
            members = [address for _, address in group]
            begins, ends = not addresses, len(addresses) + len(members) == len(hits)
            cut = (begins and offset > 0) or (ends and offset + len(hits) < total)
            if cut and key.column is not _ORD:
                place = offset + len(addresses)
                members = self._cut_group(question.query, key, value, place, len(members))
            else:
                members = [members[at] for at in np.argsort(self._store.ords(members))]
            addresses.extend(members)
        ords = self._store.ords(addresses)
        scores = self._scores(question, ords, rank)
        rows = zip(ords.tolist(), addresses, strict=True)
        return total, [Row(ord_, scores.get(ord_, 0.0), address) for ord_, address in rows]

    def _cut_group(
        self, query: Query, key: _Key, value: Value, place: int, count: int
    ) -> list[DocAddress]:
        """Return `count` documents of a group of equal values from a place in the result on."""
        begin = place
        if place:  # the group may have begun on an earlier page
            earlier = self._values.before(key.column, value, key.descending)
            begin = self.count(_both(query, earlier))
        same = _both(query, self._values.equal(key.column, value))
        again = self._sorted(same, _Key(_ORD, False), count, place - begin)
        return [address for _, address in again.hits]

    def _sorted(self, query: Query, key: _Key, size: int, offset: int) -> SearchResult:
        order = Order.Desc if key.descending else Order.Asc
        return self._searcher.search(
            query, size, offset=offset, order_by_field=key.column.name, order=order
        )

    def _scores(
        self, question: Question, ords: npt.NDArray[np.uint32], rank: Rank
    ) -> dict[int, float]:
        """Return the scores of a few documents by ord."""
        if not len(ords):
            return {}
        if question.score is not None and self._weight(rank) is None:
            return dict.fromkeys(ords.tolist(), question.score)
        chosen = Query.const_score_query(
            Query.term_set_query(self._schema, ORD, ords.tolist()), 0.0
        )
        found = self._searcher.search(
            _both(question.query, chosen), len(ords), weight_by_field=self._weight(rank)
        ).hits
        places = self._store.ords([address for _, address in found]).tolist()
        return {place: score for place, (score, _) in zip(places, found, strict=True)}

    def _everything(self, question: Question, sort: tuple[SortKey, ...], rank: Rank) -> _Matches:
        hits = self._searcher.search(
            question.query, self._all, weight_by_field=self._weight(rank)
        ).hits
        addresses = [address for _, address in hits]
        ords = self._store.ords(addresses)
        scores = np.fromiter((score for score, _ in hits), np.float32, len(hits))
        if sort:
            keys = [self._key(question.query, key, ords, scores) for key in reversed(sort)]
            order = np.lexsort(np.stack([ords.astype(np.float64), *keys]))
        elif rank.by == "random":
            drawn = chance(ords, rank.seed)
            order = np.lexsort((ords, drawn))
            scores = (1.0 - drawn / 2.0**64).astype(np.float32)
        else:
            order = np.lexsort((ords, -scores))
        return _Matches(ords, scores, addresses, order)

    def _key(
        self, query: Query, key: SortKey, ords: Ords, scores: Scores
    ) -> npt.NDArray[np.float64]:
        """Return one number per match that sorts as the field does; missing values last."""
        if key.field == SCORE:
            values = scores.astype(np.float64)
            return -values if key.descending else values
        by = _Key(value_column(key.field), key.descending)
        hits = self._sorted(query, by, self._all, 0).hits
        places = np.empty(len(hits), dtype=np.float64)
        rank, previous = -1, object()
        for at, (value, _) in enumerate(hits):
            if value != previous:
                rank, previous = rank + 1, value
            places[at] = rank
        where = np.argsort(self._store.ords([address for _, address in hits]))
        back = np.empty(len(ords), dtype=np.int64)
        back[np.argsort(ords)] = np.arange(len(ords))
        ordered: npt.NDArray[np.float64] = places[where][back]
        return ordered


def chance(ords: Ords, seed: int) -> npt.NDArray[np.uint64]:
    """Draw a number for each ord (splitmix64): the same seed gives the same numbers for ever."""
    with np.errstate(over="ignore"):
        mixed = ords.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15) % 2**64)
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def _total(found: SearchResult) -> int:
    """Return the exact number of matches; the library's type stubs do not know the attribute."""
    total: int = getattr(found, "count")  # noqa: B009
    return total


def _both(left: Query, right: Query) -> Query:
    return Query.boolean_query([(Occur.Must, left), (Occur.Must, right)])
