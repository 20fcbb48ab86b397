"""Completes documents from records without a body, and takes such values out again.

A record (Crossref, PubMed, MARC ...) often knows the volume, pages or identifiers that a delivered
text lacks. Where both are the same work by an identifier, the text's document gets a new
version with these values; `completedFrom` in its record and a finding in the ledger say which
and whence. Both documents are kept. `fonds duplicates --unlink` undoes it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.catalogue import Located
from fonds.archive.model import StoredFile
from fonds.archive.prepared import PreparedDocument, PreparedFile
from fonds.archive.works import Reason
from fonds.errors import Finding
from fonds.loading.completing import completed, is_bare, withdrawn
from fonds.loading.indexer import Indexer
from fonds.record import Record
from fonds.renditions.compress import pack_bytes
from fonds.renditions.door import load_renditions
from fonds.renditions.model import Material

_RECORD = msgspec.json.Decoder(Record)
_CERTAIN: frozenset[Reason] = frozenset({"doi", "pmid", "pii", "hand"})
_TOLD = frozenset({"mods", "tei"})  # renditions that tell what the record says of its host
_END_OF_HEADER = b"</teiHeader>"
_RAW_DEFLATE = -15


class Completer:
    """Gives documents of an archive what records of the same work know."""

    def __init__(self, archive: Archive, indexer: Indexer) -> None:
        self._archive = archive
        self._indexer = indexer
        self._level = archive.deflate_level
        self._renditions = {one.name: one for one in load_renditions() if one.stored}

    def complete(self, ids: Iterable[str]) -> int:
        """Complete what these documents concern; return how many got a new version."""
        count = 0
        for identifier in dict.fromkeys(ids):
            for target, sources in self._targets(identifier):
                count += self._complete(target, sources)
        return count

    def withdraw(self, first: str, second: str) -> int:
        """Take out what either of two documents got from the other; return how many changed."""
        count = 0
        for target, source in ((first, second), (second, first)):
            record = self._record(target)
            without = withdrawn(record, source) if record is not None else None
            if without is not None:
                reason = f"what came from {source} was taken out"
                count += self._write(target, without, Finding("completion-undone", reason))
        return count

    def _targets(self, identifier: str) -> Iterator[tuple[str, list[str]]]:
        """Give documents with a text, and the bare records that may complete them."""
        record = self._record(identifier)
        if record is None:
            return
        twins = self._twins(identifier)
        if not is_bare(record):
            yield identifier, twins
            return
        for twin in twins:
            yield twin, [identifier]

    def _twins(self, identifier: str) -> list[str]:
        found = self._archive.twins(identifier)
        return [twin.id for twin in found if not _CERTAIN.isdisjoint(twin.reasons)]

    def _record(self, identifier: str) -> Record | None:
        """Return the record as it was loaded, without what enrichments added."""
        stored = self._archive.by_id(identifier)
        if stored is None:
            return None
        located = self._archive.located([stored.ord])[stored.ord]
        return _RECORD.decode(self._archive.read(located.base[0]))

    def _complete(self, target: str, sources: Iterable[str]) -> int:
        record = self._record(target)
        if record is None or is_bare(record):
            return 0
        before, said = record, []
        for identifier in sources:
            source = self._record(identifier)
            more = completed(record, source) if source is not None and is_bare(source) else None
            if more is not None:
                note = more.completed_from[-1]
                said.append(f"{', '.join(note.fields)} from {note.id} in {note.corpus_name}")
                record = more
        if record is before:
            return 0
        return self._write(target, record, Finding("completed", "; ".join(said)))

    def _write(self, identifier: str, record: Record, finding: Finding) -> int:
        """Keep a new version of a document that differs in its record."""
        stored = self._archive.by_id(identifier)
        assert stored is not None
        located = self._archive.located([stored.ord])[stored.ord]
        document = PreparedDocument(
            collection=located.collection,
            record=msgspec.structs.replace(
                record, fulltext=(), metadata=(), covers=(), annexes=(), enrichments={}
            ),
            files=tuple(self._files(located, record)),
            source=located.source,
            reader=located.reader,
            findings=(finding,),
            reader_version=self._archive.reader_version(located.ord),
        )
        with self._archive.batch(located.collection) as batch:
            outcome = batch.add_again(document, located)
            data = batch.last_record
            batch.commit()
        if not outcome.ord:
            return 0
        now = self._archive.by_ord(outcome.ord)
        assert now is not None
        text = self._archive.index_text(now)
        self._indexer.add(outcome.ord, outcome.id, data, text)
        self._indexer.commit(self._archive.last_ord())
        return 1

    def reapplied(self, document: PreparedDocument, located: Located) -> PreparedDocument:
        """Return a document read again with the values that it got from records before."""
        before = _RECORD.decode(self._archive.read(located.base[0]))
        record = document.record
        for note in before.completed_from:
            source = self._record(note.id)
            record = (completed(record, source) if source is not None else None) or record
        if record is document.record:
            return document
        named = msgspec.structs.replace(
            record, id=located.id, ark_istex=located.ark, ark=(located.ark,),
            corpus_name=located.collection,
        )  # fmt: skip
        files = []
        for file in document.files:
            held = file.data or b""
            plain = zlib.decompress(held, _RAW_DEFLATE) if file.method else held
            made = None if file.original else self._made(file.extension, plain, named)
            files.append(self._anew(file, made) if made is not None else file)
        return msgspec.structs.replace(document, record=record, files=tuple(files))

    def _files(self, located: Located, record: Record) -> Iterator[PreparedFile]:
        """Give the files in their order; made ones that tell of the record are made anew."""
        for file in located.base[1:]:
            if file.original:
                yield _prepared(file, None)
            else:
                kept = _prepared(file, self._archive.read_raw(file))
                made = self._made(file.extension, self._archive.read(file), record)
                yield self._anew(kept, made) if made is not None else kept

    def _made(self, name: str, before: bytes, record: Record) -> bytes | None:
        """Return a rendition as it is with another record; None when the record is not in it."""
        rendition = self._renditions.get(name)
        if rendition is None or name not in _TOLD:
            return None
        whole = rendition.make(Material(record))
        if whole is None or _END_OF_HEADER not in before:
            return whole
        head, _, _ = whole.partition(_END_OF_HEADER)
        return head + b"".join(before.partition(_END_OF_HEADER)[1:])

    def _anew(self, file: PreparedFile, data: bytes) -> PreparedFile:
        packed = pack_bytes(data, self._level)
        return msgspec.structs.replace(
            file,
            method=packed.method,
            crc32=packed.crc32,
            size=packed.size,
            sha512=packed.sha512,
            data=packed.data,
        )


def _prepared(file: StoredFile, data: bytes | None) -> PreparedFile:
    return msgspec.convert(
        {
            "typology": file.typology,
            "extension": file.extension,
            "mimetype": file.mimetype,
            "original": file.original,
            "name": file.name,
            "method": file.method,
            "crc32": file.crc32,
            "size": file.size,
            "sha512": file.sha512,
            "data": data,
        },
        PreparedFile,
    )
