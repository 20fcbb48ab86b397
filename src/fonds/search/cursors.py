"""Scroll cursors: a result kept as a list of ords, walked page by page.

A cursor is one file: a fixed head (position, expiry), the caller's note, all ords, all scores.
Only the head ever changes, under a file lock, so threads and processes may share a cursor. The
ords are those of one snapshot: what is loaded later neither adds to a walk nor disturbs it.
"""

from __future__ import annotations

import base64
import fcntl
import os
import re
import secrets
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import numpy as np

from fonds.errors import CursorExpired, HomeNotWritable
from fonds.search.engine import Ords, Scores

# magic, bytes of the note, documents, position, expiry and life in seconds
_HEAD = struct.Struct("<8sQQQdd")
_MAGIC = b"FONDSCU1"
_MOVING = struct.Struct("<Qd")  # position and expiry, the part that is rewritten
_MOVING_AT = 24
_ID_BYTES = 25  # n % 3 == 1, so the base64 form ends in "==" as clients have seen it
_ID = re.compile(r"[A-Za-z0-9_-]{34}==")


_FIRST_PAGE = 10.0  # seconds; the shortest life must not end before the answer that opened it


class CursorPage(msgspec.Struct, frozen=True):
    """The next documents of a walk; empty when the walk has ended."""

    ords: Ords
    scores: Scores
    position: int  # of the first document of this page in the whole result
    total: int
    done: bool  # nothing follows this page
    note: bytes  # as given to `create`


class CursorStore:
    """The cursors of one installation, kept in one folder; bounded in number and bytes."""

    def __init__(
        self,
        directory: Path,
        *,
        max_cursors: int = 1_000,
        max_bytes: int = 4 * 1024**3,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._directory = directory
        self._max_cursors = max_cursors
        self._max_bytes = max_bytes
        self._clock = clock

    def create(self, ords: Ords, scores: Scores, *, seconds: float, note: bytes = b"") -> str:
        """Keep a result and return the id of a cursor at its start.

        `seconds` is its life, renewed by every call; `note` is given back with every page. When
        there are too many, those nearest to their end go. Raises HomeNotWritable on a full disk.
        """
        name = base64.urlsafe_b64encode(secrets.token_bytes(_ID_BYTES)).decode("ascii")
        expiry = self._clock() + max(seconds, _FIRST_PAGE)
        head = _HEAD.pack(_MAGIC, len(note), len(ords), 0, expiry, seconds)
        path = self._path(name)
        fresh = path.with_suffix(".new")
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(head)
                file.write(note)
                file.write(np.ascontiguousarray(ords, dtype="<u4").data)
                file.write(np.ascontiguousarray(scores, dtype="<f4").data)
            fresh.rename(path)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise HomeNotWritable(path=self._directory, reason=error.strerror) from error
        self.sweep()
        return name

    def page(self, cursor: str, size: int) -> CursorPage:
        """Return the next `size` documents and move on; two calls at once get different pages.

        Raises CursorExpired when the cursor is unknown or its life is over.
        """
        with self._locked(cursor) as descriptor:
            note_size, total, position, expiry, seconds = self._head(descriptor, cursor)
            if expiry < self._clock():
                self.drop(cursor)
                raise CursorExpired(cursor=cursor)
            taken = max(0, min(size, total - position))
            begin = _HEAD.size + note_size
            page = CursorPage(
                ords=np.frombuffer(_read(descriptor, begin + 4 * position, taken), "<u4"),
                scores=np.frombuffer(
                    _read(descriptor, begin + 4 * (total + position), taken), "<f4"
                ),
                position=position,
                total=total,
                done=position + taken >= total,
                note=os.pread(descriptor, note_size, _HEAD.size),
            )
            moved = _MOVING.pack(position + taken, self._clock() + seconds)
            os.pwrite(descriptor, moved, _MOVING_AT)
            return page

    def drop(self, cursor: str) -> None:
        """Forget a cursor, if there is one of that id."""
        if _ID.fullmatch(cursor) is not None:
            self._path(cursor).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Remove what expired, then what expires first beyond the limits; return how many."""
        kept: list[tuple[float, int, Path]] = []
        removed = 0
        for path in self._files():
            try:
                with path.open("rb") as file:
                    head = file.read(_HEAD.size)
                    size = os.fstat(file.fileno()).st_size
            except FileNotFoundError:
                continue
            expiry = _HEAD.unpack(head)[4] if len(head) == _HEAD.size else 0.0
            if expiry < self._clock():
                path.unlink(missing_ok=True)
                removed += 1
            else:
                kept.append((expiry, size, path))
        kept.sort(reverse=True)
        used = 0
        for count, (_, size, path) in enumerate(kept, start=1):
            used += size
            if count > self._max_cursors or (used > self._max_bytes and count > 1):
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def _files(self) -> list[Path]:
        """List the cursors, and the leftovers of a kill that are older than a minute."""
        if not self._directory.is_dir():
            return []
        for fresh in self._directory.glob("*.new"):
            try:
                if fresh.stat().st_mtime < time.time() - 60:
                    fresh.unlink(missing_ok=True)
            except FileNotFoundError:
                continue
        return list(self._directory.glob("*.cursor"))

    def _path(self, cursor: str) -> Path:
        return self._directory / f"{cursor.rstrip('=')}.cursor"

    @contextmanager
    def _locked(self, cursor: str) -> Iterator[int]:
        if _ID.fullmatch(cursor) is None:  # also keeps names from leaving the folder
            raise CursorExpired(cursor=cursor[:80])
        try:
            descriptor = os.open(self._path(cursor), os.O_RDWR)
        except FileNotFoundError as error:
            raise CursorExpired(cursor=cursor) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)

    def _head(self, descriptor: int, cursor: str) -> tuple[int, int, int, float, float]:
        head = os.pread(descriptor, _HEAD.size, 0)
        if len(head) < _HEAD.size or head[:8] != _MAGIC:
            raise CursorExpired(cursor=cursor)
        _, note_size, total, position, expiry, seconds = _HEAD.unpack(head)
        return note_size, total, position, expiry, seconds


def _read(descriptor: int, offset: int, count: int) -> bytes:
    return os.pread(descriptor, 4 * count, offset)
