"""Pairs of bars: how much of two corpora each name has."""

from __future__ import annotations

from collections.abc import Sequence

from fonds.analyses.drawing.svg import Drawing, colour, shortened, width_of

Pair = tuple[str, float, float]  # name, share in the first, share in the second

_ROW, _BAR, _HEAD = 34, 11, 30  # units
_LABEL = 36  # characters
_SAID = 44  # characters of the name of a corpus
_LEFT, _WIDTH = 260, 440


def pairs(rows: Sequence[Pair], names: tuple[str, str]) -> str:
    """Draw two bars for each name, with their percentages; `names` are those of the corpora."""
    drawing = Drawing(_LEFT + _WIDTH + 70, _HEAD + max(1, len(rows)) * _ROW)
    _legend(drawing, names)
    most = max((max(one, other) for _, one, other in rows), default=0) or 1
    for at, (name, *shares) in enumerate(rows):
        group = drawing.group(f"{name}: {_percent(shares[0])} / {_percent(shares[1])}")
        top = _HEAD + at * _ROW
        drawing.text(group, _LEFT - 8, top + 18, shortened(name, _LABEL), text_anchor="end")
        for place, share in enumerate(shares):
            y = top + 2 + place * (_BAR + 2)
            length = _WIDTH * share / most
            if share:
                drawing.add(group, "rect", x=_LEFT, y=y, width=max(1.0, length), height=_BAR,
                            fill=colour(place), class_=f"c{place + 1}")  # fmt: skip
            drawing.text(group, _LEFT + length + 5, y + 10, _percent(share), font_size=11,
                         class_="value")  # fmt: skip
    return str(drawing)


def _legend(drawing: Drawing, names: tuple[str, str]) -> None:
    x = float(_LEFT)
    for place, name in enumerate(names):
        said = shortened(name, _SAID)
        drawing.add(None, "rect", x=x, y=4, width=12, height=12, fill=colour(place),
                    class_=f"c{place + 1}")  # fmt: skip
        drawing.text(None, x + 17, 14, said)
        x += 17 + width_of(said) + 20


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"
