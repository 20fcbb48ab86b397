"""Digests that tell users of one day apart, and nothing else.

Each day has a random salt, shared by all server processes. It is deleted when the day has been
counted; from then on nobody can tell which digest stood for which address.
"""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b
from pathlib import Path

_BYTES = 16
_DIGEST = 8  # bytes: two of a million users of a day collide with a chance of 3 in 100 million


class Salts:
    """The salts of one home."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[str, bytes] = ("", b"")  # of the day that was asked for last

    def digest(self, day: str, *parts: str) -> str:
        """Return what stands for some text on a day (yyyy-mm-dd)."""
        if self._known[0] != day:
            self._known = (day, self._read(day))
        text = "\x00".join(parts).encode("utf-8", "surrogatepass")
        return blake2b(text, key=self._known[1], digest_size=_DIGEST).hexdigest()

    def drop(self, day: str) -> None:
        """Forget a day."""
        (self._folder / day).unlink(missing_ok=True)

    def days(self) -> list[str]:
        """Return the days that have a salt."""
        return sorted(p.name for p in self._folder.glob("????-??-??"))

    def _read(self, day: str) -> bytes:
        path = self._folder / day
        try:
            return path.read_bytes()
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f".{day}.{secrets.token_hex(6)}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        try:
            os.link(fresh, path)  # fails where another process was first: theirs is used
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_bytes()
