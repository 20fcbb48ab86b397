"""The archive of one home: opened for reading by anyone, for writing by one at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from fonds.archive import arrivals, enriched, history, same_work
from fonds.archive.arrivals import Arrival, Stretch
from fonds.archive.batch import Batch
from fonds.archive.catalogue import FILE, Catalogue, Located
from fonds.archive.deciding import decide
from fonds.archive.enriched import Ords
from fonds.archive.enriching import EnrichmentBatch
from fonds.archive.extents import Extents
from fonds.archive.faults import FaultHook, no_fault
from fonds.archive.ledger import LedgerEntry, LedgerRow, MethodEntry
from fonds.archive.locking import take_lock
from fonds.archive.model import (
    CollectionInfo,
    EnrichmentCount,
    StoredDocument,
    StoredEnrichment,
    StoredFile,
)
from fonds.archive.pack import NEW
from fonds.archive.pack_reader import PackFiles
from fonds.archive.rebuild import adopt, pack_paths
from fonds.archive.rows import NOW, FileRow
from fonds.archive.works import Decision, Twin, Work
from fonds.errors import Finding, HomeNotFound, HomeNotWritable
from fonds.settings import Settings

PACKS = "archive"
SPOOL = "spool"
_PAGE = 1_000


class Archive:
    """Everything that was loaded into a home. A context manager."""

    def __init__(
        self,
        home: Path,
        settings: Settings,
        catalogue: Catalogue,
        lock: int | None,
        hook: FaultHook,
    ) -> None:
        self._home = home
        self._settings = settings
        self._catalogue = catalogue
        self._lock = lock
        self._hook = hook
        self._files = PackFiles(home / PACKS)
        self._counts = arrivals.Counts()

    @classmethod
    def open(
        cls,
        home: Path,
        settings: Settings,
        *,
        writable: bool = False,
        brief: bool = False,
        hook: FaultHook = no_fault,
    ) -> Archive:
        """Open a home. For writing it is made if need be, and leftovers of a kill are swept.

        `brief`: it will be written to for a moment only, and others may wait. Raises HomeNotFound
        (reading), HomeBusy and HomeNotWritable (writing).
        """
        if not writable:
            if not (home / FILE).exists():
                raise HomeNotFound(home=home)
            return cls(home, settings, Catalogue(home / FILE, writable=False), None, hook)
        try:
            (home / PACKS).mkdir(parents=True, exist_ok=True)
            lock = take_lock(home, brief=brief)
        except OSError as error:
            raise HomeNotWritable(path=home, reason=error.strerror or error) from error
        try:
            _sweep(home)
            catalogue = Catalogue(home / FILE, writable=True)
            known = catalogue.packs()
            for path in pack_paths(home / PACKS):
                if path.name not in known:  # durable, but killed before the catalogue had it
                    adopt(catalogue, path)
        except BaseException:
            os.close(lock)
            raise
        return cls(home, settings, catalogue, lock, hook)

    @staticmethod
    @contextmanager
    def locked(home: Path) -> Iterator[None]:
        """Keep every other writer away from a home; raises HomeBusy and HomeNotWritable."""
        try:
            lock = take_lock(home)
        except OSError as error:
            raise HomeNotWritable(path=home, reason=error.strerror or error) from error
        try:
            yield
        finally:
            os.close(lock)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every file and give the lock back."""
        self._files.close()
        self._catalogue.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def deflate_level(self) -> int:
        """Return how hard members are compressed."""
        return self._settings.archive.deflate_level

    def batch(self, collection: str) -> Batch:
        """Begin a batch of documents of one collection."""
        return Batch(
            self._home / PACKS,
            collection,
            self._settings.archive,
            self._catalogue,
            self._files,
            self._hook,
        )

    def by_id(self, identifier: str) -> StoredDocument | None:
        """Return the current version of a document."""
        try:
            located = self._catalogue.current(identifier)
        except ValueError:  # not hexadecimal
            return None
        return self._document(located)

    def by_ark(self, ark: str) -> StoredDocument | None:
        """Return the current version of the document of an ARK."""
        return self._document(self._catalogue.by_ark(ark))

    def by_ord(self, number: int) -> StoredDocument | None:
        """Return the version that has this place in the order of arrival."""
        return self._document(self._catalogue.by_ord(number))

    def records(self, ords: Sequence[int]) -> list[bytes]:
        """Return records as JSON, in the order asked for; of unknown ords, none."""
        located = self._catalogue.located(ords)
        return [
            self._files.read(located[number].files[0])
            for number in map(int, ords)
            if number in located
        ]

    def documents(self, after: int = 0) -> Iterator[StoredDocument]:
        """Give the current documents behind an ord, in the order of arrival."""
        while page := self._catalogue.after(after, _PAGE):
            for located in page:
                document = self._document(located)
                assert document is not None
                yield document
            after = page[-1].ord

    def replaced(self, first: int, last: int) -> Iterator[str]:
        """Give ids of documents that have a newer version than one between two ords."""
        return self._catalogue.replaced(first, last)

    def files(self, number: int) -> tuple[StoredFile, ...]:
        """Return the files of a document, its record first."""
        located = self._catalogue.by_ord(number)
        return located.files if located is not None else ()

    def located(self, ords: Sequence[int]) -> dict[int, Located]:
        """Return documents with the places of their files, by ord; unknown ords are left out."""
        return self._catalogue.located(ords)

    def placed(
        self, ords: Sequence[int], turn: int = NOW
    ) -> dict[int, tuple[str, str, tuple[FileRow, ...]]]:
        """Return id, pack and files of documents by ord, at a turn; unknown ords are left out."""
        return self._catalogue.placed(ords, turn)

    def names(self, ords: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return id and ARK of documents by ord, without reading their records."""
        return self._catalogue.names(ords)

    def reader_version(self, number: int) -> int:
        """Return the version of the reader that read a document."""
        return self._catalogue.reader_version(number)

    def extents(self, ords: Ords, turn: int = NOW) -> Iterator[Extents]:
        """Give the sizes, at a turn, of the packs that hold an ascending ord, some at a time."""
        return self._catalogue.extents(ords, turn)

    def time_of(self, number: int) -> float:
        """Return when the pack of an ord was filled, seconds since 1970; 0 when there is none."""
        return self._catalogue.time_of(number)

    def stretches(self) -> list[Stretch]:
        """Return the packs of documents in the order of arrival."""
        return arrivals.stretches(self._catalogue)

    def arrivals(self, among: Sequence[Stretch], after: int, count: int) -> list[Arrival]:
        """Return the next current documents of some packs, in the order of arrival."""
        return arrivals.arrivals(self._catalogue, among, after, count)

    def arrived(self, among: Sequence[Stretch]) -> int:
        """Return how many current documents some packs hold."""
        return self._counts.of(self._catalogue, among)

    def file(self, number: int, typology: str, extension: str) -> StoredFile | None:
        """Return one file of a document."""
        for file in self.files(number):
            if file.typology == typology and file.extension == extension:
                return file
        return None

    def read(self, file: StoredFile) -> bytes:
        """Return a file's content."""
        return self._files.read(file)

    def read_raw(self, file: StoredFile, start: int = 0, count: int | None = None) -> bytes:
        """Return a file's bytes as they are stored, or a piece of them."""
        return self._files.read_raw(file, start, count)

    def path(self, file: StoredFile) -> Path:
        """Return the pack that holds a file."""
        return self._home / PACKS / file.pack

    def index_text(self, document: StoredDocument) -> str:
        """Return the running text of a document: cleaned, else recognised, else plain."""
        return self.text_at(document.ord)

    def text_at(self, number: int) -> str:
        """Return the running text of the document that has this place; empty without one."""
        files = self.files(number)
        for extension in ("cleaned", "ocr", "txt"):
            for file in files:
                if file.typology == "fulltext" and file.extension == extension:
                    return self._files.read(file).decode()
        return ""

    def enrichment_batch(self, methods: Sequence[MethodEntry]) -> EnrichmentBatch:
        """Begin a batch of enrichments made by these methods."""
        level, folder = self._settings.archive.deflate_level, self._home / PACKS
        return EnrichmentBatch(folder, methods, level, self._catalogue, self._hook)

    def turn(self) -> int:
        """Return the number of the last batch of enrichments; 0 without one."""
        return enriched.last_turn(self._catalogue)

    def turn_of(self, number: int) -> int:
        """Return the batch in which a document was enriched last; 0 when it never was."""
        return enriched.turn_of(self._catalogue, number)

    def enriched_since(self, turn: int) -> Iterator[StoredDocument]:
        """Give the current documents that were enriched after a turn."""
        for located in enriched.since(self._catalogue, turn):
            document = self._document(located)
            assert document is not None
            yield document

    def pending(self, methods: Sequence[enriched.Method], *, failed: bool = False) -> Ords:
        """Return the current documents for which one of these has not run as it is now."""
        return enriched.pending(self._catalogue, methods, failed=failed)

    def enrichments(self, number: int) -> tuple[StoredEnrichment, ...]:
        """Return what every enrichment came to in a document, and how it was made."""
        return enriched.states(self._catalogue, number)

    def enrichment_counts(self) -> tuple[EnrichmentCount, ...]:
        """Return in how many current documents each enrichment came to what."""
        return enriched.counts(self._catalogue)

    def enrichment_failures(self) -> Iterator[tuple[int, str, Finding]]:
        """Give ord, enrichment and reason where one failed in a current document."""
        return enriched.failures(self._catalogue)

    def twins(self, identifier: str) -> tuple[Twin, ...]:
        """Return the documents that are the same work as one, links undone left out."""
        return same_work.twins(self._catalogue, identifier)

    def sharing(self, keys: Sequence[str]) -> dict[str, list[int]]:
        """Return the current documents, by ord, that have each of some keys (`works.work_keys`)."""
        return same_work.sharing(self._catalogue, keys)

    def works(self) -> Iterator[Work]:
        """Give every work that has several documents."""
        return same_work.works(self._catalogue)

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided by hand about documents that are the same work."""
        return same_work.decisions(self._catalogue)

    def decide(self, ids: tuple[str, str], *, linked: bool, why: str = "") -> None:
        """Keep for ever that two documents are, or are not, the same work."""
        level = self._settings.archive.deflate_level
        folder = self._home / PACKS
        decide(folder, self._catalogue, self._hook, level, ids, linked=linked, why=why)

    def last_ord(self) -> int:
        """Return the highest ord there is."""
        return self._catalogue.last_ord()

    def count(self) -> int:
        """Return the number of documents."""
        return self._catalogue.count()

    def collections(self) -> tuple[CollectionInfo, ...]:
        """Return what each collection holds."""
        return self._catalogue.collections()

    def ledger(self, collection: str = "", *, said: bool = False) -> Iterator[LedgerRow]:
        """Give what happened to each delivered file; `said`: where something was found."""
        return history.lines(self._catalogue, collection, said=said)

    def entries(self, collection: str = "") -> Iterator[LedgerEntry]:
        """Give everything the ledger says, in the order in which it happened."""
        return history.entries(self._catalogue, collection)

    def story(self, name: str) -> list[LedgerEntry]:
        """Return what happened to a delivered file, oldest first."""
        return history.of_file(self._catalogue, name)

    def set_aside(self, collection: str) -> list[LedgerEntry]:
        """Return the files of a collection that are set aside now."""
        return history.set_aside(self._catalogue, collection)

    def outdated(
        self, collection: str, reader: str, version: int, after: int, count: int
    ) -> list[Located]:
        """Return the next current documents that an older version of a reader read."""
        return self._catalogue.outdated(collection, reader, version, after, count)

    def of_source(self, collection: str, name: str) -> Located | None:
        """Return the current document that came last from a file of this name."""
        return self._catalogue.of_source(collection, name)

    def _document(self, located: Located | None) -> StoredDocument | None:
        if located is None:
            return None
        return StoredDocument(
            ord=located.ord,
            id=located.id,
            ark=located.ark,
            collection=located.collection,
            version=located.version,
            record=self._files.read(located.files[0]),
            current=located.current,
        )


def _sweep(home: Path) -> None:
    """Remove what a killed load left: unfinished packs and unpacked deliveries."""
    for leftover in (home / PACKS).glob(f"{NEW}*"):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(home / SPOOL, ignore_errors=True)
