"""The coverage of a title as a drawing: a bar per year, a band where something is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from fonds.holdings.coverage import Coverage, Gap
from fonds.holdings.model import Issue

WIDTH, HEIGHT = 1000, 120  # units of the drawing
_MOST_BARS = 200  # longer spans are drawn by tens of years
_LEAST = 3.0  # height of a bar, so that one article is seen
_MARK = 3.0  # width of a gap inside a year
_LABELS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_LABELS = 12


class Bar(msgspec.Struct, frozen=True):
    """The documents of a year, or of some years."""

    first: int
    last: int
    count: int
    x: float
    width: float
    height: float


class Band(msgspec.Struct, frozen=True):
    """A gap where it stands."""

    x: float
    width: float


class Label(msgspec.Struct, frozen=True):
    """A year under the drawing."""

    year: int
    x: float


class Timeline(msgspec.Struct, frozen=True):
    """A drawing of WIDTH by HEIGHT units."""

    first: int
    last: int
    bars: tuple[Bar, ...]
    bands: tuple[Band, ...]
    labels: tuple[Label, ...]


def timeline(issues: Iterable[Issue], coverage: Coverage) -> Timeline | None:
    """Draw a title; None when no year is known."""
    counts: Counter[int] = Counter()
    for one in issues:
        if one.year:
            counts[one.year] += one.documents
    if not counts:
        return None
    first, last = min(counts), max(counts)
    step = 1 if last - first < _MOST_BARS else 10
    start = first - first % step
    steps = (last - start) // step + 1
    unit = WIDTH / steps
    grouped: Counter[int] = Counter()
    for year, count in counts.items():
        grouped[(year - start) // step] += count
    most = max(grouped.values())
    bars = tuple(
        Bar(
            first=start + at * step,
            last=start + at * step + step - 1,
            count=count,
            x=round(at * unit + unit * 0.08, 2),
            width=round(min(unit * 0.84, 60), 2),
            # by the root, so that a year with one article is seen beside one with ten thousand
            height=round(max(_LEAST, HEIGHT * (count / most) ** 0.5), 2),
        )
        for at, count in sorted(grouped.items())
    )
    bands = tuple(_band(gap, start, step, unit) for gap in coverage.gaps if gap.before.year)
    return Timeline(first, last, bars, bands, _labels(start, last, step, unit))


def _band(gap: Gap, start: int, step: int, unit: float) -> Band:
    after, before = gap.after.year or gap.before.year, gap.before.year
    begin = (after + 1 - start) / step * unit
    end = (before - start) / step * unit
    if end - begin < _MARK:  # inside a year, or between two that follow each other
        return Band(round(max(0.0, end - _MARK / 2), 2), _MARK)
    return Band(round(begin, 2), round(end - begin, 2))


def _labels(start: int, last: int, step: int, unit: float) -> tuple[Label, ...]:
    every = next((n for n in _LABELS if (last - start) / n <= _MOST_LABELS), _LABELS[-1])
    years = [year for year in range(start, last + 1) if year % every == 0] or [start]
    return tuple(Label(year, round(((year - start) / step + 0.5) * unit, 1)) for year in years)
