"""Opens a delivery (folder, archive or single file) and gives its candidates one by one.

Streaming: one folder, or one archive, is looked at at a time, so that memory does not grow with
the delivery. What an archive unpacked to is removed once its candidates lie far enough behind.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from fonds.errors import DeliveryNotFound, Finding
from fonds.settings import LimitSettings
from fonds.sources.model import Candidate, DeliveredFile, Rejected
from fonds.sources.pairing import is_noise, pair
from fonds.sources.unpack import Budget, Unpacker, is_archive, shown

Item = Candidate | Rejected

_LAG = 2_000  # candidates that may still be worked on behind the one given out last


class Delivery:
    """The candidates of one delivery; a context manager that leaves no unpacked file behind."""

    def __init__(self, path: Path, limits: LimitSettings, spool: Path) -> None:
        self._path = path
        self._limits = limits
        self._spool = spool
        self._archives = 0
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
        if self._path.is_file():
            yield from self._files([self._file(self._path, self._path.name)])
            return
        refused: list[Item] = []

        def unreadable(error: OSError) -> None:
            refused.append(_unreadable(_relative(Path(error.filename), self._path), error))

        for folder, directories, names in os.walk(self._path, onerror=unreadable):
            directories.sort()
            files = [self._file(Path(folder) / name, "") for name in sorted(names)]
            yield from self._files(files)
            yield from refused
            refused.clear()

    def _file(self, path: Path, name: str) -> DeliveredFile | Rejected:
        name = name or _relative(path, self._path)
        try:
            status = path.lstat() if not path.is_file() else path.stat()
        except OSError as error:
            return _unreadable(name, error)
        file = DeliveredFile(name, str(path), status.st_size)
        if path.is_symlink() and not _within(path, self._path):
            return Rejected(
                DeliveredFile(name, os.devnull, 0),
                Finding("file-unreadable", "it is a link that leads out of the delivery"),
            )
        if not path.is_file():
            return Rejected(
                DeliveredFile(name, os.devnull, 0),
                Finding("file-unreadable", "it is neither a file nor a folder"),
            )
        if not os.access(path, os.R_OK):
            return Rejected(file, Finding("file-unreadable", "permission denied"))
        return file

    def _files(
        self, files: list[DeliveredFile | Rejected], depth: int = 0, budget: Budget | None = None
    ) -> Iterator[Item]:
        """Pair the files of one folder, then open the archives among them."""
        plain: list[DeliveredFile] = []
        archives: list[DeliveredFile] = []
        for file in files:
            if isinstance(file, Rejected):
                self.files_found += 1
                yield file
            elif not is_noise(file.name):
                self.files_found += 1
                (archives if is_archive(file.name) else plain).append(file)
        yield from pair(plain)
        for archive in archives:
            yield from self._archive(archive, depth, budget or Budget(self._limits))

    def _archive(self, archive: DeliveredFile, depth: int, budget: Budget) -> Iterator[Item]:
        if archive.size == 0:
            yield Rejected(archive, Finding("file-empty", "zero bytes"))
            return
        if depth >= self._limits.archive_depth:
            yield Rejected(archive, Finding("archive-nesting", f"more than {depth} deep"))
            return
        self._archives += 1
        spool = self._spool / f"{self._archives:06}"
        folders: dict[str, list[DeliveredFile | Rejected]] = {}
        for member in Unpacker(self._limits, spool).unpack(archive, budget):
            name = member.file.name if isinstance(member, Rejected) else member.name
            folders.setdefault(name.rpartition("/")[0], []).append(member)
        for name in sorted(folders):
            yield from self._files(folders.pop(name), depth + 1, budget)
        self._passed.append((self.given, spool))


def open_delivery(path: Path, limits: LimitSettings, spool: Path) -> Delivery:
    """Open a delivery; raises DeliveryNotFound when there is nothing that can be read."""
    try:
        status = path.stat()
        if not os.access(path, os.R_OK):
            raise PermissionError(13, "permission denied")
    except OSError as error:
        raise DeliveryNotFound(path=path, reason=error.strerror or error) from error
    del status
    return Delivery(path, limits, spool)


def _relative(path: Path, root: Path) -> str:
    return shown(os.fsencode(path.relative_to(root)).decode("utf-8", "surrogateescape"))


def _within(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _unreadable(name: str, error: OSError) -> Rejected:
    reason = error.strerror or str(error)
    return Rejected(DeliveredFile(name, os.devnull, 0), Finding("file-unreadable", reason))
