"""Things that may happen once: an assertion that is used, a session that is ended.

One empty file each in `access/once/`, so that it holds for every process of the server and after
a restart. Files go when what they guard against has expired by itself.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_SWEEP_SECONDS = 600


class Once:
    """What happened in one home."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = home / "access" / "once"
        self._clock = clock
        self._swept = 0.0

    def use(self, name: str, *, until: float) -> bool:
        """Note that it happened; False when it had happened before. Raises OSError."""
        self._sweep()
        path = self._path(name)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return False
        os.close(handle)
        os.utime(path, (until, until))
        return True

    def used(self, name: str) -> bool:
        """Tell whether it happened."""
        return self._path(name).exists()

    def _path(self, name: str) -> Path:
        return self._folder / hashlib.sha256(name.encode()).hexdigest()

    def _sweep(self) -> None:
        """Forget what has expired, from time to time."""
        now = self._clock()
        if now - self._swept < _SWEEP_SECONDS:
            return
        self._swept = now
        self._folder.mkdir(parents=True, exist_ok=True)
        for entry in os.scandir(self._folder):
            with suppress(FileNotFoundError):  # another process sweeps as well
                if entry.stat().st_mtime < now:
                    Path(entry.path).unlink()
