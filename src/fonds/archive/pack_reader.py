"""Reads packs: members by their place, and the structure of a pack as it should be."""

from __future__ import annotations

import os
import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

from fonds.archive.model import StoredFile
from fonds.archive.zip_format import Member
from fonds.errors import ArchiveDamaged

_MOST_OPEN = 64  # descriptors kept
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_MOST32 = 0xFFFFFFFF


class PackDamaged(Exception):
    """The structure of a pack cannot be read; the text says where."""


class PackFiles:
    """Open packs, the least used closed first; safe from many threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def read_raw(self, file: StoredFile, start: int = 0, count: int | None = None) -> bytes:
        """Return bytes of a member as they are stored."""
        size = file.stored_size - start if count is None else min(count, file.stored_size - start)
        with self._lock:
            descriptor = self._descriptor(file.pack)
            return os.pread(descriptor, max(0, size), file.offset + start)

    def read(self, file: StoredFile) -> bytes:
        """Return a member's content."""
        raw = self.read_raw(file)
        return raw if file.method == 0 else zlib.decompress(raw, -15, max(1, file.size))

    def close(self) -> None:
        """Close every pack."""
        with self._lock:
            while self._open:
                os.close(self._open.popitem()[1])

    def _descriptor(self, pack: str) -> int:
        descriptor = self._open.pop(pack, None)
        if descriptor is None:
            try:
                descriptor = os.open(self._folder / pack, os.O_RDONLY)
            except FileNotFoundError as error:
                raise ArchiveDamaged(count=1, where=pack, reason="it is not there") from error
            if len(self._open) >= _MOST_OPEN:
                os.close(self._open.popitem(last=False)[1])
        self._open[pack] = descriptor
        return descriptor


def members(path: Path) -> tuple[list[Member], int]:
    """Return the members of a pack in their order, and where its directory begins.

    Raises PackDamaged.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            count, length, start = _end(file.fileno(), size)
            data = os.pread(file.fileno(), length, start)
            found = list(_entries(data, count))
        except (struct.error, UnicodeDecodeError) as error:
            raise PackDamaged(f"its directory cannot be read ({error})") from error
    return found, start


def _end(descriptor: int, size: int) -> tuple[int, int, int]:
    end = os.pread(descriptor, _END.size, max(0, size - _END.size))
    mark, _, _, _, count, length, start, comment = _END.unpack(end)
    if mark != b"PK\x05\x06" or comment:
        raise PackDamaged("it has no end record")
    if start == _MOST32 or count == 0xFFFF or length == _MOST32:
        at = size - _END.size - 20 - _END64.size
        fields = _END64.unpack(os.pread(descriptor, _END64.size, at))
        if fields[0] != b"PK\x06\x06":
            raise PackDamaged("it has no 64-bit end record")
        count, length, start = fields[7], fields[8], fields[9]
    return count, length, start


def _entries(data: bytes, count: int) -> Iterator[Member]:
    at = 0
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, at)
        if fields[0] != b"PK\x01\x02":
            raise PackDamaged("its directory is broken")
        method, crc32, stored, size = fields[4], fields[7], fields[8], fields[9]
        name_size, extra_size, comment_size, offset = fields[10], fields[11], fields[12], fields[16]
        at += _CENTRAL.size
        name = data[at : at + name_size].decode()
        extra = data[at + name_size : at + name_size + extra_size]
        size, stored, offset = _large(extra, size, stored, offset)
        yield Member(name, method, crc32, stored, size, offset)
        at += name_size + extra_size + comment_size


def _large(extra: bytes, size: int, stored: int, offset: int) -> tuple[int, int, int]:
    """Return sizes and offset with what the ZIP64 field holds."""
    if not extra:
        return size, stored, offset
    values = iter(struct.unpack(f"<{(len(extra) - 4) // 8}Q", extra[4:]))
    return (
        next(values) if size == _MOST32 else size,
        next(values) if stored == _MOST32 else stored,
        next(values) if offset == _MOST32 else offset,
    )
