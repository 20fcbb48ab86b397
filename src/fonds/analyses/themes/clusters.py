"""Which documents speak of the same: k-means over LSA, within each language.

Words of two languages are hardly ever the same, so that clusters over several languages would be
the languages: themes are looked for in each language with enough documents by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from fonds.analyses.themes.space import SEED, Points, matrix, points
from fonds.analyses.themes.words import Said

LEAST_DOCUMENTS = 20  # of a language that is parted into themes
MOST_THEMES = 24
_STARTS = 4
_SMALLEST = 0.01  # share of a language's documents; of less, a theme goes to the others
_FEW = 2  # documents; the same

Members = NDArray[np.int64]


class Cluster(msgspec.Struct, frozen=True):
    """Documents of one theme, the most typical first."""

    language: str  # empty: of several
    members: tuple[int, ...]  # places in what was given
    closeness: tuple[float, ...]  # cosine to the middle of the theme, of each

    @property
    def cohesion(self) -> float:
        """Return the mean closeness."""
        return sum(self.closeness) / len(self.closeness)


class Clustering(msgspec.Struct, frozen=True):
    """The themes of a corpus, the largest first, and who is in none."""

    clusters: tuple[Cluster, ...]
    few: bool  # too few documents to be parted
    no_words: tuple[int, ...]
    few_of_language: tuple[int, ...]


def cluster(said: Sequence[Said], count: int) -> Clustering:
    """Part documents into so many themes; 0: as many as `themes_for` says."""
    no_words = tuple(at for at, one in enumerate(said) if not one.stems)
    groups = _languages(said)
    large = {name: places for name, places in groups.items() if len(places) >= LEAST_DOCUMENTS}
    with threadpool_limits(1):
        if not large:
            every = [at for places in groups.values() for at in places]
            language = next(iter(groups)) if len(groups) == 1 else ""
            found = _parted(said, sorted(every), language, min(count, len(every) // 2))
            return Clustering(_ordered(found), count < 2, no_words, ())
        shares = _shares({name: len(places) for name, places in large.items()}, count)
        found = [
            one
            for name, places in large.items()
            for one in _parted(said, places, name, shares[name])
        ]
    left = [at for name, places in groups.items() if name not in large for at in places]
    return Clustering(_ordered(found), False, no_words, tuple(sorted(left)))


def themes_for(documents: int) -> int:
    """Return how many themes a language with so many documents is parted into."""
    return max(2, min(MOST_THEMES, round(sqrt(documents) / 2)))


def _languages(said: Sequence[Said]) -> dict[str, list[int]]:
    """Return the documents of each language; those of none go with the most frequent one."""
    counts = Counter(one.language for one in said if one.stems and one.language)
    main = min(counts, key=lambda name: (-counts[name], name)) if counts else ""
    groups: dict[str, list[int]] = {}
    for at, one in enumerate(said):
        if one.stems:
            groups.setdefault(one.language or main, []).append(at)
    return dict(sorted(groups.items()))


def _shares(sizes: dict[str, int], count: int) -> dict[str, int]:
    """Return how many themes each language gets."""
    if not count:
        return {name: themes_for(size) for name, size in sizes.items()}
    whole = sum(sizes.values())
    return {name: max(1, round(count * size / whole)) for name, size in sizes.items()}


def _parted(
    said: Sequence[Said], places: Sequence[int], language: str, count: int
) -> list[Cluster]:
    """Part the documents of a language."""
    if not places:
        return []
    where = points(matrix([said[at] for at in places]))
    told = np.flatnonzero(where.any(axis=1))  # others share no word with anyone
    count = min(count, len(np.unique(np.round(where[told], 6), axis=0)))  # others are copies
    if count < 2 or len(told) < 2 * count:
        labels = np.zeros(len(places), np.int64)
    else:
        labels = _labels(where, told, count)
    return [_cluster(places, where, labels == one, language) for one in np.unique(labels).tolist()]


def _labels(where: Points, told: Members, count: int) -> Members:
    """Return the theme of each document; themes that came out tiny are given up."""
    means = KMeans(count, n_init=_STARTS, random_state=SEED).fit(where[told])
    sizes = np.bincount(means.labels_, minlength=count)
    least = max(_FEW, _SMALLEST * len(told))
    kept = np.flatnonzero(sizes >= least)
    middles = means.cluster_centers_[kept if len(kept) else [int(sizes.argmax())]]
    lengths = np.linalg.norm(middles, axis=1, keepdims=True)
    closeness = where @ (middles / np.maximum(lengths, 1e-12)).T
    return np.asarray(closeness.argmax(axis=1), np.int64)


def _cluster(
    places: Sequence[int], where: Points, chosen: NDArray[np.bool_], language: str
) -> Cluster:
    members = np.flatnonzero(chosen)
    middle = where[members].mean(axis=0)
    length = float(np.linalg.norm(middle)) or 1.0
    closeness = np.round(where[members] @ (middle / length), 6)
    order = np.lexsort((members, -closeness))
    return Cluster(
        language,
        tuple(places[members[at]] for at in order.tolist()),
        tuple(float(closeness[at]) for at in order.tolist()),
    )


def _ordered(found: Sequence[Cluster]) -> tuple[Cluster, ...]:
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.members)))
