"""Unpacks a delivered ZIP or TAR without trusting it.

Members are written under numbers into a spool folder, never under their own names, so nothing can
climb out, overwrite or collide. Sizes are counted while writing; what the archive says about
itself is not believed.
"""

from __future__ import annotations

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from fonds.errors import Finding
from fonds.settings import LimitSettings
from fonds.sources.model import DeliveredFile, Rejected

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")
_CHUNK = 1 << 20
_FREE_RATIO = 64 * 1024 * 1024  # bytes that may be unpacked whatever the ratio
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError,
           NotImplementedError, ValueError, UnicodeDecodeError)  # fmt: skip


class _TooMuch(Exception):
    """The archive unpacks to more than it may."""


def is_archive(name: str) -> bool:
    """Tell an archive by its name."""
    return name.lower().endswith(ARCHIVES)


class Unpacker:
    """Unpacks archives into one folder, within limits shared by all archives nested in one."""

    def __init__(self, limits: LimitSettings, spool: Path) -> None:
        self._limits = limits
        self._spool = spool
        self._count = 0

    def unpack(self, archive: DeliveredFile, budget: Budget) -> Iterator[DeliveredFile | Rejected]:
        """Yield the archive's members; a broken or hostile archive ends in a Rejected of itself."""
        budget = budget.inside(archive.size)
        try:
            if archive.name.lower().endswith(".zip"):
                yield from self._zip(archive, budget)
            else:
                yield from self._tar(archive, budget)
        except _TooMuch as error:
            yield Rejected(archive, Finding("archive-bomb", str(error)))
        except _BROKEN as error:
            yield Rejected(archive, Finding("archive-damaged", str(error) or type(error).__name__))
        except RuntimeError as error:  # zipfile's word for encrypted members
            yield Rejected(archive, Finding("archive-encrypted", str(error)))
        except OSError as error:
            if error.errno is None:  # gzip and bz2 say so of damaged data
                yield Rejected(archive, Finding("archive-damaged", str(error)))
            else:
                raise

    def _zip(self, archive: DeliveredFile, budget: Budget) -> Iterator[DeliveredFile | Rejected]:
        with zipfile.ZipFile(archive.location) as file:
            for member in file.infolist():
                if member.is_dir():
                    continue
                budget.member()
                mode = member.external_attr >> 16
                if stat.S_ISLNK(mode):
                    yield self._refused(archive, member.filename, "is a link")
                    continue
                if member.flag_bits & _ENCRYPTED:
                    yield self._refused(archive, member.filename, "", "archive-encrypted")
                    continue
                yield self._zip_member(archive, file, member, budget)

    def _zip_member(
        self, archive: DeliveredFile, file: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
    ) -> DeliveredFile | Rejected:
        """Unpack a member; a damaged one costs itself, and what can be read of it is kept."""
        path = self._place()
        try:
            with file.open(member) as stream:
                return self._member(archive, member.filename, stream, budget, path)
        except _BROKEN as error:
            path.touch()
            name, size = _inside(archive, member.filename), path.stat().st_size
            finding = Finding("archive-damaged", str(error) or type(error).__name__)
            return Rejected(DeliveredFile(name, str(path), size), finding)

    def _tar(self, archive: DeliveredFile, budget: Budget) -> Iterator[DeliveredFile | Rejected]:
        with tarfile.open(archive.location, "r|*", errors="surrogateescape") as file:
            while (member := file.next()) is not None:
                # a stream would remember every member
                file.members.clear()  # type: ignore[attr-defined]  # not in the stubs
                if member.isdir():
                    continue
                budget.member()
                stream = file.extractfile(member) if member.isreg() else None
                if stream is None:
                    yield self._refused(archive, member.name, "is a link or a device")
                    continue
                yield self._member(archive, member.name, stream, budget, self._place())

    def _member(
        self, archive: DeliveredFile, name: str, stream: IO[bytes], budget: Budget, path: Path
    ) -> DeliveredFile | Rejected:
        size = 0
        with path.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                budget.bytes(len(chunk))
                out.write(chunk)
        file = DeliveredFile(_inside(archive, name), str(path), size)
        if _climbs(name):
            finding = Finding("archive-unsafe", "its name leads out of the archive's folder")
            return Rejected(file, finding)
        return file

    def _refused(
        self, archive: DeliveredFile, name: str, why: str, code: str = "archive-unsafe"
    ) -> Rejected:
        """Reject a member that is not unpacked; an empty file stands for it."""
        path = self._place()
        path.touch()
        file = DeliveredFile(_inside(archive, name), str(path), 0)
        return Rejected(file, Finding(code, why or "it needs a password"))

    def _place(self) -> Path:
        self._count += 1
        folder = self._spool / f"{self._count // 1000:05}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self._count:08}"


class Budget:
    """What one delivered archive may still unpack, archives inside it included."""

    def __init__(self, limits: LimitSettings) -> None:
        self._limits = limits
        self._members = 0
        self._bytes = 0
        self._packed = 0

    def inside(self, packed: int) -> Budget:
        """Begin an archive; only the outermost one's size counts for the ratio."""
        self._packed = self._packed or packed
        return self

    def member(self) -> None:
        """Count a member."""
        self._members += 1
        if self._members > self._limits.archive_members:
            raise _TooMuch(f"more than {self._limits.archive_members} members")

    def bytes(self, count: int) -> None:
        """Count unpacked bytes."""
        self._bytes += count
        if self._bytes > self._limits.archive_bytes:
            raise _TooMuch(f"more than {self._limits.archive_bytes} bytes")
        ratio = self._limits.archive_ratio
        if self._bytes > _FREE_RATIO and self._bytes > ratio * max(1, self._packed):
            raise _TooMuch(f"it unpacks to more than {ratio} times its size")


def shown(name: str) -> str:
    """Return a name as text; bytes that are not UTF-8 as \\xNN, control characters too."""
    plain = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in plain)


def _inside(archive: DeliveredFile, name: str) -> str:
    return f"{archive.name}!/{shown(name).lstrip('/')}"


def _climbs(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or plain[1:3] == ":/"
