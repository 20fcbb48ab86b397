"""The files of a home's vectors: flat arrays in which a document's place is its number (ord).

A mark for each place says whether there is a vector and whether the text is English; signs lie in
columns of 64, since a scan reads all of one column; the eight-bit numbers lie row by row.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.enrich.vectors.quantised import WORD, Bits, Small
from fonds.search import state_file

VERSION = 1  # raised when the files change: they are made again
FOLDER = "vectors"
ABSENT, OTHER, ENGLISH = 0, 1, 2
Marks = npt.NDArray[np.uint8]


class State(msgspec.Struct, frozen=True):
    """How far the files have come; what lies in them beyond `places` does not count."""

    version: int
    model: str
    dimensions: int
    places: int  # that every file has: one more than the highest ord
    last_ord: int = 0
    time: float = 0.0  # of the pack of the last ord: tells one archive from another
    turn: int = 0  # of enrichments


class Arrays(msgspec.Struct, frozen=True):
    """The files of one state, mapped into memory."""

    marks: Marks
    columns: tuple[Bits, ...]
    values: Small  # a row for each place


def read_state(folder: Path) -> State | None:
    """Return how far the files are; None when there are none that this version can read."""
    return state_file.read_state(folder, State, VERSION)


def open_arrays(folder: Path, state: State) -> Arrays | None:
    """Map the files of a state; None when they are not whole."""
    try:
        found = {
            name: np.memmap(folder / name, kind, "r", shape=(state.places, *row))
            for name, (kind, row) in _shapes(state.dimensions).items()
        }
    except (OSError, ValueError):  # gone, or shorter than said
        return None
    columns = tuple(found[_column(at)] for at in range(state.dimensions // WORD))
    return Arrays(found["marks"], columns, found["values"])


class Writer:
    """Writes rows at their places, into files that grow."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._shapes = _shapes(dimensions)
        self._dimensions = dimensions
        self._files = {}
        for name in self._shapes:
            descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o644)
            self._files[name] = descriptor

    def write(
        self, rows: Mapping[int, tuple[int, Small | None]], signs: Mapping[int, Bits]
    ) -> None:
        """Write a mark, and for one that has it a vector, at each place."""
        for place, (mark, values) in sorted(rows.items()):
            self._put("marks", place, bytes((mark,)))
            if values is not None:
                self._put("values", place, values.tobytes())
                for at, column in enumerate(signs[place].tolist()):
                    self._put(_column(at), place, int(column).to_bytes(8, "little"))

    def finish(self, places: int) -> None:
        """Give every file its length, and wait until all of it is durable."""
        for name, (kind, row) in self._shapes.items():
            length = places * np.dtype(kind).itemsize * int(np.prod(row, dtype=np.int64))
            descriptor = self._files[name]
            if os.fstat(descriptor).st_size < length:
                os.ftruncate(descriptor, length)
            os.fsync(descriptor)

    def close(self) -> None:
        """Close the files."""
        for descriptor in self._files.values():
            os.close(descriptor)

    def _put(self, name: str, place: int, data: bytes) -> None:
        os.pwrite(self._files[name], data, place * len(data))


def _shapes(dimensions: int) -> dict[str, tuple[type[np.generic], tuple[int, ...]]]:
    columns: dict[str, tuple[type[np.generic], tuple[int, ...]]] = {
        _column(at): (np.uint64, ()) for at in range(dimensions // WORD)
    }
    return {"marks": (np.uint8, ()), **columns, "values": (np.int8, (dimensions,))}


def _column(at: int) -> str:
    return f"signs.{at}"
