"""A column for each year."""

from __future__ import annotations

from collections.abc import Sequence

from fonds.analyses.drawing.svg import Drawing, colour

_WIDTH, _HEIGHT, _TOP, _FOOT, _LEFT = 720, 160, 16, 26, 46
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
_MOST_YEARS = 14  # written under the columns


def columns(years: range, counts: Sequence[int]) -> str:
    """Draw how many documents each year has."""
    drawing = Drawing(_LEFT + _WIDTH + 10, _TOP + _HEIGHT + _FOOT)
    most = max(counts, default=0) or 1
    for share in (0, 1):
        y = _TOP + _HEIGHT * (1 - share)
        drawing.add(None, "line", x1=_LEFT, x2=_LEFT + _WIDTH, y1=y, y2=y, stroke="#cccccc",
                    class_="rule")  # fmt: skip
        drawing.text(None, _LEFT - 6, y + 4, f"{most * share:,}", text_anchor="end", class_="axis")
    unit = _WIDTH / len(years)
    every = next((step for step in _STEPS if len(years) / step <= _MOST_YEARS), _STEPS[-1])
    for at, (year, count) in enumerate(zip(years, counts, strict=True)):
        group = drawing.group(f"{year}: {count:,}")
        height = max(1.5, _HEIGHT * count / most) if count else 0.0
        width = min(unit * 0.8, 48.0)
        x = _LEFT + unit * (at + 0.5)
        drawing.add(group, "rect", x=x - width / 2, y=_TOP + _HEIGHT - height, width=width,
                    height=height, fill=colour(0), class_="c1")  # fmt: skip
        if year % every == 0 or len(years) == 1:
            drawing.text(None, x, _TOP + _HEIGHT + 18, str(year), text_anchor="middle",
                         class_="axis")  # fmt: skip
    return str(drawing)
