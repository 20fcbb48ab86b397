"""The elements of a picture.

Colours stand as attributes, which the style sheet of a page may overrule (dark mode); a file taken
home looks right without one. https://www.w3.org/TR/SVG11/
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2000/svg"
# told apart by those who do not see all colours: Okabe and Ito, https://jfly.uni-koeln.de/color/
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1", "#666666")
INK = "#333333"
_CHARACTER = 0.6  # width of one, in heights: a mean of sans-serif type


class Drawing:
    """A picture being drawn, in units of about one pixel."""

    def __init__(self, width: float, height: float) -> None:
        self.root = ET.Element(
            "svg",
            {
                "xmlns": NAMESPACE,
                "viewBox": f"0 0 {number(width)} {number(height)}",
                "class": "picture",
                "font-family": "system-ui, sans-serif",
                "font-size": "12",
            },
        )

    def group(self, title: str = "", href: str = "") -> ET.Element:
        """Add a group; its title is shown when pointed at, its address opened by a click."""
        parent = self.root
        if href:
            parent = ET.SubElement(parent, "a", {"href": href})
        made = ET.SubElement(parent, "g")
        if title:
            ET.SubElement(made, "title").text = title
        return made

    def add(self, parent: ET.Element | None, tag: str, **attributes: float | str) -> ET.Element:
        """Add an element; `_` in a name stands for `-`, `class_` for `class`."""
        named = {
            name.rstrip("_").replace("_", "-"): value if isinstance(value, str) else number(value)
            for name, value in attributes.items()
        }
        return ET.SubElement(self.root if parent is None else parent, tag, named)

    def text(
        self, parent: ET.Element | None, x: float, y: float, said: str, **attributes: float | str
    ) -> ET.Element:
        """Add words; `y` is their base line."""
        made = self.add(parent, "text", x=x, y=y, **{"fill": INK, **attributes})
        made.text = said
        return made

    def __str__(self) -> str:
        return ET.tostring(self.root, "unicode")


def number(value: float) -> str:
    """Return a number as short as it can be written: pictures hold thousands."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def colour(place: int) -> str:
    """Return one of the colours, in turn."""
    return COLOURS[place % len(COLOURS)]


def width_of(said: str, size: float = 12.0) -> float:
    """Return about how wide words are."""
    return len(said) * size * _CHARACTER


def shortened(said: str, most: int) -> str:
    """Return words cut to so many characters."""
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
