"""The bytes of a ZIP file's own structures (APPNOTE 6.3.10), as our packs have them.

Dates are fixed, flags say UTF-8 names, sizes stand in the local header: the same members give the
same bytes, and `fonds check` compares every byte with what it should be.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import msgspec

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_UTF8 = 0x800
_STREAMED = 0x8
_DATE = (0 << 9) | (1 << 5) | 1  # 1980-01-01, the first a ZIP can say
_VERSION, _VERSION64 = 20, 45
_MOST32 = 0xFFFFFFFF
_MOST16 = 0xFFFF
_UNIX_FILE = 0o100644 << 16


class Member(msgspec.Struct, frozen=True):
    """One member of a ZIP file."""

    name: str
    method: int
    crc32: int
    stored_size: int
    size: int
    offset: int  # of its local header
    streamed: bool = False  # CRC and sizes follow the data: they are not known before

    @property
    def data_offset(self) -> int:
        """Return where its first data byte lies."""
        return self.offset + len(local_header(self))

    @property
    def end(self) -> int:
        """Return where the next member begins."""
        after = len(descriptor(self)) if self.streamed else 0
        return self.data_offset + self.stored_size + after

    @property
    def flags(self) -> int:
        """Return the general purpose flags."""
        return _UTF8 | (_STREAMED if self.streamed else 0)


def local_header(member: Member) -> bytes:
    """Return the header that stands before a member's data."""
    name = member.name.encode()
    extra = b""
    crc32, stored, size, version = member.crc32, member.stored_size, member.size, _VERSION
    large = max(stored, size) >= _MOST32
    if member.streamed:
        crc32 = stored = size = 0
    if large:
        extra = struct.pack("<2H2Q", 1, 16, size, stored)
        stored = size = _MOST32
        version = _VERSION64
    head = _LOCAL.pack(
        b"PK\x03\x04", version, member.flags, member.method, 0, _DATE, crc32, stored, size,
        len(name), len(extra),
    )  # fmt: skip
    return head + name + extra


def descriptor(member: Member) -> bytes:
    """Return what follows the data of a streamed member."""
    wide = max(member.stored_size, member.size) >= _MOST32
    return struct.pack(
        "<4sI2Q" if wide else "<4s3I", b"PK\x07\x08", member.crc32, member.stored_size, member.size
    )


def directory(members: Sequence[Member], start: int) -> bytes:
    """Return what follows the last member: central directory and end records."""
    entries = b"".join(central(member) for member in members)
    return entries + end_records(len(members), len(entries), start)


def end_records(count: int, size: int, start: int) -> bytes:
    """Return what follows a directory of `count` entries and `size` bytes that begins at `start`.

    A directory that begins beyond what 32 bits say needs the 64-bit records, as many entries do.
    """
    end = b""
    if count >= _MOST16 or start >= _MOST32 or size >= _MOST32:
        end = _END64.pack(
            b"PK\x06\x06", 44, _VERSION64, _VERSION64, 0, 0, count, count, size, start
        ) + _LOCATOR.pack(b"PK\x06\x07", 0, start + size, 1)
    short = min(count, _MOST16)
    end += _END.pack(b"PK\x05\x06", 0, 0, short, short, min(size, _MOST32), min(start, _MOST32), 0)
    return end


def central(member: Member, *, wide: bool = False) -> bytes:
    """Return the entry of a member in the directory; `wide`: its offset always has 64 bits."""
    name = member.name.encode()
    big = [v for v in (member.size, member.stored_size) if v >= _MOST32]
    wide = wide or member.offset >= _MOST32
    big += [member.offset] if wide else []
    extra = struct.pack(f"<2H{len(big)}Q", 1, 8 * len(big), *big) if big else b""
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            0x300 | (_VERSION64 if big else _VERSION),
            _VERSION64 if big else _VERSION,
            member.flags,
            member.method,
            0,
            _DATE,
            member.crc32,
            min(member.stored_size, _MOST32),
            min(member.size, _MOST32),
            len(name),
            len(extra),
            0,
            0,
            0,
            _UNIX_FILE,
            _MOST32 if wide else member.offset,
        )
        + name
        + extra
    )
