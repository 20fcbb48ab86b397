"""How the memory of a server stays flat."""

from __future__ import annotations

import ctypes
import sys

_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_ARENAS = 4  # of two, searches and their facets wait for one another


def few_arenas() -> bool:
    """Let all threads share four heaps; tell whether that could be arranged. Call it first.

    glibc gives each new thread a heap of its own, up to eight per core, and what is free in one
    serves no other: threads come and go with the load, and memory would grow for an hour. Other
    C libraries have no such heaps.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    return mallopt is not None and bool(mallopt(_ARENA_MAX, _ARENAS))
