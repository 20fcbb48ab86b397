"""Texts cut at their blanks: what a piece gives is remembered, since most pieces come again.

Only for what a piece gives whatever stands around it: its words, say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_KEPT = 100_000  # pieces remembered: about 20 MB
_LONGEST = 80  # characters of one; garbage has longer ones, which do not come again


class Pieces(dict[str, T]):
    """What pieces of text gave, by piece; a new one is read when it is asked for."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, piece: str) -> T:
        """Read a piece."""
        found = self._read(piece)
        if len(piece) <= _LONGEST:
            if len(self) >= _KEPT:
                self.clear()
            self[piece] = found
        return found

    def of(self, pieces: Iterable[str]) -> Iterator[T]:
        """Give what each piece gives."""
        return map(self.__getitem__, pieces)
