"""Networks drawn: nodes apart, names apart, everything inside the frame."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.analyses.drawing.graph import HEIGHT, WIDTH, Dot, Stroke, graph, radius
from fonds.analyses.drawing.svg import NAMESPACE, width_of
from fonds.analyses.networks.layout import layout

SVG = f"{{{NAMESPACE}}}"


def drawn(count: int) -> tuple[str, np.ndarray, list[float]]:
    """Draw two rings of nodes with a link between them."""
    half = count // 2
    groups = [1 if at < half else 2 for at in range(count)]
    edges = [(a, b, 1.0) for a, b in pairwise(range(count))]
    dots = [Dot(f"node {at} <&>", count - at, groups[at], f"{at}", f"/?q={at}") for at in
            range(count)]  # fmt: skip
    radii = [radius(one.weight, count) for one in dots]
    places = layout(groups, edges, radii, WIDTH, HEIGHT)
    return graph(dots, [Stroke(*one) for one in edges], places), places, radii


def test_nodes_lie_in_the_frame_and_apart() -> None:
    _, places, radii = drawn(80)
    for at in range(80):
        x, y = places[at]
        assert radii[at] <= x <= WIDTH - radii[at]
        assert radii[at] <= y <= HEIGHT - radii[at]
        for other in range(at):
            apart = float(np.hypot(*(places[at] - places[other])))
            assert apart >= radii[at] + radii[other] - 0.5


def test_names_do_not_overlap() -> None:
    picture, _, _ = drawn(80)
    boxes = []
    for one in ET.fromstring(picture).iter(f"{SVG}text"):
        size = float(one.attrib["font-size"])
        wide = width_of(one.text or "", size)
        x, y = float(one.attrib["x"]), float(one.attrib["y"])
        left = {"start": x, "end": x - wide, "middle": x - wide / 2}[one.attrib["text-anchor"]]
        boxes.append((left, y - size * 0.6, left + wide, y))
    assert len(boxes) > 50
    for at, box in enumerate(boxes):
        for other in boxes[:at]:
            apart = box[0] >= other[2] or other[0] >= box[2] or box[1] >= other[3]
            assert apart or other[1] >= box[3]


def test_every_node_leads_somewhere_and_says_its_name() -> None:
    links = list(ET.fromstring(drawn(12)[0]).iter(f"{SVG}a"))
    assert len(links) == 12
    assert all(one.attrib["href"] and one.attrib["aria-label"] for one in links)


def test_the_same_network_gives_the_same_picture() -> None:
    assert drawn(30)[0] == drawn(30)[0]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 6))
def test_few_nodes_are_borne(count: int) -> None:
    dots = [Dot("a", 1.0, 1, "", "/") for _ in range(count)]
    places = layout([1] * count, [], [4.0] * count, WIDTH, HEIGHT)
    assert graph(dots, [], places).startswith("<svg")
    assert np.isfinite(places).all()
