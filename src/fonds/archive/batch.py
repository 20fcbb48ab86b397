"""One batch: documents and set-aside files that become durable together, in one pack."""

from __future__ import annotations

import re
import time
from pathlib import Path
from types import TracebackType

import msgspec

from fonds.archive.catalogue import Catalogue, Located
from fonds.archive.describing import complete, content_digest, file_row, record_row, with_originals
from fonds.archive.faults import FaultHook
from fonds.archive.identifiers import file_name
from fonds.archive.ledger import (
    DocumentEntry,
    Entry,
    MemberEntry,
    MendedEntry,
    ReadAgainEntry,
    RejectEntry,
)
from fonds.archive.model import Outcome, Status, StoredFile
from fonds.archive.open_pack import OpenPack
from fonds.archive.pack_reader import PackFiles
from fonds.archive.prepared import Expected, PreparedDocument, PreparedFile, PreparedReject
from fonds.archive.recognising import Known, Recognised, Recogniser, known_from
from fonds.archive.renaming import renamed
from fonds.archive.rows import FileRow, referring
from fonds.archive.works import work_keys
from fonds.errors import KEPT, Finding
from fonds.settings import ArchiveSettings

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

Kept = dict[tuple[str, str, bytes], StoredFile]  # typology, extension, SHA-512


class Batch:
    """A context manager; leaving it without `commit` leaves nothing behind."""

    def __init__(
        self,
        folder: Path,
        collection: str,
        settings: ArchiveSettings,
        catalogue: Catalogue,
        files: PackFiles,
        hook: FaultHook,
    ) -> None:
        self._collection = collection
        self._settings = settings
        self._catalogue = catalogue
        self._files = files
        self._pack = OpenPack(
            folder, collection, collection, settings.deflate_level, catalogue, hook
        )
        self._next = catalogue.last_ord() + 1
        self._entries: list[tuple[Entry, tuple[FileRow, ...]]] = []
        self._outcomes: list[Outcome] = []
        self._recogniser = Recogniser(collection, settings, catalogue, files)
        self._aside: dict[tuple[str, str], str] = {}
        self._last_record = b""

    def __enter__(self) -> Batch:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abort()

    @property
    def full(self) -> bool:
        """Tell whether the pack has reached its size."""
        return (
            self._pack.size >= self._settings.pack_bytes
            or len(self._entries) >= self._settings.pack_documents
        )

    def add(self, document: PreparedDocument) -> Outcome:
        """Add a document; what becomes of it is final with `commit`."""
        content = content_digest(document)
        who = self._recogniser.recognise(document, content)
        if who.known is not None and who.known.content == content:
            return self._note(Outcome("unchanged", document.source, who.known.id))
        version = who.known.version + 1 if who.known is not None else 1
        ark = who.known.ark if who.known is not None else self._recogniser.mint(who.id)
        record = complete(document, self._collection, who.id, ark, version)
        return self._keep(document, record, who, ark, {})

    def add_again(self, document: PreparedDocument, located: Located) -> Outcome:
        """Add what a document's originals read as now: a new version, if anything changed.

        It keeps its identity, id and ARK; originals stay in the pack that holds them.
        """
        known = known_from(located)
        files = {(f.typology, f.extension, f.sha512): f for f in located.base if f.original}
        actual = Expected(known.id, known.ark)
        level = self._settings.deflate_level
        given = with_originals(document.files, located.base)
        made = tuple(renamed(file, document.expected, actual, level) for file in given)
        document = msgspec.structs.replace(
            document, files=made, expected=actual, source=located.source
        )
        same = complete(document, self._collection, known.id, known.ark, known.version)
        if _digests(made) == _digests(located.base[1:]) and same == self._files.read(
            located.base[0]
        ):
            return self._read_as_before(document, located)
        record = complete(document, self._collection, known.id, known.ark, known.version + 1)
        who = Recognised("", known.id, known)  # the entry of the first version tells
        return self._keep(document, record, who, known.ark, files)

    @property
    def last_record(self) -> bytes:
        """Return the complete record of the document added last, as JSON."""
        return self._last_record

    def set_aside(self, reject: PreparedReject) -> Outcome:
        """Keep a file that cannot become a document, with the reason."""
        content = reject.file.sha512.hex()
        source, code = reject.file.name, reject.finding.code
        kept = self._catalogue.set_aside(self._collection, source, content)
        before = self._aside.get((source, content), kept.code if kept is not None else "")
        if before and (before == code or kept is None):
            return self._note(Outcome("unchanged", source, code=code))
        self._aside[source, content] = code
        if kept is not None:  # refused again for another reason: its bytes are here already
            path, row = "", kept.file
        else:
            safe = _UNSAFE.sub("_", file_name(source))[-80:] or "file"
            path = f"data/set-aside/{len(self._entries):06}-{safe}"
            row = file_row(reject.file, self._pack.add(path, reject.file), 0)
        entry = RejectEntry(
            member=path,
            collection=self._collection,
            source=source,
            content=content,
            time=round(time.time(), 3),
            finding=reject.finding,
            belongs=reject.belongs,
            pack=row.pack,
            took=round(reject.took, 3),
        )
        self._entry(entry, (row,))
        status: Status = "kept" if code in KEPT else "set-aside"
        return self._note(Outcome(status, source, code=code))

    def mend(self, source: str, content: str) -> None:
        """Take a file off the list of those set aside: an archive that could be opened now."""
        now = round(time.time(), 3)
        self._entry(MendedEntry(self._collection, source, content, now), ())

    def commit(self) -> tuple[Outcome, ...]:
        """Make everything durable; when this returns, the documents exist.

        Raises HomeNotWritable; then nothing of the batch exists.
        """
        outcomes, self._outcomes = tuple(self._outcomes), []
        if self._pack.commit(self._entries):
            self._entries = []
        return outcomes

    def abort(self) -> None:
        """Forget everything that was not committed."""
        self._pack.abort()
        self._entries = []
        self._outcomes = []

    def _note(self, outcome: Outcome) -> Outcome:
        self._outcomes.append(outcome)
        return outcome

    def _entry(self, entry: Entry, rows: tuple[FileRow, ...]) -> None:
        """Note a line of the ledger; a pack holds it even when it holds nothing else."""
        self._pack.open()
        self._entries.append((entry, rows))

    def _keep(
        self, document: PreparedDocument, record: bytes, who: Recognised, ark: str, kept: Kept
    ) -> Outcome:
        """Write a document; its originals that are in `kept` are referred to."""
        begin = time.monotonic()
        keys = work_keys(document.record)
        twin = None if who.findings else self._recogniser.same_work(keys, who.id)
        findings = (*who.findings, *((twin,) if twin is not None else ()))
        version = who.known.version + 1 if who.known is not None else 1
        self._last_record = record
        rows, members = self._write(document, record, Expected(who.id, ark), version, kept)
        stored = round((time.monotonic() - begin) * 1000, 3)
        entry = DocumentEntry(
            ord=self._next,
            id=who.id,
            ark=ark,
            identity=who.identity,
            collection=self._collection,
            version=version,
            status="new-version" if who.known is not None else "loaded",
            content=content_digest(document),
            source=document.source,
            reader=document.reader,
            time=round(time.time(), 3),
            files=members,
            findings=(*document.findings, *findings),
            works=keys,
            reader_version=document.reader_version,
            took=msgspec.structs.replace(document.took, stored=stored),
        )
        self._entries.append((entry, rows))
        self._recogniser.note(
            Known(
                id=who.id,
                ark=ark,
                version=version,
                content=entry.content,
                source=document.source,
                reader=document.reader,
                title=document.record.title,
                pmid=document.record.pmid,
            )
        )
        self._next += 1
        duplicate = any(map(_says_duplicate, findings))
        return self._note(
            Outcome(entry.status, document.source, who.id, entry.ord, duplicate=duplicate)
        )

    def _read_as_before(self, document: PreparedDocument, located: Located) -> Outcome:
        entry = ReadAgainEntry(
            ord=located.ord,
            collection=self._collection,
            reader=document.reader,
            reader_version=document.reader_version,
            time=round(time.time(), 3),
        )
        self._entry(entry, ())
        return self._note(Outcome("unchanged", document.source, located.id))

    def _write(
        self, document: PreparedDocument, record: bytes, actual: Expected, version: int, kept: Kept
    ) -> tuple[tuple[FileRow, ...], tuple[MemberEntry, ...]]:
        folder = f"data/{actual.id}/{version}"
        path = f"{folder}/record.json"
        member = self._pack.add_bytes(path, record)
        rows = [record_row(record, member, version)]
        entries = [MemberEntry(path, "metadata", "json", "application/json")]
        for given in document.files:
            before = kept.get((given.typology, given.extension, given.sha512))
            if before is not None and given.original:
                row = referring(before)
                path = f"data/{actual.id}/{row.version}/{row.typology}.{row.extension}"
            else:
                file = renamed(given, document.expected, actual, self._settings.deflate_level)
                path = f"{folder}/{file.typology}.{file.extension}"
                row = file_row(file, self._pack.add(path, file), version)
            rows.append(row)
            entries.append(
                MemberEntry(
                    path, row.typology, row.extension, row.mimetype, row.original, row.name,
                    row.pack,
                )
            )  # fmt: skip
        return tuple(rows), tuple(entries)


def _digests(files: tuple[PreparedFile, ...] | tuple[StoredFile, ...]) -> list[tuple[str, ...]]:
    """Return what tells whether two versions hold the same files."""
    return sorted((f.typology, f.extension, f.name, f.sha512.hex()) for f in files)


def _says_duplicate(finding: Finding) -> bool:
    return finding.code in ("same-work", "doi-shared", "identity-shared")
