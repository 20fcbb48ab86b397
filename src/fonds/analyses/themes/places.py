"""Where themes and their documents lie on the map.

Themes that speak alike lie near each other (classical scaling of the cosine distances between
their middles, Torgerson 1952), then are moved apart until none covers another. A document's dot
lies the nearer to the middle the more typical it is, on the side of the other themes it is like.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, pi, sqrt

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from fonds.analyses.themes.clusters import Cluster
from fonds.analyses.themes.space import matrix
from fonds.analyses.themes.words import Said

_TURNS = 400  # of moving apart
_PULL = 0.02  # towards the middle, in each turn
_LABEL_HEIGHT = 34.0  # units, below a disc
_GAP = 6.0
_SPREAD = 0.35  # half the width of the map before moving apart, in sides of all boxes together
_WIDE = 1.5  # maps are wider than high

Grid = NDArray[np.float64]


class Place(msgspec.Struct, frozen=True):
    """A theme on the map, in units of the picture."""

    x: float
    y: float
    radius: float
    dots: tuple[tuple[float, float], ...]  # of its documents, in its order


def places(
    said: Sequence[Said], clusters: Sequence[Cluster], widths: Sequence[float], spacing: float
) -> tuple[Place, ...]:
    """Return where each theme lies; `widths` are those of their labels."""
    if not clusters:
        return ()
    likeness = _Likeness(said)
    radii = [spacing * (_rings(len(one.members)) + 0.7) for one in clusters]
    wide = np.array([max(2 * r, width) for r, width in zip(radii, widths, strict=True)]) + _GAP
    high = np.array([2 * r + _LABEL_HEIGHT for r in radii]) + _GAP
    middles = likeness.mean(clusters)
    size = _SPREAD * float(np.sqrt((wide * high).sum()))
    centres = _apart(_scaled(middles) * (_WIDE * size, size), wide.tolist(), high.tolist())
    found = []
    for at, one in enumerate(clusters):
        angles = _angles(likeness.of(one) @ middles.T, centres, at)
        dots = _dots(angles, spacing)
        x, y = centres[at].tolist()
        found.append(Place(x, y, radii[at], tuple((x + dx, y + dy) for dx, dy in dots)))
    return tuple(found)


class _Likeness:
    """All documents in one space of words, whatever their language."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._rows = matrix(said)

    def of(self, one: Cluster) -> csr_matrix:
        return self._rows[list(one.members)]

    def mean(self, clusters: Sequence[Cluster]) -> Grid:
        middles = np.vstack([np.asarray(self.of(one).mean(axis=0)) for one in clusters])
        lengths = np.linalg.norm(middles, axis=1, keepdims=True)
        return np.asarray(middles / np.maximum(lengths, 1e-12))


def _rings(count: int) -> int:
    """Return how many rings of 6, 12, 18... dots stand around the one in the middle."""
    return ceil((sqrt(12 * count - 3) - 3) / 6) if count > 1 else 0


def _scaled(middles: Grid) -> Grid:
    """Return points in two dimensions whose distances are about those of the middles."""
    whole = len(middles)
    if whole == 1:
        return np.zeros((1, 2))
    squares = (1.0 - middles @ middles.T) ** 2
    centred = np.eye(whole) - 1.0 / whole
    values, vectors = np.linalg.eigh(-0.5 * centred @ squares @ centred)
    found = vectors[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0.0))
    for axis in range(2):  # a sign is chance: the largest lies to the right
        found[:, axis] *= 1.0 if found[int(np.abs(found[:, axis]).argmax()), axis] > 0 else -1.0
    size = float(np.abs(found).max()) or 1.0
    return np.asarray(np.round(found / size, 6))


def _apart(found: Grid, wide: Sequence[float], high: Sequence[float]) -> Grid:
    """Return places moved as little as needed that no two boxes cover each other."""
    centres: list[list[float]] = found.tolist()
    halves_wide = [[(wide[one] + wide[other]) / 2 for other in range(one)]
                   for one in range(len(centres))]  # fmt: skip
    halves_high = [[(high[one] + high[other]) / 2 for other in range(one)]
                   for one in range(len(centres))]  # fmt: skip
    for turn in range(_TURNS):
        if turn < _TURNS // 2:
            centres = [[x * (1.0 - _PULL), y * (1.0 - _PULL)] for x, y in centres]
        moved = False
        for at, one in enumerate(centres):
            for other, width, height in zip(centres, halves_wide[at], halves_high[at],
                                            strict=False):  # fmt: skip
                if _push(one, other, width, height):
                    moved = True
        if not moved and turn >= _TURNS // 2:
            break
    return np.round(np.array(centres), 2)


def _push(one: list[float], other: list[float], width: float, height: float) -> bool:
    """Part two boxes along the shorter way; tell whether they covered each other."""
    over = width - abs(one[0] - other[0]), height - abs(one[1] - other[1])
    if over[0] <= 0.01 or over[1] <= 0.01:
        return False
    axis = 0 if over[0] < over[1] else 1
    step = over[axis] / 2 * (1.0 if one[axis] >= other[axis] else -1.0)
    one[axis] += step
    other[axis] -= step
    return True


def _angles(likeness: Grid, centres: Grid, at: int) -> NDArray[np.float64]:
    """Return the side of its theme on which each document lies."""
    away = centres - centres[at]
    lengths = np.linalg.norm(away, axis=1, keepdims=True)
    away = away / np.maximum(lengths, 1e-12)
    weights = np.array(likeness)
    weights[:, at] = 0.0
    pull = (weights**2) @ away
    return np.asarray(np.arctan2(pull[:, 1], pull[:, 0]))


def _dots(angles: NDArray[np.float64], spacing: float) -> list[tuple[float, float]]:
    """Return a place for each document, ring by ring, by its angle within the ring."""
    found: list[tuple[float, float]] = [(0.0, 0.0)]
    ring = 1
    while len(found) < len(angles):
        begin = len(found)
        chosen = list(range(begin, min(begin + 6 * ring, len(angles))))
        order = sorted(chosen, key=lambda at: (float(angles[at]), at))
        row = [(0.0, 0.0)] * len(chosen)
        for slot, at in enumerate(order):
            angle = -pi + 2 * pi * (slot + 0.5) / len(chosen)
            x, y = spacing * ring * np.cos(angle), spacing * ring * np.sin(angle)
            row[at - begin] = (float(x), float(y))
        found += row
        ring += 1
    return found[: len(angles)]
