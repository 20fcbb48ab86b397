"""How far files beside the index have come: a small file of its own, written last, removed first.

What lies in the other files beyond it does not count.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

STATE = "state.json"


class Versioned(Protocol):
    """A state names the version of the files that it speaks of."""

    @property
    def version(self) -> int: ...


S = TypeVar("S", bound=Versioned)


def read_state(folder: Path, kind: type[S], version: int) -> S | None:
    """Return how far the files are; None when there are none of this version."""
    try:
        state = msgspec.json.decode((folder / STATE).read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return state if state.version == version else None


def write_state(folder: Path, state: Versioned) -> None:
    """Write how far the files are, whole or not at all; they are durable by then."""
    new = folder / f"{STATE}.new"
    with new.open("wb") as file:
        file.write(msgspec.json.encode(state))
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / STATE)


def remove(folder: Path) -> None:
    """Remove all files, the state first; who has mapped them keeps what they mapped."""
    (folder / STATE).unlink(missing_ok=True)
    for path in sorted(folder.iterdir()):
        path.unlink(missing_ok=True)
