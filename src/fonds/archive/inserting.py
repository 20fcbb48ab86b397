"""Turns what a pack says into rows of the catalogue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from fonds.archive.enriched_rows import EnrichmentInserter
from fonds.archive.extents import SizedDocument, pack_extents
from fonds.archive.ledger import (
    DecisionEntry,
    DocumentEntry,
    EnrichedEntry,
    Entry,
    MendedEntry,
    MethodEntry,
    ReadAgainEntry,
    RejectEntry,
    Took,
)
from fonds.archive.rows import FileRow
from fonds.archive.works import key_row
from fonds.errors import KEPT


class Inserter:
    """Notes the entries of one pack; runs inside one transaction."""

    def __init__(self, connection: sqlite3.Connection, pack: int) -> None:
        self._connection = connection
        self._pack = pack
        self._collections: dict[str, int] = {}
        self._aside: dict[int, int] = {}  # files set aside, per collection
        self._enrichments = EnrichmentInserter(connection)

    def insert(self, entries: Iterable[tuple[Entry, tuple[FileRow, ...]]]) -> None:
        """Note every entry."""
        for entry, files in entries:
            if isinstance(entry, DecisionEntry):
                self._decision(entry)
                continue
            if isinstance(entry, MethodEntry | EnrichedEntry):
                self._enrichments.insert(entry, files)
                continue
            collection = self._collection(entry.collection, entry.time)
            if isinstance(entry, DocumentEntry):
                self._document(entry, collection, files)
            elif isinstance(entry, RejectEntry):
                self._reject(entry, collection, files)
            elif isinstance(entry, MendedEntry):
                self._mended(collection, entry.source, bytes.fromhex(entry.content), None)
            else:
                self._read_again(entry)

    def measure(self, entries: Iterable[tuple[Entry, tuple[FileRow, ...]]]) -> None:
        """Note the sizes of the pack's documents as columns, and of those that it enriches."""
        self._enrichments.measure()
        found = [(entry, files) for entry, files in entries if isinstance(entry, DocumentEntry)]
        if not found:
            return
        documents = sorted(
            (SizedDocument(one.ord, one.id, one.ark, one.version, files) for one, files in found),
            key=lambda document: document.ord,
        )
        collection = self._collections[found[0][0].collection]
        time = max(entry.time for entry, _ in found)
        self._connection.execute(
            "INSERT INTO extent VALUES (?, ?, ?, ?, ?, ?)",
            (
                self._pack, collection, documents[0].ord, documents[-1].ord, time,
                pack_extents(documents),
            ),
        )  # fmt: skip

    def _collection(self, name: str, time: float) -> int:
        known = self._collections.get(name)
        if known is None:
            self._connection.execute(
                "INSERT OR IGNORE INTO collection (name, first, last) VALUES (?, ?, ?)",
                (name, time, time),
            )
            self._connection.execute(
                "UPDATE collection SET last = max(last, ?) WHERE name = ?", (time, name)
            )
            row = self._connection.execute(
                "SELECT id, set_aside FROM collection WHERE name = ?", (name,)
            )
            known, aside = row.fetchone()
            self._aside[known] = aside
            self._collections[name] = known
        return known

    def _document(self, entry: DocumentEntry, collection: int, files: tuple[FileRow, ...]) -> None:
        execute = self._connection.execute
        identifier = bytes.fromhex(entry.id)
        if entry.version > 1:
            execute("UPDATE document SET current = 0 WHERE id = ?", (identifier,))
        execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)",
            (
                entry.ord, identifier, entry.ark, collection, entry.version, self._pack,
                bytes.fromhex(entry.content), entry.source, msgspec.msgpack.encode(files),
                entry.reader, entry.reader_version,
            ),
        )  # fmt: skip
        for key in entry.works:
            execute("INSERT INTO work VALUES (?, ?, ?)", (entry.ord, *key_row(key)))
        said = msgspec.msgpack.encode(entry.findings) if entry.findings else None
        execute(
            "INSERT INTO ledger (collection, name, status, time, ord, findings, belongs, took,"
            " pack) VALUES (?, ?, ?, ?, ?, ?, '', ?, ?)",
            (
                collection, entry.source, entry.status, entry.time, entry.ord, said,
                msgspec.msgpack.encode(entry.took), self._pack,
            ),
        )  # fmt: skip
        if self._aside[collection]:
            self._mend(entry, collection, files)
        execute(
            "UPDATE collection SET documents = documents + ?, versions = versions + 1,"
            " bytes = bytes + ? WHERE id = ?",
            (
                int(entry.version == 1),
                sum(file.stored_size for file in files if not file.pack),
                collection,
            ),
        )

    def _decision(self, entry: DecisionEntry) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?)",
            (
                bytes.fromhex(entry.first), bytes.fromhex(entry.second), entry.linked, entry.why,
                entry.time,
            ),
        )  # fmt: skip

    def _mend(self, entry: DocumentEntry, collection: int, files: tuple[FileRow, ...]) -> None:
        """Note of files that were set aside before that a document came of them."""
        for file in files:
            if file.original:
                self._mended(collection, file.name, file.sha512, entry.ord)

    def _mended(self, collection: int, name: str, content: bytes, number: int | None) -> None:
        mended = self._connection.execute(
            "UPDATE ledger SET status = 'mended', ord = ? WHERE collection = ?"
            " AND name = ? AND content = ? AND status = 'set-aside'",
            (number, collection, name, content),
        ).rowcount
        self._count_aside(collection, -mended)

    def _reject(self, entry: RejectEntry, collection: int, files: tuple[FileRow, ...]) -> None:
        content = bytes.fromhex(entry.content)
        status = "kept" if entry.finding.code in KEPT else "set-aside"
        self._connection.execute(
            "UPDATE ledger SET status = 'again' WHERE collection = ? AND name = ? AND content = ?"
            " AND status = 'kept'",
            (collection, entry.source, content),
        )
        before = self._connection.execute(
            "UPDATE ledger SET status = 'again' WHERE collection = ? AND name = ? AND content = ?"
            " AND status = 'set-aside'",
            (collection, entry.source, content),
        ).rowcount
        (file,) = files
        self._connection.execute(
            "INSERT INTO ledger (collection, name, status, time, content, findings, belongs, took,"
            " pack, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                collection, entry.source, status, entry.time, content,
                msgspec.msgpack.encode((entry.finding,)), entry.belongs,
                msgspec.msgpack.encode(Took(read=entry.took)), self._pack,
                msgspec.msgpack.encode(file),
            ),
        )  # fmt: skip
        self._count_aside(collection, int(status == "set-aside") - before)

    def _count_aside(self, collection: int, more: int) -> None:
        if more:
            self._aside[collection] += more
            self._connection.execute(
                "UPDATE collection SET set_aside = set_aside + ? WHERE id = ?", (more, collection)
            )

    def _read_again(self, entry: ReadAgainEntry) -> None:
        self._connection.execute(
            "UPDATE document SET reader = ?, reader_version = ? WHERE ord = ?",
            (entry.reader, entry.reader_version, entry.ord),
        )
