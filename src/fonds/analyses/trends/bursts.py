"""Bursts: years in which something is at least so many times as usual as over all years.

Kleinberg's automaton of two states over batches (Data Mining and Knowledge Discovery 7 (2003),
373-397, section 4): the path of least cost, where to enter the state of bursts costs
gamma ln(years). All rows at once.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
_LEAST_YEARS = 3
_SURE = 0.9999


class Burst(msgspec.Struct, frozen=True):
    """A stretch of years."""

    begin: int
    end: int  # the last of them
    weight: float  # what the state of bursts saves over the usual one


def find_bursts(
    years: range, counts: Ints, documents: Ints, times: float, gamma: float
) -> list[tuple[Burst, ...]]:
    """Return the bursts of each row of `counts` (rows by years), out of `documents` a year."""
    there = np.flatnonzero(documents)
    if len(there) < _LEAST_YEARS or not len(counts):
        return [()] * len(counts)
    held, whole = counts[:, there].astype(np.float64), documents[there].astype(np.float64)
    usual = np.clip(held.sum(axis=1) / whole.sum(), 1e-9, _SURE)[:, None]
    often = np.minimum(usual * times, _SURE)
    costs = np.stack([_cost(held, whole, usual), _cost(held, whole, often)], axis=2)
    states = _path(costs, gamma * np.log(len(there)))
    saved = costs[:, :, 0] - costs[:, :, 1]
    named = [years[at] for at in there.tolist()]
    return [_stretches(named, states[row], saved[row]) for row in range(len(counts))]


def _cost(held: Floats, whole: Floats, share: Floats) -> Floats:
    """Return -ln of the binomial probability; the coefficient is the same in both states."""
    cost: Floats = -(held * np.log(share) + (whole - held) * np.log1p(-share))
    return cost


def _path(costs: Floats, enter: float) -> Ints:
    """Return the states of least cost; of equal ones the usual state."""
    rows, steps, _ = costs.shape
    best = np.stack([costs[:, 0, 0], costs[:, 0, 1] + enter], axis=1)
    back = np.zeros((rows, steps, 2), np.int64)
    for step in range(1, steps):
        down, up = best[:, 1], best[:, 0] + enter
        from_usual, from_burst = best[:, 0] <= down, up <= best[:, 1]
        back[:, step, 0] = np.where(from_usual, 0, 1)
        back[:, step, 1] = np.where(from_burst, 0, 1)
        best = np.stack(
            [
                np.where(from_usual, best[:, 0], down) + costs[:, step, 0],
                np.where(from_burst, up, best[:, 1]) + costs[:, step, 1],
            ],
            axis=1,
        )
    states = np.zeros((rows, steps), np.int64)
    states[:, -1] = np.where(best[:, 0] <= best[:, 1], 0, 1)
    for step in range(steps - 1, 0, -1):
        states[:, step - 1] = back[np.arange(rows), step, states[:, step]]
    return states


def _stretches(years: list[int], states: Ints, saved: Floats) -> tuple[Burst, ...]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], states, [0]])))
    return tuple(
        Burst(years[begin], years[end - 1], round(float(saved[begin:end].sum()), 2))
        for begin, end in edges.reshape(-1, 2).tolist()
    )
