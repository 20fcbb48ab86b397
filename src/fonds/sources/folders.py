"""A delivery as folders, whether they lie on disk or came out of an archive."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from fonds.errors import Finding
from fonds.sources.model import DeliveredFile, Rejected
from fonds.sources.unpack import Budget, shown

Entry = DeliveredFile | Rejected


class Folder(Protocol):
    """A folder of a delivery."""

    depth: int  # how many archives it lies in
    budget: Budget | None  # what its archive may still unpack

    def entries(self) -> list[Entry]:
        """Return its files in order of their names; what cannot be read is rejected."""
        ...

    def folders(self) -> list[tuple[str, Folder]]:
        """Return the folders in it with their names, in order."""
        ...


class DiskFolder:
    """A folder on disk, inside the delivered one."""

    depth = 0
    budget: Budget | None = None

    def __init__(self, root: Path, path: Path) -> None:
        self._root = root
        self._path = path

    def entries(self) -> list[Entry]:
        """Return its files; a folder that cannot be opened is rejected itself."""
        try:
            found = [child for child in self._path.iterdir() if not _is_folder(child)]
        except OSError as error:
            return [_unreadable(relative(self._path, self._root), error)]
        return [disk_file(path, self._root) for path in sorted(found)]

    def folders(self) -> list[tuple[str, Folder]]:
        """Return the folders in it; links to folders are not followed."""
        try:
            found = sorted(child for child in self._path.iterdir() if _is_folder(child))
        except OSError:
            return []  # `entries` has said it
        return [(path.name, DiskFolder(self._root, path)) for path in found]


class GivenFiles:
    """Files that stand together by themselves."""

    depth = 0
    budget: Budget | None = None

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)

    def entries(self) -> list[Entry]:
        """Return them as they were given."""
        return self._entries

    def folders(self) -> list[tuple[str, Folder]]:
        """Return nothing."""
        return []


class MemberFolder:
    """A folder of an unpacked archive."""

    def __init__(self, depth: int, budget: Budget) -> None:
        self.depth = depth
        self.budget: Budget | None = budget
        self._entries: list[Entry] = []
        self._folders: dict[str, MemberFolder] = {}

    def add(self, inside: str, entry: Entry) -> None:
        """Put a member where its name says it was."""
        folder = self
        *parents, _ = inside.split("/")
        assert self.budget is not None
        for name in (part for part in parents if part not in ("", ".")):
            if name not in folder._folders:
                folder._folders[name] = MemberFolder(self.depth, self.budget)
            folder = folder._folders[name]
        folder._entries.append(entry)

    def entries(self) -> list[Entry]:
        """Return its members."""
        return sorted(self._entries, key=lambda one: file_of(one).name)

    def folders(self) -> list[tuple[str, Folder]]:
        """Return the folders in it."""
        return sorted(self._folders.items())


def member_folder(members: Iterable[Entry], archive: str, depth: int, budget: Budget) -> Folder:
    """Return the members of an archive as a tree."""
    root = MemberFolder(depth, budget)
    prefix = f"{archive}!/"
    for member in members:
        root.add(file_of(member).name.removeprefix(prefix), member)
    return root


def file_of(entry: Entry) -> DeliveredFile:
    """Return the file itself."""
    return entry.file if isinstance(entry, Rejected) else entry


def disk_file(path: Path, root: Path) -> Entry:
    """Return a file on disk, or why it cannot be used."""
    name = relative(path, root)
    try:
        status = path.lstat() if not path.is_file() else path.stat()
    except OSError as error:
        return _unreadable(name, error)
    file = DeliveredFile(name, str(path), status.st_size)
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return _refused(name, "it is a link that leads out of the delivery")
    if not path.is_file():
        return _refused(name, "it is neither a file nor a folder")
    if not os.access(path, os.R_OK):
        return Rejected(file, Finding("file-unreadable", "permission denied"))
    return file


def relative(path: Path, root: Path) -> str:
    """Return a path as a name in the delivery."""
    return shown(os.fsencode(path.relative_to(root)).decode("utf-8", "surrogateescape"))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _unreadable(name: str, error: OSError) -> Rejected:
    return _refused(name, error.strerror or str(error))


def _refused(name: str, reason: str) -> Rejected:
    return Rejected(DeliveredFile(name, os.devnull, 0), Finding("file-unreadable", reason))
