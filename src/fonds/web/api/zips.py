"""A few files as one ZIP: stored streams are copied, so its length is known before it is sent."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import msgspec
from starlette.requests import Request
from starlette.responses import StreamingResponse

from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument, StoredFile
from fonds.web.api.content import Content, Span

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_UTF8 = 0x800  # the name is UTF-8
_DATE = (1980 - 1980) << 9 | 1 << 5 | 1  # always the same, so that the bytes are
_MOST = 0xFFFFFFFE  # bytes of a ZIP without the extension for large files


class Member(msgspec.Struct, frozen=True):
    """A member: a file of the archive, or bytes."""

    name: str
    content: StoredFile | bytes

    def facts(self) -> tuple[int, int, int, int]:
        """Return method, CRC-32, stored and full size."""
        if isinstance(self.content, bytes):
            size = len(self.content)
            return 0, zlib.crc32(self.content), size, size
        file = self.content
        return file.method, file.crc32, file.stored_size, file.size


class ZipAnswer(StreamingResponse):
    """The answer that sends a ZIP; what lies deflated in a pack is sent as it lies."""

    def __init__(
        self,
        request: Request,
        archive: Archive,
        document: StoredDocument,
        members: list[Member],
        suffix: str,
    ) -> None:
        stem = document.ark.rpartition("/")[2] or document.id
        name = f"{stem}.{suffix}.zip" if suffix else f"{stem}.zip"
        length = zip_size(members)
        body = zip_bytes(archive, members) if request.method != "HEAD" else iter(())
        super().__init__(
            body,
            media_type="application/zip",
            headers={
                "Content-Length": str(length),
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-cache",
            },
        )


def zip_size(members: list[Member]) -> int:
    """Return the exact length of a ZIP in bytes."""
    total = _END.size
    for member in members:
        _, _, stored, _ = member.facts()
        total += _LOCAL.size + _CENTRAL.size + 2 * len(member.name.encode()) + stored
    if total > _MOST:
        raise OverflowError("more than 4 GiB in one document")
    return total


def zip_bytes(archive: Archive, members: list[Member]) -> Iterator[bytes]:
    """Yield a ZIP piece by piece."""
    directory = b""
    at = 0
    for member in members:
        name = member.name.encode()
        method, crc, stored, size = member.facts()
        common = (20, _UTF8, method, 0, _DATE, crc, stored, size, len(name), 0)
        head = _LOCAL.pack(b"PK\x03\x04", *common) + name
        directory += _CENTRAL.pack(b"PK\x01\x02", 20, *common, 0, 0, 0, 0, at) + name
        yield head
        if isinstance(member.content, bytes):
            yield member.content
        else:
            plain = msgspec.structs.replace(member.content, method=0, size=stored)
            yield from Content(archive.path(member.content), plain, gzip=False).chunks(
                Span(0, stored)
            )
        at += len(head) + stored
    yield directory
    count = len(members)
    yield _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)
