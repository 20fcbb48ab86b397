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

    @property
    def data_offset(self) -> int:
        """Return where its first data byte lies."""
        return self.offset + len(local_header(self))

    @property
    def end(self) -> int:
        """Return where the next member begins."""
        return self.data_offset + self.stored_size


def local_header(member: Member) -> bytes:
    """Return the header that stands before a member's data."""
    name = member.name.encode()
    extra = b""
    stored, size, version = member.stored_size, member.size, _VERSION
    if max(stored, size) >= _MOST32:
        extra = struct.pack("<2H2Q", 1, 16, size, stored)
        stored = size = _MOST32
        version = _VERSION64
    head = _LOCAL.pack(
        b"PK\x03\x04", version, _UTF8, member.method, 0, _DATE, member.crc32, stored, size,
        len(name), len(extra),
    )  # fmt: skip
    return head + name + extra


def directory(members: Sequence[Member], start: int) -> bytes:
    """Return what follows the last member: central directory and end records."""
    entries = b"".join(_central(member) for member in members)
    count, size = len(members), len(entries)
    end = b""
    if count >= _MOST16 or start >= _MOST32 or size >= _MOST32:
        end = _END64.pack(
            b"PK\x06\x06", 44, _VERSION64, _VERSION64, 0, 0, count, count, size, start
        ) + _LOCATOR.pack(b"PK\x06\x07", 0, start + size, 1)
    short = min(count, _MOST16)
    end += _END.pack(b"PK\x05\x06", 0, 0, short, short, min(size, _MOST32), min(start, _MOST32), 0)
    return entries + end


def _central(member: Member) -> bytes:
    name = member.name.encode()
    big = [v for v in (member.size, member.stored_size, member.offset) if v >= _MOST32]
    extra = struct.pack(f"<2H{len(big)}Q", 1, 8 * len(big), *big) if big else b""
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            0x300 | (_VERSION64 if big else _VERSION),
            _VERSION64 if big else _VERSION,
            _UTF8,
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
            min(member.offset, _MOST32),
        )
        + name
        + extra
    )
