"""The digests of a home: one SQLite file made from the archive, brought up to date after each load.

It can be deleted at any time; what is missing is made again before the next analysis. Documents
are taken in the order of arrival, then those that were enriched since; killed, it goes on where it
was. https://sqlite.org/wal.html
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

import msgspec

from fonds.analyses.digest import VERSION, Digest, digest_of
from fonds.archive.archive import Archive
from fonds.errors import HomeNotWritable

FILE = "digests.sqlite"
_BATCH = 2_000  # digests of one transaction: about 10 MB
_CHUNK = 500  # values in one SQL list
_READ = ("teeft.json", "unitex.json")
_SCHEMA = (
    "CREATE TABLE state (version INTEGER NOT NULL, last_ord INTEGER NOT NULL, time REAL NOT NULL,"
    " turn INTEGER NOT NULL)",
    "CREATE TABLE digest (ord INTEGER PRIMARY KEY, content BLOB NOT NULL)",
)
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Digest).decode
Progress = Callable[[int, int], None]


class _State(msgspec.Struct, frozen=True):
    """How far the file has come."""

    last_ord: int = 0
    time: float = 0.0  # of the pack of the last ord: tells one archive from another
    turn: int = 0  # of enrichments


class Digests:
    """The file of one home, for one thread. A context manager."""

    def __init__(self, home: Path, archive: Archive) -> None:
        self._archive = archive
        self._path = home / FILE
        try:
            self._connection = sqlite3.connect(self._path, isolation_level=None, timeout=120)
            self._connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            raise HomeNotWritable(path=self._path, reason=error) from error
        self._connection.execute("PRAGMA synchronous = NORMAL")  # it can be made again

    def __enter__(self) -> Digests:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def refresh(self, progress: Progress | None = None) -> int:
        """Bring the file to where the archive is and return how many digests were made.

        Raises HomeNotWritable.
        """
        try:
            return self._refresh(progress)
        except sqlite3.OperationalError as error:
            raise HomeNotWritable(path=self._path, reason=error) from error

    def read(self, ords: Sequence[int]) -> Iterator[Digest]:
        """Give the digests of documents in the order asked for; of unknown ones, none."""
        for at in range(0, len(ords), _CHUNK):
            part = ords[at : at + _CHUNK]
            marks = ",".join("?" * len(part))
            sql = f"SELECT ord, content FROM digest WHERE ord IN ({marks})"  # noqa: S608
            found = dict(self._connection.execute(sql, part).fetchall())
            yield from (_decode(found[number]) for number in part if number in found)

    def _refresh(self, progress: Progress | None) -> int:
        archive = self._archive
        state = self._state()
        goal, turn = archive.last_ord(), archive.turn()
        whole, made = archive.count(), 0
        arrived = (document.ord for document in archive.documents(state.last_ord))
        while state.last_ord < goal and (batch := list(islice(arrived, _BATCH))):
            last = batch[-1]
            state = _State(last, archive.time_of(last), state.turn)
            made += self._write(batch, state)
            if progress is not None:
                progress(made, whole)
        again = (document.ord for document in archive.enriched_since(state.turn))
        while state.turn < turn and (batch := list(islice(again, _BATCH))):
            made += self._write(batch, state)
        done = _State(goal, archive.time_of(goal) if goal else 0.0, turn)
        if done != self._state():
            self._write([], done)
        return made

    def put(self, made: Sequence[Digest]) -> None:
        """Put digests in by hand, as a benchmark does."""
        self._put(made, self._state())

    def _write(self, ords: Sequence[int], state: _State) -> int:
        return self._put(self._made(ords), state)

    def _put(self, made: Iterable[Digest], state: _State) -> int:
        rows = [(one.ord, _encode(one)) for one in made]
        connection = self._connection
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT OR REPLACE INTO digest VALUES (?, ?)", rows)
            connection.execute(
                "UPDATE state SET last_ord = ?, time = ?, turn = ?",
                (state.last_ord, state.time, state.turn),
            )
        return len(rows)

    def _made(self, ords: Sequence[int]) -> Iterator[Digest]:
        read = self._archive.read
        for at in range(0, len(ords), _CHUNK):
            for number, located in sorted(self._archive.located(ords[at : at + _CHUNK]).items()):
                results = {
                    file.extension.removesuffix(".json"): read(file)
                    for file in located.files
                    if file.typology == "enrichments" and file.extension in _READ
                }
                yield digest_of(number, read(located.files[0]), results)

    def _state(self) -> _State:
        """Return how far the file has come; one of another archive or version is emptied."""
        try:
            rows = self._connection.execute(
                "SELECT version, last_ord, time, turn FROM state"
            ).fetchall()
        except sqlite3.OperationalError:  # it is new
            rows = []
        if len(rows) == 1 and rows[0][0] == VERSION:
            state = _State(*rows[0][1:])
            same = not state.last_ord or state.time == self._archive.time_of(state.last_ord)
            if same and state.turn <= self._archive.turn():
                return state
        connection = self._connection
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            for table in ("state", "digest"):
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("INSERT INTO state VALUES (?, 0, 0, 0)", (VERSION,))
        return _State()
