"""The catalogue: where everything of the archive lies, in one SQLite file made from the packs.

It can be deleted at any time; `fonds rebuild` makes it again. One writer, any number of readers
in any number of threads and processes (write-ahead log). https://sqlite.org/wal.html
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.archive.connections import Connections
from fonds.archive.extents import (
    Extents,
    Measured,
    SizedDocument,
    pack_extents,
    unpack_extents,
)
from fonds.archive.inserting import Inserter
from fonds.archive.model import CollectionInfo, StoredFile
from fonds.archive.rows import FILES, NOW, Aside, FileRow, PackRows, joined, stored
from fonds.errors import CatalogueOutdated, Finding, HomeNotWritable

FILE = "catalogue.sqlite"
_CACHE = 256  # KiB of pages that a reader's connection keeps: each thread has one
_CHUNK = 500  # values in one SQL list
_AT_ONCE = 2 * 1024 * 1024  # bytes of the sizes of packs given together, some 75,000 files
_SPAN = 1_000_000  # ords from the first to the last of these

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
  content BLOB NOT NULL, source TEXT NOT NULL, files BLOB NOT NULL,
  reader TEXT NOT NULL, reader_version INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS document_id ON document (id);
CREATE INDEX IF NOT EXISTS document_ark ON document (ark);
CREATE INDEX IF NOT EXISTS document_reader ON document (reader, reader_version) WHERE current;
CREATE TABLE IF NOT EXISTS work (
  ord INTEGER NOT NULL, key INTEGER NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (ord, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS work_key ON work (key);
CREATE TABLE IF NOT EXISTS decision (
  first BLOB NOT NULL, second BLOB NOT NULL, linked INTEGER NOT NULL, why TEXT NOT NULL,
  time REAL NOT NULL, PRIMARY KEY (first, second)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ledger (
  id INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  time REAL NOT NULL, ord INTEGER, content BLOB, findings BLOB, belongs TEXT NOT NULL,
  took BLOB NOT NULL, pack INTEGER NOT NULL, file BLOB);
CREATE INDEX IF NOT EXISTS ledger_name ON ledger (collection, name);
CREATE INDEX IF NOT EXISTS ledger_said ON ledger (id) WHERE findings IS NOT NULL;
CREATE TABLE IF NOT EXISTS enriched (
  ord INTEGER PRIMARY KEY, turn INTEGER NOT NULL, files BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS enriched_turn ON enriched (turn);
CREATE TABLE IF NOT EXISTS enriched_before (
  ord INTEGER NOT NULL, turn INTEGER NOT NULL, until INTEGER NOT NULL, files BLOB NOT NULL,
  PRIMARY KEY (ord, turn)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS method (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, parameters TEXT NOT NULL,
  provenance TEXT NOT NULL, first REAL NOT NULL, UNIQUE (name, version, parameters));
CREATE TABLE IF NOT EXISTS enrichment (
  ord INTEGER NOT NULL, name TEXT NOT NULL, method INTEGER NOT NULL, status TEXT NOT NULL,
  time REAL NOT NULL, took REAL NOT NULL, finding BLOB,
  PRIMARY KEY (ord, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS enrichment_failed ON enrichment (name) WHERE status = 'failed';
CREATE TABLE IF NOT EXISTS extent_turn (pack INTEGER PRIMARY KEY, turn INTEGER NOT NULL);
"""
_TABLES = 2  # raised when a table is added or changed; a reader needs all of them


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
    reader: str
    files: tuple[StoredFile, ...]  # the record first, enrichments last
    base: tuple[StoredFile, ...]  # as loaded, before it was enriched


_FILE = msgspec.msgpack.Decoder(FileRow)
_FINDINGS = msgspec.msgpack.Decoder(tuple[Finding, ...])
_COLUMNS = (
    "d.ord, d.id, d.ark, c.name, d.version, d.current, d.content, d.source,"
    " d.reader, p.name, d.files, e.files"
)
_FROM = (
    "FROM document d JOIN collection c ON c.id = d.collection JOIN pack p ON p.id = d.pack"
    " LEFT JOIN enriched e ON e.ord = d.ord"
)


class Catalogue:
    """One catalogue file; a connection per thread."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        self._path = path
        self._writable = writable
        self._connections = Connections(path, self._prepare, timeout=60)
        with self._refusing():
            if writable:
                self._connection().executescript(f"{_SCHEMA}PRAGMA user_version = {_TABLES};")
            elif self.rows("PRAGMA user_version") != [(_TABLES,)]:
                self.close()
                raise CatalogueOutdated(path=path)

    def close(self) -> None:
        """Close every thread's connection."""
        self._connections.close()

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

    def placed(
        self, ords: Sequence[int], turn: int = NOW
    ) -> dict[int, tuple[str, str, tuple[FileRow, ...]]]:
        """Return id, pack and files of documents by ord, as they were at a turn."""
        found: dict[int, tuple[str, str, tuple[FileRow, ...]]] = {}
        for row in self._among("d.ord, d.id, p.name, d.files, e.turn, e.files", ords):
            number, identifier, pack, files, changed, added = row
            if changed is not None and changed > turn:
                added = self._added(number, turn)
            found[number] = identifier.hex().upper(), pack, joined(files, added)
        return found

    def _added(self, number: int, turn: int) -> bytes | None:
        """Return what enrichments had added to a document at an earlier turn."""
        sql = "SELECT files FROM enriched_before WHERE ord = ? AND turn <= ? AND until > ?"
        rows = self.rows(sql, (number, turn, turn))
        return rows[0][0] if rows else None

    def names(self, ords: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return id and ARK of documents by ord."""
        rows = self._among("d.ord, d.id, d.ark", ords, "FROM document d")
        return {row[0]: (row[1].hex().upper(), row[2]) for row in rows}

    def _among(
        self, columns: str, ords: Sequence[int], source: str = _FROM
    ) -> Iterator[tuple[Any, ...]]:
        for at in range(0, len(ords), _CHUNK):
            part = ords[at : at + _CHUNK]
            marks = ",".join("?" * len(part))
            sql = f"SELECT {columns} {source} WHERE d.ord IN ({marks})"  # our own text
            yield from self.rows(sql, part)

    def extents(self, ords: npt.NDArray[np.uint32], turn: int = NOW) -> Iterator[Extents]:
        """Give the sizes, at a turn, of the packs that hold one of ascending ords, some at once."""
        sql = (
            "SELECT e.pack, c.name, e.first, e.last, coalesce(t.turn, 0) FROM extent e"
            " JOIN collection c ON c.id = e.collection LEFT JOIN extent_turn t ON t.pack = e.pack"
            " ORDER BY e.first"
        )
        held: list[Measured] = []
        size = 0
        for pack, collection, first, last, changed in _holding(self.rows(sql), ords):
            if changed > turn:
                columns = self._measured(pack, first, last, turn)
            else:
                ((columns,),) = self.rows("SELECT columns FROM extent WHERE pack = ?", (pack,))
            if held and (size > _AT_ONCE or last - held[0].first > _SPAN):
                yield unpack_extents(held)
                held, size = [], 0
            held.append(Measured(collection, first, columns))
            size += len(columns)
        if held:
            yield unpack_extents(held)

    def _measured(self, pack: int, first: int, last: int, turn: int) -> bytes:
        """Return the sizes of a pack's documents as they were at a turn."""
        sql = "SELECT ord, ark, version FROM document WHERE ord BETWEEN ? AND ? AND pack = ?"
        heads = self.rows(f"{sql} ORDER BY ord", (first, last, pack))
        placed = self.placed([head[0] for head in heads], turn)
        return pack_extents(
            [
                SizedDocument(n, placed[n][0], ark, version, placed[n][2])
                for n, ark, version in heads
            ]
        )

    def time_of(self, number: int) -> float:
        """Return when the pack of an ord was filled, seconds since 1970; 0 when there is none."""
        sql = "SELECT time FROM extent WHERE last >= ? ORDER BY last LIMIT 1"
        rows = self.rows(sql, (number,))
        return float(rows[0][0]) if rows else 0.0

    def after(self, number: int, count: int) -> list[Located]:
        """Return the next current documents in the order of arrival."""
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE d.ord > ? AND d.current ORDER BY d.ord LIMIT ?"
        return [_located(row) for row in self.rows(sql, (number, count))]

    def between(self, after: int, last: int, count: int) -> list[Located]:
        """Return the first current documents behind an ord and up to another."""
        sql = (
            f"SELECT {_COLUMNS} {_FROM} WHERE d.ord > ? AND d.ord <= ? AND d.current"
            " ORDER BY d.ord LIMIT ?"
        )
        return [_located(row) for row in self.rows(sql, (after, last, count))]

    def of_source(self, collection: str, name: str) -> Located | None:
        """Return the current document that came last from a file of this name."""
        rows = self.rows(
            "SELECT l.ord FROM ledger l JOIN collection c ON c.id = l.collection"
            " JOIN document d ON d.ord = l.ord WHERE c.name = ? AND l.name = ? AND d.current"
            " ORDER BY l.ord DESC LIMIT 1",
            (collection, name),
        )
        return self.by_ord(rows[0][0]) if rows else None

    def outdated(
        self, collection: str, reader: str, version: int, after: int, count: int
    ) -> list[Located]:
        """Return the next current documents that an older version of a reader read."""
        sql = (
            f"SELECT {_COLUMNS} {_FROM} WHERE d.current AND d.reader = ? AND d.reader_version < ?"
            " AND c.name = ? AND d.ord > ? ORDER BY d.ord LIMIT ?"
        )
        return [
            _located(row) for row in self.rows(sql, (reader, version, collection, after, count))
        ]

    def reader_version(self, number: int) -> int:
        """Return the version of the reader that read a document."""
        rows = self.rows("SELECT reader_version FROM document WHERE ord = ?", (number,))
        return int(rows[0][0]) if rows else 0

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

    def set_aside(self, collection: str, name: str, content: str) -> Aside | None:
        """Return why this very file is set aside, and where it lies; None when it is not."""
        rows = self.rows(
            "SELECT l.findings, l.file, p.name FROM ledger l"
            " JOIN collection c ON c.id = l.collection JOIN pack p ON p.id = l.pack"
            " WHERE c.name = ? AND l.name = ? AND l.content = ?"
            " AND l.status IN ('set-aside', 'kept')",
            (collection, name, bytes.fromhex(content)),
        )
        if not rows:
            return None
        findings, file, pack = rows[0]
        row = _FILE.decode(file)
        (finding,) = _FINDINGS.decode(findings)
        return Aside(finding.code, msgspec.structs.replace(row, pack=row.pack or pack))

    def add_pack(self, rows: PackRows) -> None:
        """Note everything of a pack in one transaction; raises HomeNotWritable."""
        connection = self._connection()
        with self._refusing(), connection:
            connection.execute("BEGIN IMMEDIATE")
            pack = connection.execute(
                "INSERT INTO pack (name, bytes) VALUES (?, ?)", (rows.name, rows.bytes)
            ).lastrowid
            assert pack is not None
            inserter = Inserter(connection, pack)
            inserter.insert(rows.entries)
            inserter.measure(rows.entries)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Say it in our words when the disk refuses; even who reads writes beside the file."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise HomeNotWritable(path=self._path.parent, reason=error) from error

    def _connection(self) -> sqlite3.Connection:
        return self._connections.here()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute(
            "PRAGMA journal_mode = WAL" if self._writable else "PRAGMA query_only = 1"
        )
        connection.execute("PRAGMA synchronous = FULL")
        if not self._writable:
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what a query gives; for this room only."""
        return self._connection().execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Give what a query gives, one by one; for this room only."""
        return self._connections.stream(sql, values)

    def _one(self, where: str, values: Sequence[object]) -> Located | None:
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE {where} LIMIT 1"  # our own text
        rows = self.rows(sql, values)
        return _located(rows[0]) if rows else None


def _holding(
    packs: Sequence[tuple[Any, ...]], ords: npt.NDArray[np.uint32]
) -> list[tuple[Any, ...]]:
    """Return those of some packs that hold one of ascending ords; third and fourth: its ords."""
    firsts = np.array([pack[2] for pack in packs], ords.dtype)  # another type is cast each time
    lasts = np.array([pack[3] for pack in packs], ords.dtype)
    begins, ends = np.searchsorted(ords, firsts), np.searchsorted(ords, lasts, side="right")
    return [packs[at] for at in np.flatnonzero(begins < ends).tolist()]


def _located(row: Sequence[Any]) -> Located:
    number, identifier, ark, collection, version, current, content, source = row[:8]
    reader, pack, files, added = row[8:]
    base = tuple(stored(file, pack) for file in FILES.decode(files))
    return Located(
        ord=number,
        id=identifier.hex().upper(),
        ark=ark,
        collection=collection,
        version=version,
        current=bool(current),
        content=content.hex(),
        source=source,
        reader=reader,
        files=tuple(stored(file, pack) for file in joined(files, added)) if added else base,
        base=base,
    )
