"""What the index remembers between runs: the last ord, and the last batch of enrichments, in it.

tantivy's commit cannot carry a note of ours, so the note is written before the commit and names
the commit it belongs to: it holds the value of the commit that is in `meta.json` now, and the
value that becomes true once `meta.json` names a later one. A kill at any moment leaves a note
that is read rightly; no second write is needed after the commit.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

_NOTE = "fonds-last-ord.json"


class Remembered(msgspec.Struct, frozen=True):
    """What a commit holds."""

    last_ord: int = 0
    turn: int = 0  # of the last batch of enrichments


class _Note(msgspec.Struct, frozen=True):
    opstamp: int  # of the last commit when the note was written
    before: int  # last ord of that commit
    after: int  # last ord of every later commit
    turn_before: int = 0
    turn_after: int = 0


class _Meta(msgspec.Struct, frozen=True):
    """The part of tantivy's meta.json that tells commits apart; merges do not change it."""

    opstamp: int


def opstamp(index: Path) -> int:
    """Return the stamp of the last durable commit; -1 without an index."""
    try:
        return msgspec.json.decode((index / "meta.json").read_bytes(), type=_Meta).opstamp
    except FileNotFoundError:
        return -1


def remembered(index: Path) -> Remembered:
    """Return what is durably in the index; of a new one, nothing."""
    try:
        note = msgspec.json.decode((index / _NOTE).read_bytes(), type=_Note)
    except (FileNotFoundError, msgspec.DecodeError):
        return Remembered()
    if opstamp(index) > note.opstamp:
        return Remembered(note.after, note.turn_after)
    return Remembered(note.before, note.turn_before)


def announce(index: Path, last_ord: int, turn: int | None) -> None:
    """Write durably what the next commit will make true; None leaves the turn as it is."""
    now = remembered(index)
    after = now.turn if turn is None else turn
    note = _Note(opstamp(index), now.last_ord, last_ord, now.turn, after)
    fresh = index / (_NOTE + ".new")
    with fresh.open("wb") as file:
        file.write(msgspec.json.encode(note))
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(index / _NOTE)
    folder = os.open(index, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
