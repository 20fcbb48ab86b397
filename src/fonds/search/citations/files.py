"""The files of a home's citations: what was read from records, and who cites whom.

What was read is appended: a row for each document, then its keys as a work and those of what it
cites. Of several rows of one document (a new version, an enrichment) the last counts. Who cites
whom is made from it: pairs of documents' numbers (ords), once by who cites, once by who is cited.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.search import state_file

VERSION = 1  # raised when the files or the keys change: they are made again
FOLDER = "citations"
_ROWS, _WORKS, _REFERENCES, _PAIRS = "rows", "works", "references", "pairs"
Row = np.dtype([("id", "<u8"), ("ord", "<u4"), ("works", "<u4"), ("references", "<u4")])
Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.void]
Pairs = npt.NDArray[np.uint32]  # two columns: who cites, who is cited


class State(msgspec.Struct, frozen=True):
    """How far the files have come; what lies in them beyond does not count."""

    version: int = VERSION
    rows: int = 0
    works: int = 0
    references: int = 0
    pairs: int = 0
    made: int = 0  # which file of pairs: each state has its own
    whole: bool = False  # the pairs are of all that was read
    last_ord: int = 0
    time: float = 0.0  # of the pack of the last ord: tells one archive from another
    turn: int = 0  # of enrichments


class Made(msgspec.Struct, frozen=True):
    """What was read from a document."""

    id: int
    ord: int
    works: Sequence[int]
    references: Sequence[int]


def read_state(folder: Path) -> State | None:
    """Return how far the files are; None when there are none that this version can read."""
    return state_file.read_state(folder, State, VERSION)


def append(folder: Path, state: State, made: Sequence[Made]) -> State:
    """Write rows behind those that count, durably, and return the state with them."""
    rows = np.array(
        [(one.id, one.ord, len(one.works), len(one.references)) for one in made], dtype=Row
    )
    works = np.array([key for one in made for key in one.works], np.uint64)
    references = np.array([key for one in made for key in one.references], np.uint64)
    _put(folder / _ROWS, state.rows * Row.itemsize, rows.tobytes())
    _put(folder / _WORKS, state.works * 8, works.tobytes())
    _put(folder / _REFERENCES, state.references * 8, references.tobytes())
    return msgspec.structs.replace(
        state,
        rows=state.rows + len(rows),
        works=state.works + len(works),
        references=state.references + len(references),
    )


def opened(folder: Path, state: State) -> tuple[Rows, Keys, Keys] | None:
    """Map what was read: rows, works, references; None when it is not whole."""
    try:
        return (
            _mapped(folder / _ROWS, Row, state.rows),
            _mapped(folder / _WORKS, "<u8", state.works),
            _mapped(folder / _REFERENCES, "<u8", state.references),
        )
    except (OSError, ValueError):  # gone, or shorter than said
        return None


def put_pairs(folder: Path, made: int, pairs: Pairs) -> None:
    """Write who cites whom into a file of its own, durably."""
    _put(folder / f"{_PAIRS}.{made}", 0, np.ascontiguousarray(pairs, "<u4").tobytes())


def opened_pairs(folder: Path, state: State) -> Pairs | None:
    """Map who cites whom, by who is cited; None when it is not whole."""
    try:
        flat = _mapped(folder / f"{_PAIRS}.{state.made}", "<u4", 2 * state.pairs)
    except (OSError, ValueError):
        return None
    pairs: Pairs = flat.reshape(-1, 2)
    return pairs


def remove_pairs(folder: Path, but: int) -> None:
    """Remove the pairs of older states; who has mapped them keeps what they mapped."""
    for path in folder.glob(f"{_PAIRS}.*"):
        if path.name != f"{_PAIRS}.{but}":
            path.unlink(missing_ok=True)


def _mapped(path: Path, kind: npt.DTypeLike, count: int) -> Any:  # an array of that kind
    if not count:
        return np.empty(0, kind)
    return np.memmap(path, kind, "r", shape=(count,))


def _put(path: Path, at: int, data: bytes) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    with os.fdopen(descriptor, "r+b") as file:
        _written(file, at, data)


def _written(file: BinaryIO, at: int, data: bytes) -> None:
    file.seek(at)
    file.write(data)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())
