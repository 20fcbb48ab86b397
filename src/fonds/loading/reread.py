"""Reads documents again from the archive, after a reader got a new version.

Each document that an older version of its reader read is made anew from its originals in the
packs. What comes out the same is only noted; what changed becomes a new version, under the same
id and ARK. Killed at any moment, it goes on where it was when it is run again.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fonds.archive.archive import SPOOL, Archive
from fonds.archive.catalogue import Located
from fonds.archive.faults import FaultHook, no_fault
from fonds.archive.model import StoredFile
from fonds.errors import ReaderUnknown
from fonds.loading.descriptions import Descriptions
from fonds.loading.loader import Loader, Progress, Stop, opened_for_writing
from fonds.loading.prepare import PreparedCandidate, versions
from fonds.loading.summary import Tally
from fonds.loading.workers import prepared
from fonds.settings import Settings
from fonds.sources.detect import load_readers
from fonds.sources.model import Attachment, Candidate, DeliveredFile, Role
from fonds.sources.pairing import XML, extension

_PAGE = 200  # documents looked up at a time
_LAG = 2_000  # documents that may still be worked on behind the one given out last
_NEWEST = 1 << 31  # a version that no reader has: every document is older


class RereadSummary(msgspec.Struct, frozen=True):
    """What reading again did, in figures; what `fonds reread --json` prints."""

    read: int  # files that were read again
    new_versions: int
    unchanged: int
    more: int  # documents that older versions of the reader had not found
    refused: int  # the newer reader reads them no more; they stay as they are
    refused_by_code: dict[str, int]
    seconds: float
    interrupted: bool = False


def reread(
    *,
    home: Path,
    settings: Settings,
    reader: str = "",
    collection: str = "",
    everything: bool = False,
    workers: int = 1,
    progress: Progress | None = None,
    hook: FaultHook = no_fault,
    stop: Stop = lambda: False,
) -> RereadSummary:
    """Read documents again whose reader is newer than when they were read.

    `everything`: also those of the same version, after a rendition changed. Raises ReaderUnknown,
    HomeNotFound, HomeBusy, HomeNotWritable.
    """
    known = versions(load_readers())
    readers = {name: version for name, version in known.items() if reader in ("", name)}
    if not readers:
        raise ReaderUnknown(name=reader)
    begin = time.monotonic()
    with Archive.open(home, settings) as archive:  # an unknown home must not be made
        names = [c.name for c in archive.collections() if collection in ("", c.name)]
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    with opened_for_writing(home, settings, hook, workers) as (archive, indexer):
        for name in names:
            with Loader(archive, indexer, name, Tally(), progress) as loader:
                again = _Again(archive, name, readers, home / SPOOL / "again", stop)
                for result in prepared(again.items(everything=everything), name, settings, workers):
                    again.take(loader, result, counts, refused)
                    loader.commit_if_full()
                    loader.advance(again.given)
                loader.commit()
                loader.complete()
                counts["read"] += again.given
    return RereadSummary(
        read=counts["read"],
        new_versions=counts["new-version"],
        unchanged=counts["unchanged"],
        more=counts["loaded"],
        refused=sum(refused.values()),
        refused_by_code=dict(refused.most_common()),
        seconds=round(time.monotonic() - begin, 3),
        interrupted=stop(),
    )


class _Again:
    """The documents of one collection that are to be read again."""

    def __init__(
        self, archive: Archive, collection: str, readers: dict[str, int], spool: Path, stop: Stop
    ) -> None:
        self._archive = archive
        self._collection = collection
        self._readers = readers
        self._spool = spool
        self._descriptions = Descriptions(archive, collection, spool / "descriptions")
        self._stop = stop
        self._last = archive.last_ord()  # new versions come behind it
        self._parts: set[tuple[str, bytes]] = set()  # files of several documents, done already
        self._waiting: deque[tuple[Located, dict[str, Located], Path]] = deque()
        self._passed: deque[Path] = deque()
        self.given = 0

    def items(self, *, everything: bool) -> Iterator[Candidate]:
        """Give the originals of each document as a candidate."""
        for reader, current in self._readers.items():
            version = _NEWEST if everything else current
            after = 0
            while page := self._archive.outdated(self._collection, reader, version, after, _PAGE):
                for located in page:
                    if located.ord <= self._last and not self._stop():
                        yield from self._item(located)
                after = page[-1].ord

    def take(
        self,
        loader: Loader,
        result: PreparedCandidate,
        counts: Counter[str],
        refused: Counter[str],
    ) -> None:
        """Put what was read in the place of what is there; results come in the order of items."""
        main, known, folder = self._waiting.popleft()
        if not result.documents:
            refused[result.rejects[0].finding.code] += 1
        for made in result.documents:
            document = made.document
            alone = len(result.documents) == 1 and not known
            is_main = alone or document.source == main.source
            before = main if is_main else known.get(document.source)
            if before is None:
                outcome = loader.batch.add(document)
            else:
                document = loader.completer.reapplied(document, before)
                outcome = loader.batch.add_again(document, before)
            loader.index(outcome, made.index_text)
            counts[outcome.status] += 1
        self._passed.append(folder)
        if len(self._passed) > _LAG:
            shutil.rmtree(self._passed.popleft(), ignore_errors=True)

    def _item(self, located: Located) -> Iterator[Candidate]:
        main, known = self._whole(located)
        if main is None:
            return
        self.given += 1
        folder = self._spool / f"{self.given:09}"
        folder.mkdir(parents=True, exist_ok=True)
        self._waiting.append((main, known, folder))
        yield self._candidate(main, folder)

    def _whole(self, located: Located) -> tuple[Located | None, dict[str, Located]]:
        """Return the first document of a file with all others of it; None when it was done."""
        base = located.source.partition("#")[0]
        original = _description(located)
        is_piece = "#" in located.source and original and original.name == located.source
        if original is None or is_piece:  # read from its PDF, or from a piece kept for it alone
            return located, {}
        key = (base, original.sha512)
        if key in self._parts:
            return None, {}
        main = located if located.source == base else self._part(base, original) or located
        known: dict[str, Located] = {}
        while part := self._part(f"{base}#{len(known) + 2}", original):
            known[part.source] = part
        if known or main is not located:
            self._parts.add(key)
        return main, known

    def _part(self, source: str, original: StoredFile) -> Located | None:
        found = self._archive.of_source(self._collection, source)
        described = _description(found) if found is not None else None
        same = described is not None and described.sha512 == original.sha512
        return found if same else None

    def _candidate(self, located: Located, folder: Path) -> Candidate:
        description = pdf = None
        attachments: list[Attachment] = []
        main = _description(located)
        for number, stored in enumerate(located.base):
            if not stored.original:
                continue
            path = folder / str(number)
            path.write_bytes(self._archive.read(stored))
            file = DeliveredFile(stored.name, str(path), stored.size)
            if stored is main:
                description = file
            elif (stored.typology, stored.extension) == ("fulltext", "pdf"):
                pdf = file
            else:
                attachments.append(Attachment(file, _role(stored)))
        name = description.name if description is not None else located.source
        pack = main.pack if main is not None else ""
        beside = self._descriptions.of(name, pack)
        return Candidate(name, description, pdf, tuple(attachments), beside)


def _description(located: Located) -> StoredFile | None:
    """Return the original that a document was read from; None when it is its PDF."""
    originals = (file for file in located.base if file.original)
    return next((file for file in originals if file.typology == "metadata"), None)


def _role(stored: StoredFile) -> Role:
    """Return what a file was to its document; further descriptions are kept as annexes."""
    if stored.typology == "annexes" and extension(stored.name) in XML:
        return "metadata"
    return "covers" if stored.typology == "covers" else "annexes"
