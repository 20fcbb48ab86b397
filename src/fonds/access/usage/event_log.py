"""Where events stand until their day is counted: one file per day and server process, appended to.

A line is handed to the kernel at once, so a killed server loses no line; a line that a failing
machine cut off is skipped. Nothing is shared between processes but the folder.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from fonds.access.usage.events import Event

DAY = 86_400_000  # milliseconds
_ENDING = ".events"
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Event).decode


def day_of(milliseconds: int) -> str:
    """Return the day of a time, in UTC: yyyy-mm-dd."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()


def day_before(milliseconds: int) -> str:
    """Return the day before that of a time, in UTC."""
    return day_of(milliseconds - DAY)


class EventLog:
    """The events of one home, as one process writes them. For one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}{_ENDING}"
        self._day = ""
        self._handle = -1

    def append(self, events: Iterable[Event]) -> None:
        """Write events down; raises OSError."""
        by_day: dict[str, list[bytes]] = {}
        for event in events:
            day = day_before(event.time) if event.echo else day_of(event.time)
            by_day.setdefault(day, []).append(_encode(event) + b"\n")
        for day, lines in by_day.items():
            data = memoryview(b"".join(lines))
            while data:
                data = data[os.write(self._open(day), data) :]

    def close(self) -> None:
        """Close the file; appending opens it again."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._day = -1, ""

    def _open(self, day: str) -> int:
        if self._day != day:
            self.close()
            path = self._folder / day / self._name
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._handle, self._day = os.open(path, flags, 0o600), day
        return self._handle


def days_of(folder: Path) -> list[str]:
    """Return the days of which there are events."""
    return sorted(path.name for path in folder.glob("????-??-??"))


def files_of(folder: Path, day: str) -> list[Path]:
    """Return the files of a day."""
    return sorted((folder / day).glob(f"*{_ENDING}"))


def read_events(path: Path) -> Iterator[Event]:
    """Give the events of a file; what was cut off is left out."""
    with path.open("rb") as file:
        for line in file:
            try:
                yield _decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
