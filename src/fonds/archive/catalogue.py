"""The catalogue: where everything of the archive lies, in one SQLite file made from the packs.

It can be deleted at any time; `fonds rebuild` makes it again. One writer, any number of readers
in any number of threads and processes (write-ahead log). https://sqlite.org/wal.html
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.archive.extents import Extents, unpack_extents
from fonds.archive.inserting import Inserter
from fonds.archive.ledger import LedgerRow
from fonds.archive.model import CollectionInfo, Status, StoredFile
from fonds.archive.rows import FileRow, PackRows
from fonds.errors import Finding

FILE = "catalogue.sqlite"
_CHUNK = 500  # values in one SQL list

_SCHEMA = """
CREATE TABLE IF NOT EXISTS pack (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS extent (
  pack INTEGER PRIMARY KEY, collection INTEGER NOT NULL, first INTEGER NOT NULL,
  last INTEGER NOT NULL, time REAL NOT NULL, columns BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS extent_last ON extent (last);
CREATE TABLE IF NOT EXISTS collection (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, documents INTEGER NOT NULL DEFAULT 0,
  versions INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
  set_aside INTEGER NOT NULL DEFAULT 0, first REAL NOT NULL, last REAL NOT NULL);
CREATE TABLE IF NOT EXISTS document (
  ord INTEGER PRIMARY KEY, id BLOB NOT NULL, ark TEXT NOT NULL, collection INTEGER NOT NULL,
  version INTEGER NOT NULL, current INTEGER NOT NULL, pack INTEGER NOT NULL,
  content BLOB NOT NULL, source TEXT NOT NULL, files BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS document_id ON document (id);
CREATE INDEX IF NOT EXISTS document_ark ON document (ark);
CREATE TABLE IF NOT EXISTS work (
  ord INTEGER NOT NULL, key INTEGER NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (ord, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS work_key ON work (key);
CREATE TABLE IF NOT EXISTS decision (
  first BLOB NOT NULL, second BLOB NOT NULL, linked INTEGER NOT NULL, why TEXT NOT NULL,
  time REAL NOT NULL, PRIMARY KEY (first, second)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger (
  id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  time REAL NOT NULL, ord INTEGER, content BLOB, findings BLOB);
CREATE INDEX IF NOT EXISTS ledger_name ON ledger (collection, name);
CREATE INDEX IF NOT EXISTS ledger_said ON ledger (id) WHERE findings IS NOT NULL;
"""


class Located(msgspec.Struct, frozen=True):
    """A document as the catalogue knows it."""

    ord: int
    id: str
    ark: str
    collection: str
    version: int
    current: bool
    content: str
    source: str
    files: tuple[StoredFile, ...]  # the record first


_FILES = msgspec.msgpack.Decoder(tuple[FileRow, ...])
_FINDINGS = msgspec.msgpack.Decoder(tuple[Finding, ...])
_COLUMNS = "d.ord, d.id, d.ark, c.name, d.version, d.current, d.content, d.source, p.name, d.files"
_LEDGER = (
    "SELECT c.name, l.name, l.status, l.time, l.findings, d.id FROM ledger l"
    " JOIN collection c ON c.id = l.collection LEFT JOIN document d ON d.ord = l.ord"
)
_FROM = "FROM document d JOIN collection c ON c.id = d.collection JOIN pack p ON p.id = d.pack"


class Catalogue:
    """One catalogue file; a connection per thread."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self._path = path
        self._writable = writable
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        if writable:
            self._connection().executescript(_SCHEMA)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._opening:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def packs(self) -> set[str]:
        """Return the names of the packs it knows."""
        return {name for (name,) in self.rows("SELECT name FROM pack")}

    def last_ord(self) -> int:
        """Return the highest ord given out; 0 when there is none."""
        ((last,),) = self.rows("SELECT coalesce(max(ord), 0) FROM document")
        return int(last)

    def current(self, identifier: str) -> Located | None:
        """Return the current version of a document."""
        return self._one("d.id = ? AND d.current", (bytes.fromhex(identifier),))

    def by_ark(self, ark: str) -> Located | None:
        """Return the current version of the document of an ARK."""
        return self._one("d.ark = ? AND d.current", (ark,))

    def by_ord(self, number: int) -> Located | None:
        """Return the document that has this place in the order of arrival."""
        return self._one("d.ord = ?", (number,))

    def located(self, ords: Sequence[int]) -> dict[int, Located]:
        """Return documents by ord."""
        found: dict[int, Located] = {}
        for at in range(0, len(ords), _CHUNK):
            part = [int(number) for number in ords[at : at + _CHUNK]]
            marks = ",".join("?" * len(part))
            sql = f"SELECT {_COLUMNS} {_FROM} WHERE d.ord IN ({marks})"  # marks only
            found.update((row[0], _located(row)) for row in self.rows(sql, part))
        return found

    def extents(self, ords: npt.NDArray[np.uint32]) -> Iterator[tuple[str, Extents]]:
        """Give collection and sizes of each pack that holds one of the ascending ords."""
        sql = (
            "SELECT e.pack, c.name, e.first, e.last FROM extent e"
            " JOIN collection c ON c.id = e.collection ORDER BY e.first"
        )
        for pack, collection, first, last in self.rows(sql):
            if np.searchsorted(ords, first) < np.searchsorted(ords, last, side="right"):
                ((columns,),) = self.rows("SELECT columns FROM extent WHERE pack = ?", (pack,))
                yield collection, unpack_extents(columns)

    def time_of(self, number: int) -> float:
        """Return when the pack of an ord was filled, seconds since 1970; 0 when there is none."""
        sql = "SELECT time FROM extent WHERE last >= ? ORDER BY last LIMIT 1"
        rows = self.rows(sql, (number,))
        return float(rows[0][0]) if rows else 0.0

    def after(self, number: int, count: int) -> list[Located]:
        """Return the next current documents in the order of arrival."""
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE d.ord > ? AND d.current ORDER BY d.ord LIMIT ?"
        return [_located(row) for row in self.rows(sql, (number, count))]

    def replaced(self, first: int, last: int) -> Iterator[str]:
        """Give the ids of documents whose version between two ords is no longer current."""
        sql = "SELECT DISTINCT id FROM document WHERE ord BETWEEN ? AND ? AND NOT current"
        return (bytes(row[0]).hex().upper() for row in self.rows(sql, (first, last)))

    def ark_taken(self, ark: str) -> bool:
        """Tell whether any document has this ARK."""
        return bool(self.rows("SELECT 1 FROM document WHERE ark = ? LIMIT 1", (ark,)))

    def count(self) -> int:
        """Return the number of documents, old versions not counted."""
        ((count,),) = self.rows("SELECT coalesce(sum(documents), 0) FROM collection")
        return int(count)

    def collections(self) -> tuple[CollectionInfo, ...]:
        """Return what each collection holds, the largest first."""
        rows = self.rows(
            "SELECT name, documents, versions, bytes, set_aside, first, last FROM collection"
            " ORDER BY documents DESC, name"
        )
        return tuple(CollectionInfo(*row) for row in rows)

    def is_set_aside(self, collection: str, name: str, content: str) -> bool:
        """Tell whether this very file was set aside before."""
        return bool(
            self.rows(
                "SELECT 1 FROM ledger l JOIN collection c ON c.id = l.collection"
                " WHERE c.name = ? AND l.name = ? AND l.content = ? AND l.status = 'set-aside'",
                (collection, name, bytes.fromhex(content)),
            )
        )

    def ledger(self, collection: str = "", *, said: bool = False) -> Iterator[LedgerRow]:
        """Give what happened to each file; `said`: only where something was found."""
        where = ["l.findings IS NOT NULL"] if said else []
        where += ["c.name = ?"] if collection else []
        condition = " AND ".join(where) or "1"
        sql = f"{_LEDGER} WHERE {condition} ORDER BY l.id"  # our own text
        for name, file, status, time, findings, identifier in self._connection().execute(
            sql, (collection,) if collection else ()
        ):
            yield from _ledger_rows(name, file, status, time, findings, identifier)

    def add_pack(self, rows: PackRows) -> None:
        """Note everything of a pack in one transaction."""
        connection = self._connection()
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            pack = connection.execute(
                "INSERT INTO pack (name, bytes) VALUES (?, ?)", (rows.name, rows.bytes)
            ).lastrowid
            assert pack is not None
            inserter = Inserter(connection, pack)
            inserter.insert(rows.entries)
            inserter.measure(rows.entries)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self._path, isolation_level=None, check_same_thread=False, timeout=60
            )
            connection.execute(
                "PRAGMA journal_mode = WAL" if self._writable else "PRAGMA query_only = 1"
            )
            connection.execute("PRAGMA synchronous = FULL")
            self._threads.connection = connection
            with self._opening:
                self._connections.append(connection)
        return connection

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what a query gives; for this room only."""
        return self._connection().execute(sql, values).fetchall()

    def _one(self, where: str, values: Sequence[object]) -> Located | None:
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE {where} LIMIT 1"  # our own text
        rows = self.rows(sql, values)
        return _located(rows[0]) if rows else None


def _located(row: Sequence[Any]) -> Located:
    number, identifier, ark, collection, version, current, content, source, pack, files = row
    return Located(
        ord=number,
        id=identifier.hex().upper(),
        ark=ark,
        collection=collection,
        version=version,
        current=bool(current),
        content=content.hex(),
        source=source,
        files=tuple(_stored(file, pack) for file in _FILES.decode(files)),
    )


def _stored(file: FileRow, pack: str) -> StoredFile:
    return StoredFile(
        typology=file.typology,
        extension=file.extension,
        mimetype=file.mimetype,
        original=file.original,
        name=file.name,
        pack=pack,
        offset=file.offset,
        stored_size=file.stored_size,
        size=file.size,
        method=file.method,
        crc32=file.crc32,
        sha512=file.sha512,
    )


def _ledger_rows(
    collection: str, name: str, status: Status, time: float, findings: bytes | None,
    identifier: bytes | None,
) -> Iterator[LedgerRow]:  # fmt: skip
    shown = identifier.hex().upper() if identifier else ""
    said = _FINDINGS.decode(findings) if findings else ()
    if not said:
        yield LedgerRow(collection, name, status, time, shown)
    for one in said:
        yield LedgerRow(
            collection, name, status, time, shown, one.code, one.reason, one.line, one.column
        )
