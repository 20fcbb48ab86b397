"""Windows of time in which something is counted, shared by all server processes of a home.

One file of fixed size, mapped into memory: a place holds a digest of who is counted, when the
window is over and how much was used. A lock of the file keeps processes apart; taking it, looking
and counting cost some 50 µs for a request. Windows that are over are overwritten; where all places
for somebody are taken, the window that ends first makes room.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from struct import Struct

_PLACE = Struct("<QdQ")  # digest, end (seconds since 1970), used
_SALT = 32  # bytes at the beginning, so that digests tell nothing
_TRIED = 16  # places where one window may lie
PLACES = 200_000


class Windows:
    """The windows of one home; with no file, of one process alone. For one thread."""

    def __init__(self, path: Path | None = None, *, places: int = PLACES) -> None:
        self._places = places
        size = _SALT + places * _PLACE.size
        self._handle = -1
        if path is not None:
            with suppress(OSError):  # a home that cannot be written: each process counts for itself
                self._handle = _opened(path, size)
        self._data = mmap.mmap(self._handle, size)
        with self.locked():
            if not any(self._data[:_SALT]):
                self._data[:_SALT] = secrets.token_bytes(_SALT)
        self._salt = self._data[:_SALT]

    def close(self) -> None:
        """Give the file back."""
        self._data.close()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out: what is read and written within belongs together."""
        if self._handle < 0:
            yield
            return
        fcntl.lockf(self._handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._handle, fcntl.LOCK_UN)

    def find(self, name: str, now: float, seconds: float) -> int:
        """Return the place of a window; one that is over, or not there, begins now."""
        digest = blake2b(name.encode("utf-8", "surrogatepass"), key=self._salt, digest_size=8)
        key = int.from_bytes(digest.digest(), "little") or 1
        earliest, room = float("inf"), 0
        for step in range(min(_TRIED, self._places)):
            place = _SALT + (key + step) % self._places * _PLACE.size
            held, end, _ = _PLACE.unpack_from(self._data, place)
            over = end <= now or end > now + 366 * 86_400  # a clock that was put back
            if held == key and not over and end <= now + seconds:
                return place
            rank = 0.0 if over or held == key else end
            if rank < earliest:
                earliest, room = rank, place
        _PLACE.pack_into(self._data, room, key, now + seconds, 0)
        return room

    def read(self, place: int) -> tuple[float, int]:
        """Return when a window is over, and what was used in it."""
        _, end, used = _PLACE.unpack_from(self._data, place)
        return end, used

    def use(self, place: int, count: int) -> None:
        """Count something."""
        key, end, used = _PLACE.unpack_from(self._data, place)
        _PLACE.pack_into(self._data, place, key, end, min(used + count, 2**63))


def _opened(path: Path, size: int) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(handle).st_size != size:
            os.ftruncate(handle, size)
    except OSError:
        os.close(handle)
        raise
    return handle
