"""Opens a delivery (folder, archive or single file) and gives its candidates one by one.

Streaming: one folder with its parts is looked at at a time, so that memory does not grow with the
delivery. What an archive unpacked to is removed once its candidates lie far enough behind.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from fonds.errors import DeliveryNotFound, Finding
from fonds.settings import LimitSettings
from fonds.sources.companions import Companions
from fonds.sources.folders import DiskFolder, Entry, Folder, GivenFiles, disk_file, member_folder
from fonds.sources.listings import Listing, read_listing
from fonds.sources.merging import archive_key, is_kind
from fonds.sources.model import Candidate, DeliveredFile, Rejected
from fonds.sources.pages import joined
from fonds.sources.pairing import XML, extension, is_noise, owns, pair, stem_of
from fonds.sources.unpack import Budget, Unpacker, is_archive

Item = Candidate | Rejected

_LAG = 2_000  # candidates that may still be worked on behind the one given out last


class _Unit:
    """A folder and its parts, as they are paired together."""

    def __init__(self) -> None:
        self.files: list[DeliveredFile] = []
        self.rejected: list[Rejected] = []
        self.below: dict[str, list[Folder]] = {}
        self.archives: dict[str, list[tuple[DeliveredFile, Folder]]] = {}


class Delivery:
    """The candidates of one delivery; a context manager that leaves no unpacked file behind."""

    def __init__(
        self, path: Path, limits: LimitSettings, spool: Path, files: tuple[Path, ...] = ()
    ) -> None:
        self._path = path
        self._files = files  # in `path`, when not all of it was delivered
        self._limits = limits
        self._spool = spool
        self._companions = Companions(limits)
        self._listings: list[Listing] = []
        self._unpacked = 0
        self._passed: deque[tuple[int, Path]] = deque()
        self.files_found = 0
        self.opened: list[tuple[str, str]] = []  # archives set aside before, and readable now
        self.given = 0

    def __enter__(self) -> Delivery:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._spool, ignore_errors=True)

    def __iter__(self) -> Iterator[Item]:
        for item in self._items():
            self.given += 1
            while self._passed and self._passed[0][0] + _LAG < self.given:
                shutil.rmtree(self._passed.popleft()[1], ignore_errors=True)
            yield item

    def _items(self) -> Iterator[Item]:
        if self._files:
            given = GivenFiles(disk_file(path, self._path) for path in self._files)
            yield from self._walk((given,))
        else:
            yield from self._walk((DiskFolder(self._path, self._path),))

    def _walk(
        self, folders: tuple[Folder, ...], beside: tuple[DeliveredFile, ...] = ()
    ) -> Iterator[Item]:
        """Give what is in folders that are one, then what is below them and in their archives."""
        spools: list[Path] = []
        unit = self._gather(folders, spools)
        yield from unit.rejected
        listings, files = self._lists(unit.files)
        described = self._described(files)
        beside = (*described, *beside)
        rest = [file for file in files if file not in described] if described else files
        findings = self._met(
            [*unit.files, *(f for group in unit.archives.values() for f, _ in group)]
        )
        partners = dict(two for listing in self._listings for two in listing.partners(rest))
        for item in joined(pair(rest, partners)):
            yield _completed(item, beside, findings)
        for name in sorted(unit.below):
            yield from self._walk(tuple(unit.below[name]), beside)
        for key in sorted(unit.archives):
            yield from self._archives(unit.archives[key], beside)
        for listing in listings:
            self._listings.remove(listing)
            yield Rejected(listing.file, listing.outcome)
        for listing in described.values():
            self._listings.remove(listing)
            yield Rejected(listing.file, _as_description(listing.outcome))
        self._passed += [(self.given, spool) for spool in spools]

    def _gather(self, folders: Iterable[Folder], spools: list[Path]) -> _Unit:
        """Collect the files of folders that are one, with the parts named after kinds of files."""
        unit = _Unit()
        waiting = deque(folders)
        while waiting:
            folder = waiting.popleft()
            for entry in folder.entries():
                self._sort(entry, folder, unit)
            for name, below in folder.folders():
                if is_kind(name):
                    waiting.append(below)
                elif not is_noise(f"{name}/"):
                    unit.below.setdefault(name, []).append(below)
            for archive, place in unit.archives.pop("", ()):  # pdf.zip: a part of this folder
                found, spool = self._unpack(archive, place)
                waiting.append(found)
                spools.append(spool)
        self._absorb(unit)
        return unit

    def _sort(self, entry: Entry, folder: Folder, unit: _Unit) -> None:
        if isinstance(entry, Rejected):
            self.files_found += 1
            unit.rejected.append(entry)
        elif not is_noise(entry.name):
            self.files_found += 1
            refused = self._refused(entry, folder) if is_archive(entry.name) else None
            if refused is not None:
                unit.rejected.append(Rejected(entry, refused))
            elif is_archive(entry.name):
                unit.archives.setdefault(archive_key(entry.name), []).append((entry, folder))
            else:
                unit.files.append(entry)

    def _absorb(self, unit: _Unit) -> None:
        """Take the files of folders that belong to one document (`main.assets/`)."""
        described = [
            file
            for file in unit.files
            if extension(file.name) in XML and not self._companions.describes(file)
        ]
        stems = sorted({stem_of(file) for file in described})
        for name in sorted(unit.below) if stems else ():
            entries = [entry for folder in unit.below[name] for entry in folder.entries()]
            files = [entry for entry in entries if isinstance(entry, DeliveredFile)]
            kinds = {extension(file.name) for file in files}
            owned = any(owns(stem, name) for stem in stems)
            only = len(stems) == 1 and "pdf" not in kinds
            is_leaf = not any(folder.folders() for folder in unit.below[name])
            plain = not kinds & XML and not any(is_archive(file.name) for file in files)
            if files and len(files) == len(entries) and plain and is_leaf and (owned or only):
                del unit.below[name]
                kept = [file for file in files if not is_noise(file.name)]
                self.files_found += len(kept)
                unit.files += kept

    def _described(self, files: list[DeliveredFile]) -> dict[DeliveredFile, Listing]:
        """Return the files that describe others, with what they say was sent."""
        found: dict[DeliveredFile, Listing] = {}
        for file in files:
            paths = self._companions.listed(file) if extension(file.name) in XML else None
            if paths is not None:
                found[file] = Listing(file, dict.fromkeys(paths, ""))
        self._listings += found.values()
        return found

    def _lists(self, files: list[DeliveredFile]) -> tuple[list[Listing], list[DeliveredFile]]:
        """Part the lists of a folder from its other files."""
        found = {file: listing for file in files if (listing := read_listing(file)) is not None}
        self._listings += found.values()
        return list(found.values()), [file for file in files if file not in found]

    def _met(self, files: list[DeliveredFile]) -> dict[str, tuple[Finding, ...]]:
        """Compare files with every list above them."""
        findings: dict[str, tuple[Finding, ...]] = {}
        for listing in self._listings:
            for file in files:
                wrong = listing.meet(file)
                if wrong is not None:
                    findings[file.name] = (*findings.get(file.name, ()), wrong)
        return findings

    def _refused(self, archive: DeliveredFile, folder: Folder) -> Finding | None:
        if archive.size == 0:
            return Finding("file-empty", "zero bytes")
        if folder.depth >= self._limits.archive_depth:
            return Finding("archive-nesting", f"more than {folder.depth} deep")
        return None

    def _archives(
        self, group: list[tuple[DeliveredFile, Folder]], beside: tuple[DeliveredFile, ...]
    ) -> Iterator[Item]:
        """Open archives that are parts of one thing, and give what is in them together."""
        opened = [self._unpack(archive, folder) for archive, folder in group]
        yield from self._walk(tuple(folder for folder, _ in opened), beside)
        self._passed += [(self.given, spool) for _, spool in opened]

    def _unpack(self, archive: DeliveredFile, folder: Folder) -> tuple[Folder, Path]:
        self._unpacked += 1
        spool = self._spool / f"{self._unpacked:06}"
        budget = folder.budget or Budget(self._limits)
        members = Unpacker(self._limits, spool).unpack(archive, budget)
        return member_folder(members, archive.name, folder.depth + 1, budget), spool


def open_delivery(path: Path, limits: LimitSettings, spool: Path) -> Delivery:
    """Open a delivery; raises DeliveryNotFound when there is nothing that can be read."""
    _check(path)
    is_folder = path.is_dir()
    return Delivery(path if is_folder else path.parent, limits, spool, () if is_folder else (path,))


def open_deliveries(
    paths: Iterable[Path], limits: LimitSettings, spool: Path
) -> tuple[Delivery, ...]:
    """Open deliveries; files of one folder that are given together are one delivery.

    Raises DeliveryNotFound when there is nothing that can be read.
    """
    found: dict[tuple[Path, bool], list[Path]] = {}
    for path in paths:
        _check(path)
        if path.is_dir():
            found[path, True] = []
        else:
            found.setdefault((path.parent, False), []).append(path)
    return tuple(
        Delivery(folder, limits, spool / f"{number:03}", tuple(files))
        for number, ((folder, _), files) in enumerate(found.items())
    )


def _check(path: Path) -> None:
    try:
        path.stat()
        if not os.access(path, os.R_OK):
            raise PermissionError(13, "permission denied")
    except OSError as error:
        raise DeliveryNotFound(path=path, reason=error.strerror or error) from error


def _as_description(outcome: Finding) -> Finding:
    """Say of a descriptive file how it agrees with the delivery; that it does not is no failure."""
    return Finding("delivery-description", f"it was read with the documents; {outcome.reason}")


def _completed(
    item: Item, beside: tuple[DeliveredFile, ...], findings: dict[str, tuple[Finding, ...]]
) -> Item:
    """Tell a candidate what lies beside it and what is wrong with its files."""
    if isinstance(item, Rejected) or not (beside or findings):
        return item
    main = [file for file in (item.description, item.pdf) if file is not None]
    files = [*main, *(attachment.file for attachment in item.attachments)]
    wrong = tuple(finding for file in files for finding in findings.get(file.name, ()))
    return msgspec.structs.replace(item, beside=beside, findings=wrong)
