"""Turns what a pack of enrichments says into rows of the catalogue.

What a document has now stands in `enriched`; what it had before, and until which turn, in
`enriched_before`, so that an export of an earlier snapshot stays what it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import msgspec

from fonds.archive.extents import SizedDocument, pack_extents
from fonds.archive.ledger import EnrichedEntry, EnrichmentNote, MethodEntry
from fonds.archive.rows import FileRow, joined

_CHUNK = 500  # values in one SQL list
_PACKS = "SELECT DISTINCT pack FROM document"


class EnrichmentInserter:
    """Notes the entries of one pack of enrichments; runs inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._methods: dict[str, int] = {}
        self._ords: list[int] = []
        self._turn = 0

    def insert(self, entry: MethodEntry | EnrichedEntry, files: tuple[FileRow, ...]) -> None:
        """Note a method, or a document enriched."""
        if isinstance(entry, MethodEntry):
            self._method(entry)
            return
        self._ords.append(entry.ord)
        self._turn = entry.turn
        self._connection.execute(
            "INSERT OR REPLACE INTO enriched_before"
            " SELECT ord, turn, ?, files FROM enriched WHERE ord = ?",
            (entry.turn, entry.ord),
        )
        self._connection.execute(
            "INSERT OR REPLACE INTO enriched VALUES (?, ?, ?)",
            (entry.ord, entry.turn, msgspec.msgpack.encode(files)),
        )
        for note in entry.notes:
            self._note(entry, note)

    def measure(self) -> None:
        """Bring the sizes of packs up to date whose documents were enriched."""
        for pack in sorted(self._packs()):
            rows = self._connection.execute(
                "SELECT d.ord, d.id, d.ark, d.version, d.files, e.files FROM extent x"
                " JOIN document d ON d.ord BETWEEN x.first AND x.last AND d.pack = x.pack"
                " LEFT JOIN enriched e ON e.ord = d.ord WHERE x.pack = ? ORDER BY d.ord",
                (pack,),
            )
            columns = pack_extents(list(map(_sized, rows)))
            self._connection.execute(
                "UPDATE extent SET columns = ? WHERE pack = ?", (columns, pack)
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO extent_turn VALUES (?, ?)", (pack, self._turn)
            )

    def _packs(self) -> set[int]:
        found: set[int] = set()
        for at in range(0, len(self._ords), _CHUNK):
            part = self._ords[at : at + _CHUNK]
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(f"{_PACKS} WHERE ord IN ({marks})", part)
            found.update(row[0] for row in rows)
        return found

    def _method(self, entry: MethodEntry) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO method (name, version, parameters, provenance, first)"
            " VALUES (?, ?, ?, ?, ?)",
            (entry.name, entry.version, entry.parameters, entry.provenance, entry.time),
        )
        row = self._connection.execute(
            "SELECT id FROM method WHERE name = ? AND version = ? AND parameters = ?",
            (entry.name, entry.version, entry.parameters),
        )
        self._methods[entry.name] = row.fetchone()[0]

    def _note(self, entry: EnrichedEntry, note: EnrichmentNote) -> None:
        finding = msgspec.msgpack.encode(note.finding) if note.finding is not None else None
        self._connection.execute(
            "INSERT OR REPLACE INTO enrichment VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                entry.ord, note.name, self._methods[note.name], note.status, entry.time,
                note.took, finding,
            ),
        )  # fmt: skip


def _sized(row: Iterable[Any]) -> SizedDocument:
    number, identifier, ark, version, files, added = row
    return SizedDocument(number, identifier.hex().upper(), ark, version, joined(files, added))
