"""A network: nodes by weight, communities by colour, names where there is room."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.analyses.drawing.svg import Drawing, colour, shortened, width_of

WIDTH, HEIGHT = 960.0, 640.0
_LEAST, _MOST = 4.0, 20.0  # radius of a node
_SMALL, _LARGE = 10.5, 16.0  # height of a name
_GAP = 5  # units between two names in a line
_LABEL = 34  # characters
_EDGES = 500  # drawn, the strongest
_COLOURS = 7  # communities with a colour of their own; the others share the last one


class Dot(msgspec.Struct, frozen=True):
    """A node to be drawn."""

    name: str
    weight: float
    group: int  # its community, from 1
    said: str  # shown when pointed at
    href: str


class Stroke(msgspec.Struct, frozen=True):
    """An edge to be drawn, between places of nodes."""

    first: int
    second: int
    strength: float


Box = tuple[float, float, float, float]  # left, top, right, bottom


def radius(weight: float, most: float) -> float:
    """Return how large a node is: its area grows by its weight."""
    return float(_LEAST + (_MOST - _LEAST) * np.sqrt(weight / most)) if most > 0 else _LEAST


def graph(
    dots: Sequence[Dot], strokes: Sequence[Stroke], places: npt.NDArray[np.float64]
) -> str:  # fmt: skip
    """Draw a network, the heaviest nodes last, so that they lie on top."""
    drawing = Drawing(WIDTH, HEIGHT)
    most = max((dot.weight for dot in dots), default=0.0)
    radii = [radius(dot.weight, most) for dot in dots]
    _edges(drawing, dots, strokes, places)
    order = sorted(range(len(dots)), key=lambda at: (dots[at].weight, -at))
    for at in order:
        dot, kind = dots[at], _class(dots[at].group)
        link = drawing.add(None, "a", href=dot.href, aria_label=dot.name, tabindex="-1")
        circle = drawing.add(link, "circle", cx=places[at][0], cy=places[at][1], r=radii[at],
                             fill=colour(int(kind[1:]) - 1), class_=kind)  # fmt: skip
        drawing.add(circle, "title").text = dot.said
    _names(drawing, dots, places, radii, most)
    return str(drawing)


def _class(group: int) -> str:
    return f"c{min(group, _COLOURS + 1)}"


def _edges(
    drawing: Drawing, dots: Sequence[Dot], strokes: Sequence[Stroke],
    places: npt.NDArray[np.float64],
) -> None:  # fmt: skip
    drawn = sorted(strokes, key=lambda one: (-one.strength, one.first, one.second))[:_EDGES]
    most = max((one.strength for one in drawn), default=1.0)
    for one in reversed(drawn):
        (x1, y1), (x2, y2) = places[one.first], places[one.second]
        share = float(np.sqrt(one.strength / most))
        same = dots[one.first].group == dots[one.second].group
        kind = _class(dots[one.first].group)
        drawing.add(None, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=0.4 + 2.4 * share,
                    stroke=colour(int(kind[1:]) - 1) if same else "#999999",
                    stroke_opacity=(0.3 + 0.3 * share) * (1 if same else 0.6),
                    class_=f"line {kind}" if same else "rule")  # fmt: skip


def _names(
    drawing: Drawing, dots: Sequence[Dot], places: npt.NDArray[np.float64],
    radii: Sequence[float], most: float,
) -> None:  # fmt: skip
    """Write names, the heaviest first, where they touch neither a name nor a larger node."""
    taken: list[Box] = []
    order = sorted(range(len(dots)), key=lambda at: (-dots[at].weight, at))
    discs = np.column_stack((places, np.array(radii))) if len(dots) else np.zeros((0, 3))
    for at in order:
        size = _SMALL + (_LARGE - _SMALL) * (dots[at].weight / most if most else 0)
        name = shortened(dots[at].name, _LABEL)
        for anchor, x, y, box in _choices(discs[at], name, size):
            if _free(box, taken, np.delete(discs, at, axis=0)):
                taken.append(box)
                drawing.text(None, x, y, name, text_anchor=anchor, font_size=round(size, 1),
                             class_="label")  # fmt: skip
                break


def _choices(
    disc: npt.NDArray[np.float64], name: str, size: float
) -> list[tuple[str, float, float, Box]]:
    x, y, r = disc.tolist()
    wide, high, gap = width_of(name, size), size * 1.15, r + 3
    below, above, level = y + gap + size * 0.85, y - gap - size * 0.15, y + size * 0.35
    return [
        ("start", x + gap, level, (x + gap, y - high / 2, x + gap + wide, y + high / 2)),
        ("end", x - gap, level, (x - gap - wide, y - high / 2, x - gap, y + high / 2)),
        ("middle", x, below, (x - wide / 2, y + gap, x + wide / 2, y + gap + high)),
        ("middle", x, above, (x - wide / 2, y - gap - high, x + wide / 2, y - gap)),
    ]


def _free(box: Box, taken: Sequence[Box], discs: npt.NDArray[np.float64]) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT:
        return False
    if any(left - _GAP < r and right + _GAP > x and top < b and bottom > y
           for x, y, r, b in taken):  # fmt: skip
        return False
    dx = np.maximum(0, np.maximum(left - discs[:, 0], discs[:, 0] - right))
    dy = np.maximum(0, np.maximum(top - discs[:, 1], discs[:, 1] - bottom))
    return not bool((dx**2 + dy**2 < discs[:, 2] ** 2).any())
