"""Loads set-aside files again from the archive, after a reader was mended or a limit raised.

The delivery is not needed: its bytes are in the packs. A file goes together with those that were
set aside as belonging to it, so that an XML gets its PDF back. A load like any other: what is
durable stays, and running it again changes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from fonds.archive.archive import SPOOL, Archive
from fonds.archive.faults import FaultHook, no_fault
from fonds.archive.ledger import LedgerEntry
from fonds.errors import ABOUT_DELIVERY, CauseUnknown
from fonds.findings import FINDINGS
from fonds.loading.descriptions import Descriptions
from fonds.loading.loader import Loader, Progress, Stop, opened_for_writing
from fonds.loading.summary import LoadSummary, Tally
from fonds.settings import LimitSettings, Settings
from fonds.sources.delivery import Delivery, Item
from fonds.sources.folders import GivenFiles
from fonds.sources.model import Candidate, DeliveredFile, Rejected
from fonds.sources.pieces import is_piece
from fonds.sources.unpack import is_archive

ALL = "all"
_BELONGS = "belongs-to-rejected"

Group = list[LedgerEntry]  # the main file first


def load_again(
    cause: str,
    *,
    home: Path,
    settings: Settings,
    collection: str = "",
    workers: int = 1,
    progress: Progress | None = None,
    hook: FaultHook = no_fault,
    stop: Stop = lambda: False,
) -> LoadSummary:
    """Load the files set aside for a cause (a code, or `all`) again; of one collection, or of all.

    Raises CauseUnknown, HomeNotFound, HomeBusy, HomeNotWritable.
    """
    if cause != ALL and cause not in FINDINGS:
        raise CauseUnknown(name=cause)
    begin = time.monotonic()
    with Archive.open(home, settings) as archive:  # an unknown home must not be made
        names = [c.name for c in archive.collections() if collection in ("", c.name)]
    tally, files, stopped = Tally(), 0, False
    with opened_for_writing(home, settings, hook, workers) as (archive, indexer):
        for name in names:
            groups = grouped(archive.set_aside(name), cause)
            if stopped or not groups:
                continue
            spool = home / SPOOL / "again"
            with (
                Loader(archive, indexer, name, tally, progress) as loader,
                _SetAside(archive, name, groups, settings.limits, spool) as delivery,
            ):
                stopped = loader.run(delivery, settings, workers, stop)
                files += delivery.files_found
    seconds = time.monotonic() - begin
    shown = ", ".join(names)
    return tally.summary(shown, files=files, seconds=seconds, interrupted=stopped)


def grouped(entries: Iterable[LedgerEntry], cause: str) -> list[Group]:
    """Return the files set aside for a cause, each with those that belong to it.

    Several deliveries may hold files of one name; what came together lies in one pack.
    """
    mains: dict[str, list[Group]] = {}
    belonging: list[LedgerEntry] = []
    for entry in entries:
        if not entry.files or entry.files[0].size == 0:
            continue  # its bytes could not be read when it was delivered
        if entry.findings and entry.findings[0].code in ABOUT_DELIVERY:
            continue  # alone it would miss what it lists
        if entry.belongs:
            belonging.append(entry)
        else:
            mains.setdefault(entry.name, []).append([entry])
    for entry in belonging:
        groups = mains.get(entry.belongs, [])
        same_pack = (g for g in groups if g[0].files[0].pack == entry.files[0].pack)
        group = next(same_pack, groups[0] if groups else None)
        if group is not None:
            group.append(entry)
        else:
            mains.setdefault(entry.name, []).append([entry])
    return [g for groups in mains.values() for g in groups if cause in _causes(g)]


def _causes(group: Group) -> set[str]:
    """Return the causes by which a group may be asked for."""
    own = {finding.code for finding in group[0].findings}
    return {ALL, *own, *([_BELONGS] if len(group) > 1 else [])}


class _SetAside(Delivery):
    """Files of the archive, given out as a delivery gives its own."""

    def __init__(
        self,
        archive: Archive,
        collection: str,
        groups: list[Group],
        limits: LimitSettings,
        spool: Path,
    ) -> None:
        super().__init__(spool, limits, spool)
        self._descriptions = Descriptions(archive, collection, spool / "descriptions")
        self._kept = archive
        self._groups = groups
        self._folder = spool

    def _items(self) -> Iterator[Item]:
        for number, group in enumerate(self._groups):
            folder = self._folder / f"set-aside-{number:06}"
            folder.mkdir(parents=True, exist_ok=True)
            files = [self._extracted(entry, folder / str(at)) for at, entry in enumerate(group)]
            refused = set()
            main = group[0]
            beside = self._descriptions.of(main.name, main.files[0].pack)
            for item in self._paired(files, beside):
                if isinstance(item, Rejected):
                    refused.add(item.file.name)
                yield item
            if is_archive(main.name) and main.name not in refused:
                self.opened.append((main.name, main.files[0].sha512.hex()))
            self._passed.append((self.given, folder))

    def _paired(
        self, files: list[DeliveredFile | Rejected], beside: tuple[DeliveredFile, ...]
    ) -> Iterator[Item]:
        """Give candidates; a piece of a file that held many records is one by itself."""
        first = files[0]
        if len(files) == 1 and isinstance(first, DeliveredFile) and is_piece(first.name):
            self.files_found += 1
            yield Candidate(first.name, first, None, beside=beside)
        else:
            yield from self._walk((GivenFiles(files),), beside)

    def _extracted(self, entry: LedgerEntry, path: Path) -> DeliveredFile | Rejected:
        stored = entry.files[0]
        path.write_bytes(self._kept.read(stored))
        return DeliveredFile(entry.name, str(path), stored.size)
