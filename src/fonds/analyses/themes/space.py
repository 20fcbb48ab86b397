"""Documents as points: tf-idf of their stems, brought to few dimensions (LSA).

Deerwester et al. 1990; Salton and Buckley 1988. One thread and a fixed seed: the same documents
always lie at the same places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, repeat
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from fonds.analyses.themes.words import Said

Points = NDArray[np.float64]
SEED = 20_261_126
_DIMENSIONS = 100
_LEAST = 2  # documents that must say a stem
_MOST = 0.4  # share of documents; what more say tells nothing apart
_SMALL = 100  # documents under which no stem is too frequent
_STEMS = 40_000  # most, the most frequent first: bounds time and memory


def matrix(said: Sequence[Said]) -> csr_matrix:
    """Return documents by stems, rows of length 1; empty rows where nothing is shared."""
    counts: Counter[str] = Counter()
    for one in said:
        counts.update(one.stems.keys())
    whole = len(said)
    most = whole if whole < _SMALL else _MOST * whole
    least = min(_LEAST, whole)
    kept = sorted((stem for stem, n in counts.items() if least <= n <= most),
                  key=lambda stem: (-counts[stem], stem))[:_STEMS]  # fmt: skip
    place = {stem: at for at, stem in enumerate(kept)}
    rarity = np.array([1.0 + log(whole / counts[stem]) for stem in kept] or [0.0])
    stems = chain.from_iterable(one.stems for one in said)
    columns = np.array(list(map(place.get, stems, repeat(-1))), np.int64)
    weights = np.array(list(chain.from_iterable(one.stems.values() for one in said)), np.float64)
    rows = np.repeat(np.arange(whole), [len(one.stems) for one in said])
    there = columns >= 0
    columns, rows = columns[there], rows[there]
    values = (1.0 + np.log(weights[there])) * rarity[columns]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=whole))])
    found = csr_matrix((values, columns, starts), shape=(whole, max(1, len(kept))))
    found.sort_indices()
    return normalize(found)


def points(found: csr_matrix) -> Points:
    """Return the rows in at most a hundred dimensions, of length 1 or 0."""
    dimensions = min(_DIMENSIONS, min(found.shape) - 1)
    if dimensions < 2:
        return np.asarray(normalize(np.asarray(found.todense())))
    left, sizes, _ = randomized_svd(found, dimensions, n_iter=4, random_state=SEED)
    return np.asarray(normalize(left * sizes))
