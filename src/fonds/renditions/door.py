"""The renditions installed: ours and those of plug-ins, through the same entry points."""

from __future__ import annotations

from fonds.plugins import installed
from fonds.renditions.model import Rendition

GROUP = "fonds.renditions"


def load_renditions() -> tuple[Rendition, ...]:
    """Return every installed rendition, in order of their names."""
    return tuple(point.load()() for point in installed(GROUP).values())
