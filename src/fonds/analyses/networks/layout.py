"""Places of nodes in a plane: the linked near, all others apart.

A force-directed layout with linear repulsion and logarithmic attraction (LinLog), which shows
communities as clusters: https://doi.org/10.1371/journal.pone.0098679. No chance: it begins on a
spiral, community by community.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float64]  # one row (x, y) for each node

_ROUNDS = 350
_GOLDEN = 2.399963229728653  # angle of a spiral that fills the plane evenly
_GRAVITY = 0.06
_COLLISIONS = 120  # rounds of pushing apart


def layout(
    groups: Sequence[int], edges: Sequence[tuple[int, int, float]], radii: Sequence[float],
    width: float, height: float,
) -> Places:  # fmt: skip
    """Return the places of nodes within a frame; `groups` are their communities."""
    if not len(groups):
        return np.zeros((0, 2))
    places = _spiral(groups)
    if len(groups) > 1:
        places = _pulled(places, edges)
        places = _turned(places)
    return _apart(_fitted(places, radii, width, height), radii, width, height)


def _spiral(groups: Sequence[int]) -> Places:
    order = np.lexsort((np.arange(len(groups)), np.array(groups)))
    rank = np.empty(len(groups))
    rank[order] = np.arange(len(groups))
    angle = rank * _GOLDEN
    distance = np.sqrt(rank + 0.5)
    return np.column_stack((distance * np.cos(angle), distance * np.sin(angle)))


def _pulled(places: Places, edges: Sequence[tuple[int, int, float]]) -> Places:
    count = len(places)
    weights = np.zeros((count, count))
    for first, second, strength in edges:
        weights[first, second] += strength
        weights[second, first] += strength
    positive = weights[weights > 0]
    if len(positive):
        weights = np.sqrt(weights / positive.max())
    mass = 1.0 + (weights > 0).sum(axis=1)
    step = np.sqrt(count) / 4
    for at in range(_ROUNDS):
        delta = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.sqrt((delta**2).sum(axis=2)), 1e-3)
        push = mass[:, None] * mass[None, :] / distance**2
        pull = 6.0 * weights * np.log1p(distance) / distance
        force = ((push - pull)[:, :, None] * delta).sum(axis=1)
        force -= _GRAVITY * mass[:, None] * places
        size = np.maximum(np.sqrt((force**2).sum(axis=1, keepdims=True)), 1e-9)
        limit = step * (1 - at / _ROUNDS) + 0.01
        places = places + force / size * np.minimum(size / mass[:, None], limit)
    return places


def _turned(places: Places) -> Places:
    """Turn places so that they are widest from left to right."""
    centred = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1, 1)
    return np.asarray(centred @ axes)


def _fitted(places: Places, radii: Sequence[float], width: float, height: float) -> Places:
    margin = max(radii) + 4
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([width, height]) - 2 * margin
    span = np.maximum(high - low, 1e-9)
    spread = np.where(high - low < 1e-9, 0.5, (places - low) / span)
    return np.asarray(margin + spread * room)


def _apart(places: Places, radii: Sequence[float], width: float, height: float) -> Places:
    """Push nodes apart until none lies upon another."""
    sizes = np.array(radii)
    need = sizes[:, None] + sizes[None, :] + 6.0
    low, high = sizes[:, None] + 2, np.array([width, height]) - sizes[:, None] - 2
    for _ in range(_COLLISIONS):
        delta = places[:, None, :] - places[None, :, :]
        distance = np.maximum(np.sqrt((delta**2).sum(axis=2)), 1e-6)
        over = np.maximum(need - distance, 0.0)
        np.fill_diagonal(over, 0.0)
        if not over.any():
            break
        places = places + (delta / distance[:, :, None] * over[:, :, None] / 2).sum(axis=1) * 0.6
        places = np.clip(places, low, high)
    return places
