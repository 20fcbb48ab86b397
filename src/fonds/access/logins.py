"""Which sessions a provider has vouched for, so that the provider can end them.

A session is an empty file in `access/logins/`: its folder is a keyed digest of provider and person,
as the provider names them; its name is a digest of the provider's session, and our number of ours.
Without the key nobody can tell whose they are; they go when their session has expired by itself.
"""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from fonds.access.keys import kept, secret

_SWEEP_SECONDS = 600
_HALF = 32  # characters of a digest that are kept


class Logins:
    """The sessions of one home, by who vouched for them."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = home / "access" / "logins"
        self._key = home / "access" / "session.key"
        self._clock = clock
        self._swept = 0.0

    def note(self, issuer: str, person: str, index: str, number: str, *, until: float) -> None:
        """Note a session that has begun; raises OSError."""
        self._sweep()
        folder = self._folder / self._digest(issuer, person)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self._digest(index)}.{number}"
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        os.utime(path, (until, until))

    def take(self, issuer: str, person: str, indexes: Sequence[str]) -> list[str]:
        """Return the numbers of a person's sessions, and forget them; without indexes all."""
        meant = {self._digest(index) for index in indexes}
        found = []
        for path in _files(self._folder / self._digest(issuer, person)):
            index, _, number = path.name.partition(".")
            if not meant or index in meant:
                found.append(number)
                path.unlink(missing_ok=True)
        return found

    def _digest(self, *parts: str) -> str:
        text = "\x00".join(parts).encode("utf-8", "surrogatepass")
        return hmac.digest(kept(self._key, secret), text, "sha256").hex()[:_HALF]

    def _sweep(self) -> None:
        """Forget what has expired, from time to time."""
        now = self._clock()
        if now - self._swept < _SWEEP_SECONDS:
            return
        self._swept = now
        for folder in _files(self._folder):
            for path in _files(folder):
                with suppress(FileNotFoundError):  # another process sweeps as well
                    if path.stat().st_mtime < now:
                        path.unlink()
            with suppress(OSError):  # not empty
                folder.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError):
        yield from [Path(entry.path) for entry in os.scandir(folder)]
