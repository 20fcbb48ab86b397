"""Pairs of bars: as long as the shares, the corpora named."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fonds.analyses.drawing.pairs import pairs
from fonds.analyses.drawing.svg import NAMESPACE

SVG = f"{{{NAMESPACE}}}"


def test_bars_are_as_long_as_shares() -> None:
    root = ET.fromstring(pairs([("one <&>", 0.5, 0.25), ("two", 0.0, 0.125)], ("a", "b")))
    bars = [one for group in root.iter(f"{SVG}g") for one in group.iter(f"{SVG}rect")]
    widths = [float(one.attrib["width"]) for one in bars]
    assert [width / widths[0] for width in widths] == [1, 0.5, 0.25]
    assert [one.attrib["class"] for one in bars] == ["c1", "c2", "c2"]
    said = [one.text for one in root.iter(f"{SVG}text")]
    assert said[:2] == ["a", "b"]
    assert "12 %" in said


def test_nothing_is_drawn_of_nothing() -> None:
    assert pairs([], ("a", "b")).startswith("<svg")
