"""Stretches of years, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.analyses.drawing.svg import Drawing, colour, shortened

_ROW, _HEAD = 24, 26
_LABEL, _LEFT, _WIDTH = 36, 260, 480
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
_MOST_YEARS = 10  # written above
_THIN, _THICK = 5, 15


class Stretch(msgspec.Struct, frozen=True):
    """Years from one to another; the heavier, the thicker."""

    name: str
    begin: int
    end: int
    weight: float


def stretches(years: range, rows: Sequence[Stretch]) -> str:
    """Draw a bar over the years of each row."""
    drawing = Drawing(_LEFT + _WIDTH + 20, _HEAD + max(1, len(rows)) * _ROW)
    unit = _WIDTH / len(years)
    foot = _HEAD + len(rows) * _ROW
    every = next((step for step in _STEPS if len(years) / step <= _MOST_YEARS), _STEPS[-1])
    for at, year in enumerate(years):
        if year % every == 0 or len(years) == 1:
            x = _LEFT + unit * at
            drawing.add(None, "line", x1=x, x2=x, y1=_HEAD, y2=foot, stroke="#cccccc",
                        class_="rule")  # fmt: skip
            drawing.text(None, x + unit / 2, 16, str(year), text_anchor="middle", class_="axis")
    most = max((one.weight for one in rows), default=0.0) or 1.0
    for at, one in enumerate(rows):
        said = str(one.begin) if one.begin == one.end else f"{one.begin}–{one.end}"
        group = drawing.group(f"{one.name}: {said}")
        middle = _HEAD + at * _ROW + _ROW / 2
        height = _THIN + (_THICK - _THIN) * max(0.0, one.weight) / most
        drawing.text(group, _LEFT - 8, middle + 4, shortened(one.name, _LABEL), text_anchor="end")
        drawing.add(group, "rect", x=_LEFT + unit * (one.begin - years[0]),
                    y=middle - height / 2, width=max(3.0, unit * (one.end - one.begin + 1)),
                    height=height, rx=2, fill=colour(1), class_="c2")  # fmt: skip
    return str(drawing)
