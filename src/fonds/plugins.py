"""The parts that are installed: our own and those of plug-ins, through the same entry points."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from types import MappingProxyType
from typing import Protocol


class _Selectable(Protocol):
    """What all entry points are: another class in Python 3.11 than beyond."""

    def select(self, *, group: str) -> EntryPoints: ...


def installed(group: str) -> Mapping[str, EntryPoint]:
    """Return the parts of a group in order of their names; none of them is imported yet."""
    points = _on(tuple(sys.path)).select(group=group)
    return MappingProxyType(
        {point.name: point for point in sorted(points, key=lambda point: point.name)}
    )


@cache
def _on(path: tuple[str, ...]) -> _Selectable:
    """Read what is installed on a path once: 15 ms, and a load or a page asks several times."""
    return entry_points()
