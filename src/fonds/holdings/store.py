"""The table of holdings: one SQLite file made from the archive, brought up to date before each use.

It can be deleted at any time. What a load adds is read once; titles that it touches are summed up
again. https://sqlite.org/wal.html
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from fonds.archive.connections import Connections
from fonds.archive.model import StoredDocument
from fonds.errors import HomeNotWritable
from fonds.holdings.describing import Description, read_standing
from fonds.holdings.subjects import Subjects
from fonds.holdings.summing import regroup

FILE = "holdings.sqlite"
_VERSION = 5  # of the schema and of what is read from a record; another one is made anew
_CHUNK = 2_000

_SCHEMA = """
CREATE TABLE state (version INTEGER NOT NULL, last_ord INTEGER NOT NULL, naan TEXT NOT NULL);
CREATE TABLE collection (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE host (
  id INTEGER PRIMARY KEY, description BLOB NOT NULL UNIQUE, title TEXT NOT NULL DEFAULT '');
CREATE INDEX host_title ON host (title);
CREATE TABLE document (
  id BLOB PRIMARY KEY, ord INTEGER NOT NULL, host INTEGER, collection INTEGER NOT NULL,
  year INTEGER NOT NULL, volume TEXT NOT NULL, issue TEXT NOT NULL, page TEXT NOT NULL,
  doi TEXT NOT NULL, pmid TEXT NOT NULL, pdf INTEGER NOT NULL, text INTEGER NOT NULL,
  open INTEGER NOT NULL, title_key INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX document_title ON document (title_key, ord) WHERE title_key;
CREATE INDEX document_place ON document (host, year, volume, issue);
CREATE TABLE place (
  host INTEGER NOT NULL, collection INTEGER NOT NULL, year INTEGER NOT NULL, volume TEXT NOT NULL,
  issue TEXT NOT NULL, documents INTEGER NOT NULL, texts INTEGER NOT NULL, free INTEGER NOT NULL,
  PRIMARY KEY (host, collection, year, volume, issue)) WITHOUT ROWID;
CREATE INDEX document_pmid ON document (ord, pmid, doi) WHERE text AND (pmid != '' OR doi != '');
CREATE TABLE title (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, plain TEXT NOT NULL, letter TEXT NOT NULL,
  publisher TEXT NOT NULL, first_year INTEGER NOT NULL, last_year INTEGER NOT NULL,
  documents INTEGER NOT NULL, numbers TEXT NOT NULL, content BLOB NOT NULL);
CREATE INDEX title_plain ON title (plain, id);
CREATE TABLE title_collection (
  collection TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (collection, title)) WITHOUT ROWID;
CREATE INDEX title_collection_title ON title_collection (title);
CREATE TABLE title_subject (
  subject TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (subject, title)) WITHOUT ROWID;
CREATE INDEX title_subject_title ON title_subject (title);
CREATE TABLE name (
  name TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (name, title)) WITHOUT ROWID;
CREATE INDEX name_title ON name (title);
CREATE TABLE alias (id TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
"""
_TABLES = (
    "state", "collection", "host", "document", "place", "title", "title_collection",
    "title_subject", "name", "alias",
)  # fmt: skip
_CACHE, _WRITING = 256, 16 * 1024  # KiB of pages that a connection keeps
_encode = msgspec.json.Encoder(order="deterministic").encode


class Documents(Protocol):
    """What holdings need of the archive."""

    def last_ord(self) -> int: ...

    def count(self) -> int: ...

    def documents(self, after: int = 0) -> Iterator[StoredDocument]: ...


class Store:
    """The file of one home; a connection per thread."""

    def __init__(self, home: Path, naan: str) -> None:
        self._path = home / FILE
        self._naan = naan
        self._subjects = Subjects()
        self._connections = Connections(self._path, _prepare, timeout=120)
        self.last_ord = -1  # what this process last saw it brought to

    def close(self) -> None:
        """Close every thread's connection."""
        self._connections.close()

    def refresh(self, archive: Documents) -> None:
        """Bring the table to where the archive is; raises HomeNotWritable."""
        goal = archive.last_ord()
        if goal == self.last_ord:
            return
        try:
            self._refresh(archive, goal)
        except sqlite3.OperationalError as error:
            raise HomeNotWritable(path=self._path, reason=error) from error
        self.last_ord = goal

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what a query gives."""
        return self._connection().execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Give what a query gives, one by one."""
        self._connection()  # where it cannot be opened, that is said
        return self._connections.stream(sql, values)

    def _refresh(self, archive: Documents, goal: int) -> None:
        connection = self._connection()
        connection.execute(f"PRAGMA cache_size = -{_WRITING}")
        try:
            self._bring(connection, archive, goal)
        finally:
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")

    def _bring(self, connection: sqlite3.Connection, archive: Documents, goal: int) -> None:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            after = _begun(connection, self._naan)
            if after > goal:  # the archive was replaced by an older copy
                after = _emptied(connection, self._naan)
            touched = _read(connection, archive.documents(after))
            ((held,),) = connection.execute("SELECT count(*) FROM document").fetchall()
            if held != archive.count() and after:
                _emptied(connection, self._naan)
                touched = _read(connection, archive.documents(0))
            if touched or not after:
                regroup(connection, self._naan, touched, self._subjects)
            connection.execute("UPDATE state SET last_ord = ?", (goal,))

    def _connection(self) -> sqlite3.Connection:
        try:
            return self._connections.here()
        except sqlite3.OperationalError as error:
            raise HomeNotWritable(path=self._path, reason=error) from error


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # it can be made again
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")


def _begun(connection: sqlite3.Connection, naan: str) -> int:
    """Return the last ord that was read; a file of another version is emptied."""
    try:
        rows = connection.execute("SELECT version, last_ord, naan FROM state").fetchall()
    except sqlite3.OperationalError:  # it is new
        rows = []
    if len(rows) == 1 and rows[0][0] == _VERSION and rows[0][2] == naan:
        return int(rows[0][1])
    return _emptied(connection, naan)


def _emptied(connection: sqlite3.Connection, naan: str) -> int:
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in filter(None, map(str.strip, _SCHEMA.split(";\n"))):
        connection.execute(statement)  # executescript would end the transaction
    connection.execute("INSERT INTO state VALUES (?, 0, ?)", (_VERSION, naan))
    return 0


def _read(connection: sqlite3.Connection, documents: Iterable[StoredDocument]) -> set[int]:
    """Note where documents stand; return the hosts whose documents changed."""
    execute = connection.execute
    hosts: dict[bytes, int] = {}
    collections: dict[str, int] = {}
    touched: set[int] = set()
    for document in documents:
        standing = read_standing(document.record)
        host = _host(connection, hosts, standing.description)
        if document.collection not in collections:
            execute("INSERT OR IGNORE INTO collection (name) VALUES (?)", (document.collection,))
            (row,) = execute("SELECT id FROM collection WHERE name = ?", (document.collection,))
            collections[document.collection] = row[0]
        identifier = bytes.fromhex(document.id)
        if document.version > 1:
            before = execute("SELECT host FROM document WHERE id = ?", (identifier,))
            touched.update(row[0] for row in before if row[0] is not None)
        execute(
            "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                identifier, document.ord, host, collections[document.collection], standing.year,
                standing.volume, standing.issue, standing.page, standing.doi, standing.pmid,
                standing.has_pdf, standing.has_text, standing.is_open, standing.title_key,
            ),
        )  # fmt: skip
        if host is not None:
            touched.add(host)
    return touched


def _host(
    connection: sqlite3.Connection, known: dict[bytes, int], description: Description | None
) -> int | None:
    if description is None:
        return None
    content = _encode(description)
    if content not in known:
        execute = connection.execute
        execute("INSERT OR IGNORE INTO host (description) VALUES (?)", (content,))
        (row,) = execute("SELECT id FROM host WHERE description = ?", (content,))
        if len(known) > 200_000:  # the last ones are enough
            known.clear()
        known[content] = row[0]
    return known[content]
