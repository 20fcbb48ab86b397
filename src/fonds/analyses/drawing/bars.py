"""Bars beside each other: one row for each name."""

from __future__ import annotations

from collections.abc import Sequence

from fonds.analyses.drawing.svg import Drawing, colour, shortened

_ROW, _BAR = 24, 15  # units
_LABEL = 36  # characters
_LEFT = 260  # of the bars: every picture has the same, so that all are drawn at one scale
_WIDTH = 440  # of the longest bar


def bars(rows: Sequence[tuple[str, float]], said: Sequence[str] = ()) -> str:
    """Draw a bar for each name; `said` is what stands at its end, else the number."""
    labels = [shortened(name, _LABEL) for name, _ in rows]
    most = max((value for _, value in rows), default=0) or 1
    drawing = Drawing(_LEFT + _WIDTH + 70, max(1, len(rows)) * _ROW)
    for at, ((name, value), label) in enumerate(zip(rows, labels, strict=True)):
        end = said[at] if said else f"{value:,.0f}"
        group = drawing.group(f"{name}: {end}")
        top = at * _ROW
        length = max(1.0, _WIDTH * value / most)
        drawing.text(group, _LEFT - 8, top + 16, label, text_anchor="end")
        drawing.add(group, "rect", x=_LEFT, y=top + 4, width=length, height=_BAR, fill=colour(0),
                    class_="c1")  # fmt: skip
        drawing.text(group, _LEFT + length + 6, top + 16, end, class_="value")
    return str(drawing)
