"""A connection ends with its thread, and with its owner."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from fonds.archive.connections import Connections


def _open_here(path: Path) -> int:
    """Count the descriptors of this process that lead to a database or its log."""
    found = 0
    for number in Path("/proc/self/fd").iterdir():
        try:
            found += str(number.readlink()).startswith(str(path))
        except OSError:  # it was the one of the listing
            continue
    return found


def test_threads_that_end_leave_nothing_open(tmp_path: Path) -> None:
    """A hundred threads one after another: as many descriptors as before."""
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE t (n)")
    made.close()
    connections = Connections(path, lambda one: None, timeout=5)

    def ask() -> None:
        assert connections.here() is connections.here()
        assert connections.here().execute("SELECT count(*) FROM t").fetchall() == [(0,)]

    ask()
    before = _open_here(path)
    for _ in range(100):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    # SQLite keeps one for the next thread: closing it would end the locks of the whole process
    assert 0 < before <= _open_here(path) <= before + 1
    mine = connections.here()
    connections.close()
    assert _open_here(path) == 0  # no lock is left to spare
    with pytest.raises(sqlite3.ProgrammingError):
        mine.execute("SELECT 1")


def test_each_thread_has_its_own(tmp_path: Path) -> None:
    """No two threads share one, and closing reaches those of other threads."""
    connections = Connections(tmp_path / "a.sqlite", lambda one: None, timeout=5)
    held: list[sqlite3.Connection] = []
    ready, over = threading.Barrier(3), threading.Event()

    def hold() -> None:
        held.append(connections.here())
        ready.wait(10)
        over.wait(10)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    ready.wait(10)
    assert len({*map(id, held), id(connections.here())}) == 3
    connections.close()
    over.set()
    for thread in threads:
        thread.join()
    for connection in held:
        with pytest.raises(sqlite3.ProgrammingError):
            connection.execute("SELECT 1")


def test_a_stream_outlives_its_thread(tmp_path: Path) -> None:
    """An answer that is sent slowly is read to its end, wherever it began."""
    connections = Connections(tmp_path / "a.sqlite", lambda one: None, timeout=5)
    connections.here().execute("CREATE TABLE t (n)")
    connections.here().executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(5_000)])
    begun = []

    def begin() -> None:
        rows = connections.stream("SELECT n FROM t", ())
        begun.append((next(rows), rows))

    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()
    ((first, rest),) = begun
    assert [first, *rest] == [(n,) for n in range(5_000)]


def test_a_disk_that_nobody_can_write_to_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite makes files beside one that it reads; on a read-only disk it is told it need not."""
    path = tmp_path / "folder with ?%" / "a.sqlite"
    path.parent.mkdir()
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE t (n)")
    made.close()
    real = os.statvfs(path)

    def read_only(where: Path) -> os.statvfs_result:
        return os.statvfs_result([*real[:8], real.f_flag | os.ST_RDONLY, real.f_namemax])

    monkeypatch.setattr(os, "statvfs", read_only)
    connections = Connections(path, lambda one: None, timeout=5)
    assert connections.here().execute("SELECT count(*) FROM t").fetchall() == [(0,)]
    assert [one.name for one in path.parent.iterdir()] == ["a.sqlite"]
    connections.close()
