"""Phrases in which words may move, exactly as Lucene counts the moves.

A phrase of n words matches with slop s when one occurrence of each word can be chosen so that
their shifts (place in the text minus place in the phrase) differ by at most s. tantivy counts so
only for two different words (measured; see docs/rooms/search.md). Every other phrase is written
as the union of the exact phrases it allows; where these would be too many, as a conjunction of
its pairs, which demands the same of any two words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, product

from tantivy import Occur, Query, Schema

from fonds.errors import SearchTooBroad

Placed = tuple[tuple[int, str], ...]  # word and its place

_MOST_PLACINGS = 600
_MOST_PAIRED = 40_000  # words squared times slop: bounds the pairs and their distances


def phrase(schema: Schema, field: str, words: Sequence[str], slop: int) -> Query:
    """Return the query for words that stand together, with at most `slop` moves."""
    if len(words) == 1:
        return Query.term_query(schema, field, words[0])
    if slop <= 0 or (len(words) == 2 and words[0] != words[1]):
        return Query.phrase_query(schema, field, list(words), max(slop, 0))
    if len(words) ** 2 * slop > _MOST_PAIRED:
        raise SearchTooBroad(
            expression=f'"{" ".join(words[:5])} ..."~{slop}',
            reason=f"{len(words)} words that may move {slop} places",
        )
    if _count(len(words), slop) <= _MOST_PLACINGS:
        return _union(schema, field, placings(words, slop))
    parts = [_pair(schema, field, words, pair, slop) for pair in combinations(range(len(words)), 2)]
    return Query.boolean_query([(Occur.Must, part) for part in parts])


def placings(words: Sequence[str], slop: int) -> list[Placed]:
    """Return every way the words may stand; the first place is 0."""
    ways = _ways(tuple(map(words.index, words)), slop)
    return sorted(tuple((at, words[which]) for at, which in way) for way in ways)


@lru_cache(maxsize=64)  # one phrase of patterns is hundreds of phrases of one shape
def _ways(shape: tuple[int, ...], slop: int) -> frozenset[tuple[tuple[int, int], ...]]:
    """Return every way that words may stand, each by the place of its like in the phrase."""
    found: set[tuple[tuple[int, int], ...]] = set()
    for shifts in product(range(slop + 1), repeat=len(shape)):
        if min(shifts) > 0:  # the same placing, further right
            continue
        places = [index + shift for index, shift in enumerate(shifts)]
        if len(set(places)) == len(places):
            first = min(places)
            found.add(tuple(sorted((at - first, w) for at, w in zip(places, shape, strict=True))))
    return frozenset(found)


def _count(words: int, slop: int) -> int:
    return int((slop + 1) ** words - slop**words)


def _union(schema: Schema, field: str, ways: list[Placed]) -> Query:
    queries = [Query.phrase_query(schema, field, list(way)) for way in ways]
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries)


def _pair(
    schema: Schema, field: str, words: Sequence[str], pair: tuple[int, int], slop: int
) -> Query:
    left, right = pair
    if words[left] != words[right]:
        return Query.phrase_query(schema, field, [(left, words[left]), (right, words[right])], slop)
    gap = right - left
    distances = range(max(1, gap - slop), gap + slop + 1)
    return _union(schema, field, [((0, words[left]), (far, words[right])) for far in distances])
