"""One batch: documents and set-aside files that become durable together, in one pack."""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path
from types import TracebackType

import msgspec

from fonds.archive.catalogue import Catalogue, Located
from fonds.archive.faults import FaultHook
from fonds.archive.identifiers import (
    file_name,
    identifier,
    identity,
    mint,
    own_identity,
    same_title,
)
from fonds.archive.ledger import DocumentEntry, Entry, MemberEntry, RejectEntry
from fonds.archive.model import Outcome, Status
from fonds.archive.pack import LEDGER, PackWriter, bag_info, new_name
from fonds.archive.pack_reader import PackFiles
from fonds.archive.prepared import Expected, PreparedDocument, PreparedFile, PreparedReject
from fonds.archive.renaming import renamed
from fonds.archive.rows import FileRow, PackRows
from fonds.archive.same_work import with_keys
from fonds.archive.works import REASONS, key_row, work_keys
from fonds.archive.zip_format import Member
from fonds.errors import DeliveryNotFound, Finding, HomeNotWritable
from fonds.record import FileDescriptor, Record
from fonds.settings import ArchiveSettings

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_TITLE = msgspec.json.Decoder(Record)


class _Known(msgspec.Struct, frozen=True):
    """A document this batch or the catalogue has already."""

    id: str
    ark: str
    version: int
    content: str
    source: str
    title: str | None  # None: not looked up yet


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
        self._folder = folder
        self._collection = collection
        self._settings = settings
        self._catalogue = catalogue
        self._files = files
        self._hook = hook
        self._pack: PackWriter | None = None
        self._next = catalogue.last_ord() + 1
        self._entries: list[tuple[Entry, tuple[FileRow, ...]]] = []
        self._outcomes: list[Outcome] = []
        self._known: dict[str, _Known] = {}
        self._aside: set[tuple[str, str]] = set()
        self._last_record = b""
        self._arks: set[str] = set()
        self._works: dict[str, str] = {}  # keys of this batch's documents, and the first of each

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
        if self._pack is None:
            return False
        return (
            self._pack.size >= self._settings.pack_bytes
            or len(self._entries) >= self._settings.pack_documents
        )

    def add(self, document: PreparedDocument) -> Outcome:
        """Add a document; what becomes of it is final with `commit`."""
        content = _content(document)
        name, known, findings = self._recognise(document, content)
        if known is not None and known.content == content:
            return self._note(Outcome("unchanged", document.source, known.id))
        found = identifier(self._collection, name)
        status: Status = "new-version" if known is not None else "loaded"
        version = known.version + 1 if known is not None else 1
        entry_ark = known.ark if known is not None else self._mint(found)
        keys = work_keys(document.record)
        same = self._same_work(keys, found, findings)
        record = _complete(document, self._collection, found, entry_ark, version)
        self._last_record = record
        actual = Expected(found, entry_ark)
        files, members = self._write(document, record, f"data/{found}/{version}", actual)
        entry = DocumentEntry(
            ord=self._next,
            id=found,
            ark=entry_ark,
            identity=name,
            collection=self._collection,
            version=version,
            status=status,
            content=content,
            source=document.source,
            reader=document.reader,
            time=round(time.time(), 3),
            files=members,
            findings=(*document.findings, *findings, *same),
            works=keys,
        )
        self._entries.append((entry, files))
        self._known[found] = _Known(
            found, entry_ark, version, content, document.source, document.record.title
        )
        self._next += 1
        return self._note(
            Outcome(status, document.source, found, entry.ord, duplicate=bool(findings or same))
        )

    @property
    def last_record(self) -> bytes:
        """Return the complete record of the document added last, as JSON."""
        return self._last_record

    def set_aside(self, reject: PreparedReject) -> Outcome:
        """Keep a file that cannot become a document, with the reason."""
        content = reject.file.sha512.hex()
        source, code = reject.file.name, reject.finding.code
        before = (source, content) in self._aside or self._catalogue.is_set_aside(
            self._collection, source, content
        )
        if before:
            return self._note(Outcome("unchanged", source, code=code))
        self._aside.add((source, content))
        safe = _UNSAFE.sub("_", file_name(source))[-80:] or "file"
        path = f"data/set-aside/{len(self._entries):06}-{safe}"
        self._put(path, reject.file)
        entry = RejectEntry(
            member=path,
            collection=self._collection,
            source=source,
            content=content,
            time=round(time.time(), 3),
            finding=reject.finding,
        )
        self._entries.append((entry, ()))
        return self._note(Outcome("set-aside", source, code=code))

    def commit(self) -> tuple[Outcome, ...]:
        """Make everything durable; when this returns, the documents exist.

        Raises HomeNotWritable; then nothing of the batch exists.
        """
        outcomes, self._outcomes = tuple(self._outcomes), []
        if self._pack is None:
            return outcomes
        pack = self._pack
        try:
            lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry, _ in self._entries)
            pack.add_bytes(LEDGER, lines)
            pack.close(bag_info(pack.name, self._collection))
            self._hook("catalogue-commit", str(self._folder.parent))
            self._catalogue.add_pack(PackRows(pack.name, pack.size, self._entries))
            self._hook("catalogue-committed", str(self._folder.parent))
        except OSError as error:
            pack.abort()
            raise _not_writable(self._folder, error) from error
        self._pack = None
        self._entries = []
        return outcomes

    def abort(self) -> None:
        """Forget everything that was not committed."""
        if self._pack is not None:
            self._pack.abort()
            self._pack = None
        self._entries = []
        self._outcomes = []

    def _note(self, outcome: Outcome) -> Outcome:
        self._outcomes.append(outcome)
        return outcome

    def _recognise(
        self, document: PreparedDocument, content: str
    ) -> tuple[str, _Known | None, tuple[Finding, ...]]:
        """Return the identity of a document and what is known under it."""
        name = identity(document.record, document.source)
        known = self._lookup(identifier(self._collection, name))
        if known is None or known.content == content or self._is_correction(document, known):
            return name, known, ()
        finding = Finding(
            "doi-shared" if document.record.doi else "identity-shared",
            f"{known.id} has it, too, with another title",
        )
        name = own_identity(document.record, document.source)
        return name, self._lookup(identifier(self._collection, name)), (finding,)

    def _same_work(
        self, keys: tuple[str, ...], found: str, said: tuple[Finding, ...]
    ) -> tuple[Finding, ...]:
        """Tell which other document is the same work; `said`: what is known about it already."""
        before = [self._works.setdefault(key, found) for key in keys]
        if said:
            return ()
        twin = next(iter(with_keys(self._catalogue, keys, found)), None)
        if twin is not None:
            reason = f"{twin.id} in {twin.collection}: {REASONS[twin.reasons[0]]}"
            return (Finding("same-work", reason),)
        for key, other in zip(keys, before, strict=True):
            if other != found:
                reason = f"{other} in {self._collection}: {REASONS[key_row(key)[1]]}"
                return (Finding("same-work", reason),)
        return ()

    def _is_correction(self, document: PreparedDocument, known: _Known) -> bool:
        """Tell a corrected delivery from a second document that claims the same identity."""
        if file_name(known.source) == file_name(document.source):
            return True
        title = known.title if known.title is not None else self._stored_title(known.id)
        return same_title(title, document.record.title)

    def _stored_title(self, found: str) -> str:
        located = self._catalogue.current(found)
        assert located is not None
        return _TITLE.decode(self._files.read(located.files[0])).title

    def _lookup(self, found: str) -> _Known | None:
        known = self._known.get(found)
        if known is None:
            located: Located | None = self._catalogue.current(found)
            if located is not None:
                known = _Known(
                    located.id, located.ark, located.version, located.content, located.source, None
                )
        return known

    def _mint(self, found: str) -> str:
        attempt = 0
        while True:
            made = mint(self._collection, found, self._settings, attempt)
            if made not in self._arks and not self._catalogue.ark_taken(made):
                self._arks.add(made)
                return made
            attempt += 1

    def _write(
        self, document: PreparedDocument, record: bytes, folder: str, actual: Expected
    ) -> tuple[tuple[FileRow, ...], tuple[MemberEntry, ...]]:
        path = f"{folder}/record.json"
        try:
            member = self._writer().add_bytes(path, record)
        except OSError as error:
            raise _not_writable(self._folder, error) from error
        digest = hashlib.sha512(record).digest()
        rows = [_row("metadata", "json", "application/json", member, digest)]
        entries = [MemberEntry(path, "metadata", "json", "application/json")]
        for given in document.files:
            file = renamed(given, document.expected, actual, self._settings.deflate_level)
            path = f"{folder}/{file.typology}.{file.extension}"
            member = self._put(path, file)
            rows.append(
                _row(file.typology, file.extension, file.mimetype, member, file.sha512,
                     original=file.original, name=file.name)
            )  # fmt: skip
            entries.append(
                MemberEntry(path, file.typology, file.extension, file.mimetype, file.original,
                            file.name)
            )  # fmt: skip
        return tuple(rows), tuple(entries)

    def _put(self, path: str, file: PreparedFile) -> Member:
        try:
            return self._writer().add(path, file)
        except OSError as error:
            if file.location is not None and error.filename == file.location:
                reason = error.strerror or str(error)
                raise DeliveryNotFound(path=file.name, reason=reason) from error
            raise _not_writable(self._folder, error) from error

    def _writer(self) -> PackWriter:
        if self._pack is None:
            name = new_name(self._folder, self._next, self._collection)
            self._pack = PackWriter(self._folder, name, self._settings.deflate_level, self._hook)
        return self._pack


def _content(document: PreparedDocument) -> str:
    """Return one digest of everything that was delivered for a document."""
    digests = sorted(file.sha512 for file in document.files if file.original)
    return hashlib.sha256(b"".join(digests)).hexdigest()


def _complete(
    document: PreparedDocument, collection: str, found: str, ark: str, version: int
) -> bytes:
    """Return the record as JSON, with identifiers and the places of its files."""
    described: dict[str, list[FileDescriptor]] = {}
    for file in document.files:
        described.setdefault(file.typology, []).append(_descriptor(ark, file))
    described.setdefault("metadata", []).append(
        FileDescriptor(
            original=False,
            mimetype="application/json",
            extension="json",
            uri=f"/{ark}/record.json",
        )
    )
    record = msgspec.structs.replace(
        document.record,
        corpus_name=collection,
        ark_istex=ark,
        ark=(ark,),
        id=found,
        version=version,
        **{typology: tuple(files) for typology, files in described.items()},
    )
    return msgspec.json.encode(record)


def _descriptor(ark: str, file: PreparedFile) -> FileDescriptor:
    typology = "record" if file.typology == "metadata" else file.typology
    return FileDescriptor(
        original=file.original,
        mimetype=file.mimetype,
        extension=file.extension,
        uri=f"/{ark}/{typology}.{file.extension}",
    )


def _row(
    typology: str,
    extension: str,
    mimetype: str,
    member: Member,
    sha512: bytes,
    *,
    original: bool = False,
    name: str = "",
) -> FileRow:
    return FileRow(
        typology=typology,
        extension=extension,
        mimetype=mimetype,
        original=original,
        name=name,
        offset=member.data_offset,
        stored_size=member.stored_size,
        size=member.size,
        method=member.method,
        crc32=member.crc32,
        sha512=sha512,
    )


def _not_writable(path: Path, error: OSError) -> HomeNotWritable:
    return HomeNotWritable(path=path, reason=error.strerror or str(error))
