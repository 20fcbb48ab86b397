"""How two corpora are made: years, languages, publishers, genres, collections, texts.

Against an archive that is too large to be read whole, the search engine counts the rest of it.
Jensen-Shannon divergence, to base 2: https://doi.org/10.1109/18.61115.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.analyses.comparison.model import Divergence, Measure
from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest

Values = Callable[[Digest], str]
_UNKNOWN = "unknown"
_SEED, _DRAWS = 1, 25


class Dimension(msgspec.Struct, frozen=True):
    """Something that every document has one value of."""

    name: str
    field: str  # that finds a value again
    facet: str  # that counts it in the archive; empty: the sample is counted
    value: Values


DIMENSIONS = (
    Dimension("years", "publicationDate", "publicationDate[perYear]",
              lambda one: str(one.year) if one.year else _UNKNOWN),
    Dimension("languages", "language.raw", "language[1000]",
              lambda one: one.language or _UNKNOWN),
    Dimension("genres", "genre.raw", "genre[1000]", lambda one: one.genre or _UNKNOWN),
    Dimension("collections", "corpusName.raw", "corpusName[1000]", lambda one: one.collection),
    Dimension("publishers", "host.publisher.raw", "host.publisher[1000]",
              lambda one: one.publisher or _UNKNOWN),
    Dimension("hosts", "host.title.raw", "host.title[1000]", lambda one: one.host or _UNKNOWN),
    Dimension("readiness", "qualityIndicators.miningReady", "qualityIndicators.miningReady",
              lambda one: one.readable or _UNKNOWN),
)  # fmt: skip
_MEASURES: tuple[tuple[str, Callable[[Digest], float]], ...] = (
    ("year", lambda one: one.year),
    ("words", lambda one: one.words),
    ("references", lambda one: one.reference_count),
    ("authors", lambda one: len(one.authors)),
    ("score", lambda one: one.score),
)


class Distribution(msgspec.Struct, frozen=True):
    """The documents of both corpora by one dimension; the values in their order."""

    dimension: Dimension
    values: tuple[str, ...]
    counts: tuple[int, ...]
    counts_beside: tuple[int, ...]

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """Return the shares in both corpora, one row for each."""
        both = np.array([self.counts, self.counts_beside], np.float64)
        return np.asarray(both / np.maximum(1.0, both.sum(axis=1, keepdims=True)))


def distribution(dimension: Dimension, first: Corpus, second: Corpus) -> Distribution:
    """Count both corpora by a dimension; years ascend, other values go by their difference."""
    here = Counter(map(dimension.value, first.digests))
    there: Mapping[str, int] = Counter(map(dimension.value, second.digests))
    if second.sampled and first.beside is None and not first.sampled and dimension.facet:
        there = _rest_of_archive(first, dimension, here)
    values = sorted(here.keys() | there.keys())
    found = Distribution(
        dimension, tuple(values), tuple(here[one] for one in values),
        tuple(there.get(one, 0) for one in values),
    )  # fmt: skip
    if dimension.name == "years":
        return found
    apart = found.shares[0] - found.shares[1]
    order = sorted(range(len(values)), key=lambda at: (-round(apart[at], 9), values[at]))
    return Distribution(
        dimension, tuple(values[at] for at in order), tuple(found.counts[at] for at in order),
        tuple(found.counts_beside[at] for at in order),
    )  # fmt: skip


def divergence(found: Distribution) -> Divergence:
    """Return how far apart the two corpora are by a dimension."""
    first, second = found.shares
    apart = first - second
    more, fewer = int(apart.argmax()), int(apart.argmin())
    return Divergence(
        of=found.dimension.name,
        divergence=round(jensen_shannon(first, second), 4),
        chance=_chance(found),
        more=found.values[more] if apart[more] > 0 else "",
        more_by=round(max(0.0, float(apart[more])), 4),
        fewer=found.values[fewer] if apart[fewer] < 0 else "",
        fewer_by=round(min(0.0, float(apart[fewer])), 4),
    )


def jensen_shannon(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> float:
    """Return the divergence of two distributions, from 0 to 1."""
    middle = (first + second) / 2

    def from_middle(shares: npt.NDArray[np.float64]) -> float:
        at = shares > 0
        return float((shares[at] * np.log2(shares[at] / middle[at])).sum())

    return max(0.0, (from_middle(first) + from_middle(second)) / 2)


def measures(first: Sequence[Digest], second: Sequence[Digest]) -> tuple[Measure, ...]:
    """Compare numbers of documents, where they are known."""
    found = []
    for name, value in _MEASURES:
        here = np.array([number for one in first if (number := value(one))], np.float64)
        there = np.array([number for one in second if (number := value(one))], np.float64)
        if len(here) and len(there):
            found.append(_measure(name, here, there))
    return tuple(found)


def _measure(
    name: str, here: npt.NDArray[np.float64], there: npt.NDArray[np.float64]
) -> Measure:  # fmt: skip
    spread = float(np.sqrt((here.var() + there.var()) / 2))
    apart = float(here.mean() - there.mean())
    return Measure(
        of=name,
        mean=round(float(here.mean()), 2),
        mean_beside=round(float(there.mean()), 2),
        median=round(float(np.median(here)), 2),
        median_beside=round(float(np.median(there)), 2),
        difference=round(apart / spread, 3) if spread else 0.0,
    )


def _chance(found: Distribution) -> float:
    """Return the mean divergence of corpora of these sizes, drawn from both thrown together."""
    both = np.array([found.counts, found.counts_beside], np.float64)
    sizes = both.sum(axis=1).astype(np.int64)
    if not sizes.all():
        return 0.0
    together = both.sum(axis=0) / both.sum()
    rng = np.random.default_rng(_SEED)
    drawn = [[rng.multinomial(size, together) / size for size in sizes] for _ in range(_DRAWS)]
    return round(sum(jensen_shannon(*pair) for pair in drawn) / _DRAWS, 4)


def _rest_of_archive(first: Corpus, dimension: Dimension, here: Counter[str]) -> dict[str, int]:
    """Return the counts of the archive without those of a corpus."""
    answer: Any = first.facet(dimension.facet)
    buckets = next(iter(answer.values()))["buckets"]
    found = {str(one.get("keyAsString", one["key"])): int(one["docCount"]) for one in buckets}
    unnamed = first.archived() - sum(found.values())
    if unnamed > 0:
        found[_UNKNOWN] = found.get(_UNKNOWN, 0) + unnamed
    return {name: rest for name, count in found.items() if (rest := count - here[name]) > 0}
