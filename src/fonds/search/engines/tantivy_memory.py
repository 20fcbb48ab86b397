"""What the index remembers between runs: the last ord that is durably in it.

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


class _Note(msgspec.Struct, frozen=True):
    opstamp: int  # of the last commit when the note was written
    before: int  # last ord of that commit
    after: int  # last ord of every later commit


class _Meta(msgspec.Struct, frozen=True):
    """The part of tantivy's meta.json that tells commits apart; merges do not change it."""

    opstamp: int


def opstamp(index: Path) -> int:
    """Return the stamp of the last durable commit; -1 without an index."""
    try:
        return msgspec.json.decode((index / "meta.json").read_bytes(), type=_Meta).opstamp
    except FileNotFoundError:
        return -1


def last_ord(index: Path) -> int:
    """Return the last ord that is durably in the index; 0 for a new one."""
    try:
        note = msgspec.json.decode((index / _NOTE).read_bytes(), type=_Note)
    except (FileNotFoundError, msgspec.DecodeError):
        return 0
    return note.after if opstamp(index) > note.opstamp else note.before


def announce(index: Path, value: int) -> None:
    """Write durably what the next commit will make true."""
    note = _Note(opstamp=opstamp(index), before=last_ord(index), after=value)
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
