"""The renditions installed: ours and those of plug-ins, through the same entry points."""

from __future__ import annotations

from importlib.metadata import entry_points

from fonds.renditions.model import Rendition

GROUP = "fonds.renditions"


def load_renditions() -> tuple[Rendition, ...]:
    """Return every installed rendition, in order of their names."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(point.load()() for point in points)
