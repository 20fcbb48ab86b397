"""The door through which faults are injected: before every step that could be the last.

A hook is called with the name of the point and the path concerned. Ours does nothing; tests (and
anybody's plug-in of the entry point group `fonds.faults`) kill the process or raise OSError there.
"""

from __future__ import annotations

from collections.abc import Callable

FaultHook = Callable[[str, str], None]


def no_fault(point: str, path: str) -> None:
    """Let everything pass."""
