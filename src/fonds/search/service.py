"""Asking and answering: from the words of a request to a checked question, its hits and its walk.

The API, the portal and `fonds search` all ask here, so that they all answer alike.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Sequence
from typing import Literal, Protocol, get_args

import msgspec

from fonds.errors import ParameterInvalid
from fonds.search.cursors import CursorPage, CursorStore
from fonds.search.engine import Engine, Facet, Rank, SearchRequest, SearchResult, SortKey
from fonds.search.facets import parse_facets
from fonds.search.fields import BY, RAW, canonical, from_text, nearest
from fonds.search.narrowing import without
from fonds.search.query.lucene import read_query
from fonds.search.query.plain import plain_words
from fonds.search.query.tree import Node
from fonds.settings import SearchSettings

Operator = Literal["AND", "OR"]
RankBy = Literal["relevance", "qualityOverRelevance", "random", "hybrid"]

MOST_OFFSET = 2**31 - 1  # documents; no archive holds more, and the engine counts no further
_MOST_SEED = 2**63 - 1
_SORT = re.compile(r"(?P<name>[^\[\]\s]+)(?:\[(?P<order>asc|desc)\])?")
SCORE = "score"
_NAMES = frozenset({"id", "arkIstex"})


class Records(Protocol):
    """What a walk needs of the archive."""

    def records(self, ords: Sequence[int]) -> list[bytes]: ...

    def names(self, ords: Sequence[int]) -> dict[int, tuple[str, str]]: ...


class SearchService:
    """Questions about one archive."""

    def __init__(
        self, archive: Records, engine: Engine, cursors: CursorStore, settings: SearchSettings
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._cursors = cursors
        self._settings = settings

    def ask(
        self,
        q: str,
        *,
        size: int = 10,
        offset: int = 0,
        default_operator: str = "OR",
        sort_by: str = "",
        rank_by: str = "",
        seed: int | None = None,
        facet: str = "",
    ) -> SearchRequest:
        """Check a question; sizes beyond the settings are cut, everything else is refused.

        Raises QueryInvalid, FacetInvalid and ParameterInvalid. Chance without a seed draws one.
        """
        operator = _operator(default_operator)
        query = read_query(q, default_operator=operator, settings=self._settings)
        return SearchRequest(
            query=query,
            offset=min(max(offset, 0), MOST_OFFSET),
            size=min(max(size, 0), self._settings.page_size),
            sort=parse_sort(sort_by),
            rank=_rank(rank_by, seed, query),
            facets=parse_facets(facet) if facet else (),
        )

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a question; facets of what was read from texts leave hidden documents out."""
        if request.hidden is None or not any(map(reads_text, request.facets)):
            return self._engine.search(request)
        plain = tuple(one for one in request.facets if not reads_text(one))
        closed = tuple(one for one in request.facets if reads_text(one))
        found = self._engine.search(msgspec.structs.replace(request, facets=plain))
        shown = without(request.query, request.hidden)
        counted = self._engine.search(SearchRequest(shown, size=0, facets=closed))
        both = {**found.aggregations, **counted.aggregations}
        ordered = {one.name: both[one.name] for one in request.facets}
        return msgspec.structs.replace(found, aggregations=ordered)

    def open_cursor(self, request: SearchRequest, seconds: float, note: bytes = b"") -> str:
        """Keep the whole result of a question and return a cursor at its start.

        `seconds` is the cursor's life, renewed by every page, cut to what the settings allow.
        """
        ords, scores = self._engine.matches(request)
        life = min(max(seconds, 0.001), float(self._settings.cursor_seconds_max))
        return self._cursors.create(ords, scores, seconds=life, note=note)

    def page(self, cursor: str, size: int) -> CursorPage:
        """Return the next `size` documents of a walk; raises CursorExpired."""
        return self._cursors.page(cursor, min(max(size, 0), self._settings.page_size))

    def records(self, page: CursorPage, fields: Collection[str] = ("*",)) -> list[bytes]:
        """Return the records of a page as JSON, in its order, with at least the fields named.

        Id and ARK are known without reading any record: a million of them take seconds.
        """
        if _NAMES.issuperset(fields):
            numbers = page.ords.tolist()
            names = self._archive.names(numbers)
            return [b'{"arkIstex":"%s","id":"%s"}' % (names[n][1].encode(), names[n][0].encode())
                    for n in numbers if n in names]  # fmt: skip
        return self._archive.records(page.ords.tolist())


def reads_text(facet: Facet | None) -> bool:
    """Tell whether a facet, or one inside it, counts what was read from texts."""
    return facet is not None and (from_text(facet.field) or reads_text(facet.inner))


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """Read a `sortBy` parameter: `publicationDate[desc],title.raw`."""
    return tuple(_sort_key(part.strip(), text) for part in text.split(",") if part.strip())


def _sort_key(part: str, whole: str) -> SortKey:
    match = _SORT.fullmatch(part)
    if match is None:
        raise ParameterInvalid(
            name="sortBy", value=whole[:200], reason="it is not of the form field[asc] or [desc]"
        )
    name = match["name"]
    descending = match["order"] == "desc"
    if name == SCORE:
        return SortKey(SCORE, descending)
    field = BY.get(canonical(name).removesuffix(RAW))
    if field is None:
        near = nearest(name)
        hint = f"; did you mean {near}" if near else ""
        raise ParameterInvalid(name="sortBy", value=name, reason=f"there is no such field{hint}")
    if not field.sort:
        raise ParameterInvalid(name="sortBy", value=name, reason="this field has no order")
    return SortKey(field.name, descending)


def _operator(text: str) -> Operator:
    try:
        operator: Operator = msgspec.convert(text.upper(), Operator)
    except msgspec.ValidationError as error:
        raise ParameterInvalid(
            name="defaultOperator", value=text[:80], reason="AND or OR was expected"
        ) from error
    return operator


def _rank(text: str, seed: int | None, query: Node | None) -> Rank:
    try:
        by: RankBy = msgspec.convert(text or "relevance", RankBy)
    except msgspec.ValidationError as error:
        reason = f"one of {', '.join(get_args(RankBy))} was expected"
        raise ParameterInvalid(name="rankBy", value=text[:80], reason=reason) from error
    if by == "hybrid":
        return Rank(by, words=plain_words(query))
    if by != "random":
        return Rank(by)
    if seed is None:
        seed = time.time_ns() // 1_000_000
    if abs(seed) > _MOST_SEED:
        raise ParameterInvalid(name="randomSeed", value=seed, reason="at most 63 bits")
    return Rank("random", seed)
