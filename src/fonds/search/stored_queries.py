"""Long queries kept under a short name: `q_id`, the MD5 of the query (istex-api.md 1.3).

A file per query in one folder. A query lives as long as it is asked for within its time; when there
are too many, those asked for longest ago go.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fonds.errors import HomeNotWritable

LIFE = 180 * 24 * 3600  # seconds, renewed each time the query is asked for
_NAME = re.compile(r"[0-9a-f]{32}")
_SWEEP_EVERY = 256  # stores between two looks at what is too old


class StoredQueries:
    """The stored queries of one installation."""

    def __init__(
        self, directory: Path, *, most: int = 100_000, clock: Callable[[], float] = time.time
    ) -> None:
        self._directory = directory
        self._most = most
        self._clock = clock
        self._stores = 0

    def store(self, query: str) -> bool:
        """Keep a query; False when it was there already. Raises HomeNotWritable."""
        path = self._directory / name_of(query)
        if self._touch(path):
            return False
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(query.encode("utf-8", "surrogatepass"))
            self._stamp(fresh)
            fresh.rename(path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            raise HomeNotWritable(path=self._directory, reason=error.strerror) from error
        self._stores += 1
        if self._stores % _SWEEP_EVERY == 0:
            self.sweep()
        return True

    def query(self, name: str) -> str | None:
        """Return a stored query and renew its life; None when there is none."""
        if _NAME.fullmatch(name) is None or not self._touch(self._directory / name):
            return None
        try:
            return (self._directory / name).read_bytes().decode("utf-8", "surrogatepass")
        except FileNotFoundError:
            return None

    def sweep(self) -> None:
        """Remove what nobody asked for in its time, and the oldest of too many."""
        found = sorted(
            ((path.stat().st_mtime, path) for path in self._directory.glob("*")), reverse=True
        )
        for place, (stamp, path) in enumerate(found):
            if place >= self._most or stamp + LIFE < self._clock():
                path.unlink(missing_ok=True)

    def _touch(self, path: Path) -> bool:
        """Renew a query that still lives."""
        try:
            if path.stat().st_mtime + LIFE < self._clock():
                return False
        except (FileNotFoundError, NotADirectoryError):
            return False
        with suppress(OSError):  # a read-only disk: it lives, though it cannot be renewed
            self._stamp(path)
        return True

    def _stamp(self, path: Path) -> None:
        now = self._clock()
        os.utime(path, (now, now))


def name_of(query: str) -> str:
    """Return the name of a query: lower-case hexadecimal MD5 of its UTF-8 bytes."""
    return hashlib.md5(query.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
