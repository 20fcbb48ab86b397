"""One batch of enrichments: what was made of some documents becomes durable together, in one pack.

Packs of enrichments are named behind the packs of the documents they are about, and among
themselves by their turn, so that a rebuild reads them in the order in which they were written.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import msgspec

from fonds.archive.catalogue import Catalogue
from fonds.archive.describing import file_row
from fonds.archive.enriched import last_turn, turn_of
from fonds.archive.faults import FaultHook
from fonds.archive.ledger import EnrichedEntry, Entry, MemberEntry, MethodEntry
from fonds.archive.open_pack import OpenPack
from fonds.archive.prepared import PreparedEnrichment, PreparedFile
from fonds.archive.rows import FileRow, referring

_GROUP = "enrichments"


class EnrichmentBatch:
    """A context manager; leaving it without `commit` leaves nothing behind."""

    def __init__(
        self,
        folder: Path,
        methods: Sequence[MethodEntry],
        level: int,
        catalogue: Catalogue,
        hook: FaultHook,
    ) -> None:
        self._methods = methods
        self._catalogue = catalogue
        self._turn = last_turn(catalogue) + 1
        self._entries: list[tuple[Entry, tuple[FileRow, ...]]] = []
        label = f"{_GROUP}-{self._turn:010}"
        self._pack = OpenPack(folder, label, _GROUP, level, catalogue, hook)

    def __enter__(self) -> EnrichmentBatch:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abort()

    def add(self, made: PreparedEnrichment) -> bool:
        """Add what was made of a document; False when it has been enriched meanwhile."""
        if turn_of(self._catalogue, made.ord) != made.turn:
            return False
        self._entries.append(self._written(made))
        return True

    def commit(self) -> int:
        """Make everything durable and return the turn; 0 when there was nothing.

        Raises HomeNotWritable; then nothing of the batch exists.
        """
        if not self._pack.commit([*((method, ()) for method in self._methods), *self._entries]):
            return 0
        self._entries = []
        return self._turn

    def abort(self) -> None:
        """Forget everything that was not committed."""
        self._pack.abort()
        self._entries = []

    def _written(self, made: PreparedEnrichment) -> tuple[EnrichedEntry, tuple[FileRow, ...]]:
        folder = f"data/{made.id}/{made.version}/enrichments/{self._turn}"
        rows = [self._put(f"{folder}/record.json", made.record, made.version)]
        entries = [_entry(f"{folder}/record.json", rows[0])]
        located = self._catalogue.by_ord(made.ord)
        added = located.files[len(located.base) :] if located is not None else ()
        for file in added:
            if (file.typology, file.extension) in made.kept:
                row = referring(file)
                rows.append(row)
                entries.append(_entry("", row, row.pack))
        for given in made.files:
            name = f"{given.typology}.{given.extension}"
            path = f"{folder}/{given.extension if given.typology == 'enrichments' else name}"
            row = self._put(path, given, made.version)
            rows.append(row)
            entries.append(_entry(path, row))
        entry = EnrichedEntry(
            turn=self._turn,
            ord=made.ord,
            id=made.id,
            version=made.version,
            time=round(time.time(), 3),
            notes=made.notes,
            files=tuple(entries),
        )
        return entry, tuple(rows)

    def _put(self, path: str, file: PreparedFile, version: int) -> FileRow:
        row = file_row(file, self._pack.add(path, file), version)
        return msgspec.structs.replace(row, pack=self._pack.open())


def _entry(path: str, row: FileRow, pack: str = "") -> MemberEntry:
    return MemberEntry(path, row.typology, row.extension, row.mimetype, name=row.name, pack=pack)
