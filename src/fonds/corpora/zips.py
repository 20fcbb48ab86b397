"""Exports as ZIP: stored streams copied, our own lists as streamed members, ZIP64 beyond 4 GiB."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import numpy as np

from fonds.archive.extents import Files
from fonds.archive.model import StoredFile
from fonds.archive.zip_format import Member, central, descriptor, end_records, local_header
from fonds.corpora.container import Sizes
from fonds.corpora.pieces import Piece, Stretch
from fonds.corpora.unpacked import unpacked, unpacked_size

LARGE = 0xFFFFFFFF  # from here on a size or place needs 64 bits
_LOCAL, _CENTRAL, _EXTRA64 = 30, 46, 20
_GATHERED = 256 * 1024  # bytes of the directory sent at a time


class Zip:
    """ZIP (APPNOTE 6.3.10)."""

    suffix = "zip"
    media_type = "application/zip"

    def member_sizes(self, files: Files) -> Sizes:
        """Return the bytes each file takes with its header."""
        largest = np.maximum(files.stored, files.size)
        extra = np.where(largest >= LARGE, _EXTRA64, 0)
        sizes: Sizes = _LOCAL + files.name + files.stored + extra
        return sizes

    def entry_sizes(self, files: Files, *, wide: bool) -> Sizes:
        """Return the bytes each file takes in the directory; `wide`: its place in 64 bits."""
        large = (files.stored >= LARGE).astype(np.int64) + (files.size >= LARGE) + wide
        sizes: Sizes = _CENTRAL + files.name
        return sizes + np.where(large > 0, 4 + 8 * large, 0)

    def member(self, name: str, file: StoredFile) -> tuple[Piece, ...]:
        """Return a stored file behind its header."""
        return local_header(member_of(name, file, 0)), Stretch(file, 0, file.stored_size)

    def made_size(self, name: str, size: int) -> int:
        """Return the bytes that content of ours takes."""
        member = made_member(name, size, 0, 0)
        return len(local_header(member)) + member.stored_size + len(descriptor(member))

    def made(self, name: str, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Give content of ours: header, stream, checksum."""
        yield local_header(made_member(name, size, 0, 0))
        counted = Checked(chunks)
        yield from unpacked(counted, size)
        yield descriptor(made_member(name, size, counted.crc32, 0))

    def made_entry(self, name: str, size: int, *, wide: bool) -> int:
        """Return the bytes content of ours takes in the directory; `wide`: its place in 64 bits."""
        return len(central(made_member(name, size, 0, 0), wide=wide))

    def is_wide(self, start: int) -> bool:
        """Tell whether a directory that begins at `start` has its places in 64 bits."""
        return start >= LARGE

    def ending_size(self, members: int, entries: int, start: int) -> int:
        """Return the length of directory and end records."""
        return entries + len(end_records(members, entries, start))

    def ending(self, members: Iterable[Member], start: int) -> Iterator[bytes]:
        """Give the directory and the end records."""
        wide = self.is_wide(start)
        count = size = 0
        held = bytearray()
        for member in members:
            held += central(member, wide=wide)
            count += 1
            if len(held) >= _GATHERED:
                size += len(held)
                yield bytes(held)
                held.clear()
        size += len(held)
        yield bytes(held) + end_records(count, size, start)


class Checked:
    """Passes chunks on and keeps their CRC-32."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self.crc32 = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.crc32 = zlib.crc32(chunk, self.crc32)
            yield chunk


def member_of(name: str, file: StoredFile, offset: int) -> Member:
    """Return a stored file as a member of an export."""
    return Member(name, file.method, file.crc32, file.stored_size, file.size, offset)


def made_member(name: str, size: int, crc32: int, offset: int) -> Member:
    """Return content of ours as a member of an export."""
    return Member(name, 8, crc32, unpacked_size(size), size, offset, streamed=True)
