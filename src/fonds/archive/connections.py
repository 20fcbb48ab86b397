"""SQLite connections, one per thread: each ends with its thread, and all with their owner.

A server's threads come and go with its load. A connection that outlived its thread would keep three
files open for ever, and after some thousand requests in bursts the process could open no more.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakSet


class Held:
    """A connection that is closed when nobody holds it any more."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


class Connections:
    """The connections to one file. `prepare` is called with each new one."""

    def __init__(
        self, path: Path, prepare: Callable[[sqlite3.Connection], None], *, timeout: float
    ) -> None:
        self._path = path
        self._prepare = prepare
        self._timeout = timeout  # seconds to wait for a writer
        self._threads = threading.local()
        self._open: WeakSet[Held] = WeakSet()
        self._lock = threading.Lock()

    def here(self) -> sqlite3.Connection:
        """Return the connection of this thread; raises sqlite3.OperationalError."""
        return self._held().connection

    def stream(self, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query one by one, though the thread that began it may have ended."""
        held = self._held()
        yield from held.connection.execute(sql, values)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for held in list(self._open):
                held.connection.close()
            self._open.clear()

    def _held(self) -> Held:
        held: Held | None = getattr(self._threads, "held", None)
        if held is None:
            still = "?immutable=1" if _cannot_change(self._path) else ""
            connection = sqlite3.connect(
                self._path.absolute().as_uri() + still,
                isolation_level=None,
                check_same_thread=False,
                timeout=self._timeout,
                uri=True,
            )
            held = Held(connection)
            self._prepare(connection)
            self._threads.held = held
            with self._lock:
                self._open.add(held)
        return held


def _cannot_change(path: Path) -> bool:
    """Tell whether nobody can write to a file: its disk is read-only, and no journal waits.

    SQLite makes a file beside it even to read, but for what it is told to be immutable.
    """
    try:
        disk = os.statvfs(path)
    except OSError:
        return False
    return bool(disk.f_flag & os.ST_RDONLY) and not Path(f"{path}-wal").exists()
