"""Lines over years."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10

import msgspec

from fonds.analyses.drawing.svg import Drawing, colour, number, shortened, width_of

_WIDTH, _HEIGHT = 640, 260  # of the field
_LEFT, _TOP, _FOOT = 56, 12, 30
_LABEL = 30  # characters
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
_MOST_YEARS = 12  # written under the field
_SWATCH = 14  # of the line before its name
_APART = 14  # units between two names at the right


class Line(msgspec.Struct, frozen=True):
    """A name and its value in each year."""

    name: str
    values: tuple[float, ...]


def lines(years: range, found: Sequence[Line], unit: str = "") -> str:
    """Draw lines over years, each with its name at its end; `unit` is % or nothing."""
    names = [shortened(one.name, _LABEL) for one in found]
    right = max(map(width_of, names), default=0) + 24 + _SWATCH
    drawing = Drawing(_LEFT + _WIDTH + right, _TOP + _HEIGHT + _FOOT)
    top = _round(max((value for one in found for value in one.values), default=0))
    _axes(drawing, years, top, unit)
    places = _spread([_y(one.values[-1], top) for one in found])
    for at, (one, name) in enumerate(zip(found, names, strict=True)):
        group = drawing.group(one.name)
        points = [(_x(years, year), _y(v, top)) for year, v in zip(years, one.values, strict=True)]
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        kind = f"c{at % 8 + 1}"
        drawing.add(group, "polyline", points=path, fill="none", stroke=colour(at),
                    stroke_width=2, class_=f"line {kind}")  # fmt: skip
        if len(points) == 1:
            drawing.add(group, "circle", cx=points[0][0], cy=points[0][1], r=3, fill=colour(at),
                        class_=kind)  # fmt: skip
        end = _LEFT + _WIDTH + 8
        drawing.add(group, "line", x1=end, x2=end + _SWATCH, y1=places[at], y2=places[at],
                    stroke=colour(at), stroke_width=3, class_=f"line {kind}")  # fmt: skip
        drawing.text(group, end + _SWATCH + 5, places[at] + 4, name, fill=colour(at),
                     class_=f"name {kind}")  # fmt: skip
    return str(drawing)


def _axes(drawing: Drawing, years: range, top: float, unit: str) -> None:
    for share in (0.0, 0.5, 1.0):
        y = _y(top * share, top)
        drawing.add(None, "line", x1=_LEFT, x2=_LEFT + _WIDTH, y1=y, y2=y, stroke="#cccccc",
                    class_="rule")  # fmt: skip
        said = f"{top * share:.3g}{unit}"
        drawing.text(None, _LEFT - 6, y + 4, said, text_anchor="end", class_="axis")
    every = next((step for step in _STEPS if len(years) / step <= _MOST_YEARS), _STEPS[-1])
    for year in years:
        if year % every == 0 or len(years) == 1:
            drawing.text(None, _x(years, year), _TOP + _HEIGHT + 20, str(year),
                         text_anchor="middle", class_="axis")  # fmt: skip


def _x(years: range, year: int) -> float:
    span = len(years) - 1
    return _LEFT + (_WIDTH * (year - years[0]) / span if span else _WIDTH / 2)


def _y(value: float, top: float) -> float:
    return _TOP + _HEIGHT * (1 - value / top)


def _round(most: float) -> float:
    """Return the next number of one digit, for the head of an axis."""
    if most <= 0:
        return 1.0
    step = 10.0 ** (ceil(log10(most)) - 1)
    return float(ceil(most / step) * step)


def _spread(places: Sequence[float]) -> list[float]:
    """Return places moved as little as needed to stand apart, in the same order."""
    order = sorted(range(len(places)), key=lambda at: (places[at], at))
    spread = list(places)
    before = float(-_APART)
    for at in order:
        before = spread[at] = max(places[at], before + _APART)
    ceiling = float(_TOP + _HEIGHT)
    for at in reversed(order):
        spread[at] = min(spread[at], ceiling)
        ceiling = spread[at] - _APART
    return spread
