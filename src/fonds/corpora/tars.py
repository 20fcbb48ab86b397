"""Exports as TAR.GZ, likewise of known length and without compressing anything again.

A gzip file may be several gzip streams one behind another (RFC 1952, 2.2): each header, content and
filling of the TAR is one, and the content's is the deflate stream as it lies in the pack.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

import numpy as np

from fonds.archive.extents import Files
from fonds.archive.model import StoredFile
from fonds.archive.zip_format import Member
from fonds.corpora.container import Sizes
from fonds.corpora.pieces import Piece, Stretch
from fonds.corpora.unpacked import BLOCK, HEAD, block_head, blocks_of, unpacked, unpacked_size
from fonds.corpora.zips import Checked

_BLOCK = 512  # bytes; everything in a TAR is filled up to a multiple
_TIME = 315_532_800  # 1980-01-01, as in our ZIPs
_GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_AROUND = len(_GZIP) + 8
_MOST_OCTAL = 8**11


class TarGzip:
    """TAR (POSIX.1-1988 ustar) in gzip streams."""

    suffix = "tar.gz"
    media_type = "application/gzip"

    def member_sizes(self, files: Files) -> Sizes:
        """Return the bytes each file takes with header and filling."""
        size = files.size
        stored = files.stored
        plain = stored + HEAD * np.maximum(1, -(-stored // BLOCK))
        content = np.where(files.method == 0, plain, stored) + _AROUND
        filling = -size % _BLOCK
        sizes: Sizes = _gzipped_size(_BLOCK) + content
        return sizes + np.where(filling > 0, filling + HEAD + _AROUND, 0)

    def entry_sizes(self, files: Files, *, wide: bool) -> Sizes:
        """Return zeros: a TAR has no directory."""
        return np.zeros(len(files), np.int64)

    def member(self, name: str, file: StoredFile) -> tuple[Piece, ...]:
        """Return a stored file between its header and its filling."""
        tail = struct.pack("<II", file.crc32, file.size & 0xFFFFFFFF)
        head = _gzipped(_header(name, file.size)) + _GZIP
        return (head, *_deflated(file), tail + _filling(file.size))

    def made_size(self, name: str, size: int) -> int:
        """Return the bytes that content of ours takes."""
        return _gzipped_size(_BLOCK) + unpacked_size(size) + _AROUND + len(_filling(size))

    def made(self, name: str, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Give content of ours between its header and its filling."""
        yield _gzipped(_header(name, size)) + _GZIP
        counted = Checked(chunks)
        yield from unpacked(counted, size)
        yield struct.pack("<II", counted.crc32, size & 0xFFFFFFFF) + _filling(size)

    def made_entry(self, name: str, size: int, *, wide: bool) -> int:
        """Return 0: a TAR has no directory."""
        return 0

    def is_wide(self, start: int) -> bool:
        """Return False: a TAR has no directory."""
        return False

    def ending_size(self, members: int, entries: int, start: int) -> int:
        """Return the length of two empty blocks."""
        return _gzipped_size(2 * _BLOCK)

    def ending(self, members: Iterable[Member], start: int) -> Iterator[bytes]:
        """Give two empty blocks."""
        yield _gzipped(bytes(2 * _BLOCK))


def _deflated(file: StoredFile) -> Iterator[Piece]:
    """Give a file as a deflate stream: the pack's own, or its plain bytes in blocks."""
    if file.method != 0:
        yield Stretch(file, 0, file.stored_size)
        return
    count = blocks_of(file.stored_size)
    for number in range(count):
        begin, end = number * BLOCK, min((number + 1) * BLOCK, file.stored_size)
        yield block_head(end - begin, last=number == count - 1)
        yield Stretch(file, begin, end)


def _gzipped_size(size: int) -> int:
    return unpacked_size(size) + _AROUND


def _gzipped(data: bytes) -> bytes:
    tail = struct.pack("<II", zlib.crc32(data), len(data))
    return _GZIP + block_head(len(data), last=True) + data + tail


def _filling(size: int) -> bytes:
    missing = -size % _BLOCK
    return _gzipped(bytes(missing)) if missing else b""


def _header(path: str, size: int) -> bytes:
    folder, _, name = path.rpartition("/")
    octal = b"%011o\0" % size if size < _MOST_OCTAL else b"\x80" + size.to_bytes(11, "big")
    fields = struct.pack(
        "<100s8s8s8s12s12s8sc100s6s2s32s32s8s8s155s12x",
        name.encode(), b"0000644\0", b"0000000\0", b"0000000\0", octal, b"%011o\0" % _TIME,
        b" " * 8, b"0", b"", b"ustar\0", b"00", b"", b"", b"0000000\0", b"0000000\0",
        folder.encode(),
    )  # fmt: skip
    return fields[:148] + b"%06o\0 " % sum(fields) + fields[156:]
