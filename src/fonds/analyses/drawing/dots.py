"""A map: discs of dots, one dot for each document, names below them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.analyses.drawing.svg import Drawing, colour, number

_EDGE = 14.0  # units around everything
_LINKED = 600  # dots that are drawn one by one, with a title and a link; more are one path
_LINE = 14.0
_WIDTH = 860.0  # least, so that names are as large in every picture


class Dot(msgspec.Struct, frozen=True):
    """A document."""

    x: float
    y: float
    title: str
    href: str


class Disc(msgspec.Struct, frozen=True):
    """A theme."""

    x: float
    y: float
    radius: float
    name: tuple[str, ...]  # lines
    dots: tuple[Dot, ...]


def dots(discs: Sequence[Disc], radius: float) -> str:
    """Draw discs of dots; their colours come again after eight."""
    half = [max(one.radius, 90.0) for one in discs]
    left = min((one.x - w for one, w in zip(discs, half, strict=True)), default=0) - _EDGE
    right = max((one.x + w for one, w in zip(discs, half, strict=True)), default=0) + _EDGE
    spare = max(0.0, _WIDTH - (right - left)) / 2
    left, right = left - spare, right + spare
    top = min((one.y - one.radius for one in discs), default=0) - _EDGE
    foot = max((one.y + one.radius + 2.4 * _LINE for one in discs), default=0) + _EDGE
    drawing = Drawing(right - left, foot - top)
    many = sum(len(one.dots) for one in discs) > _LINKED
    for at, one in enumerate(discs):
        kind = f"c{at % 8 + 1}"
        group = drawing.group("" if not many else " ".join(one.name))
        drawing.add(group, "circle", cx=one.x - left, cy=one.y - top, r=one.radius,
                    fill=colour(at), fill_opacity=0.12, class_=kind)  # fmt: skip
        if many:
            path = "".join(f"M{number(d.x - left)} {number(d.y - top)}h0" for d in one.dots)
            drawing.add(group, "path", d=path, fill="none", stroke=colour(at),
                        stroke_width=2 * radius, stroke_linecap="round",
                        class_=f"line {kind}")  # fmt: skip
        else:
            for dot in one.dots:
                linked = drawing.group(dot.title, dot.href)
                drawing.add(linked, "circle", cx=dot.x - left, cy=dot.y - top, r=radius,
                            fill=colour(at), class_=kind)  # fmt: skip
        for line, said in enumerate(one.name):
            y = one.y + one.radius - top + _LINE * (line + 1)
            drawing.text(None, one.x - left, y, said, text_anchor="middle")
    return str(drawing)
