"""The bytes of a file as HTTP sends them: whole or a range, as they lie in the pack or inflated.

What is deflated in a pack goes out as it is, between a gzip header and trailer, to those who
accept gzip: no byte is compressed again, and the length is known beforehand.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fonds.archive.model import StoredFile

CHUNK = 256 * 1024  # bytes read at a time
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time: always the same bytes
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Span(msgspec.Struct, frozen=True):
    """Bytes from `begin` up to, but not including, `end`."""

    begin: int
    end: int


class Content(msgspec.Struct, frozen=True):
    """One representation of a stored file."""

    pack: Path
    file: StoredFile
    gzip: bool  # as a gzip stream around the deflated bytes of the pack

    @property
    def size(self) -> int:
        """Return the length in bytes."""
        extra = len(_GZIP_HEAD) + 8
        return self.file.stored_size + extra if self.gzip else self.file.size

    @property
    def etag(self) -> str:
        """Return a strong tag: the digest of the file, and the encoding."""
        return f'"{self.file.sha512[:16].hex()}{"-gzip" if self.gzip else ""}"'

    def chunks(self, span: Span) -> Iterator[bytes]:
        """Yield the bytes of a span, reading as little of the pack as possible."""
        if self.gzip:
            return self._wrapped(span)
        if self.file.method == 0:
            return self._stored(span.begin, span.end)
        return self._inflated(span)

    def _stored(self, begin: int, end: int) -> Iterator[bytes]:
        descriptor = os.open(self.pack, os.O_RDONLY)
        try:
            while begin < end:
                data = os.pread(descriptor, min(CHUNK, end - begin), self.file.offset + begin)
                if not data:
                    raise EOFError(f"{self.pack} ends before its member")
                begin += len(data)
                yield data
        finally:
            os.close(descriptor)

    def _wrapped(self, span: Span) -> Iterator[bytes]:
        head, middle = len(_GZIP_HEAD), self.file.stored_size
        tail = struct.pack("<II", self.file.crc32, self.file.size & 0xFFFFFFFF)
        if span.begin < head:
            yield _GZIP_HEAD[span.begin : span.end]
        begin, end = max(span.begin - head, 0), min(span.end - head, middle)
        if begin < end:
            yield from self._stored(begin, end)
        begin, end = max(span.begin - head - middle, 0), span.end - head - middle
        if begin < end:
            yield tail[begin:end]

    def _inflated(self, span: Span) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        at = 0
        for stored in self._stored(0, self.file.stored_size):
            pending = stored
            while pending and at < span.end:
                data = inflater.decompress(pending, CHUNK)
                pending = inflater.unconsumed_tail
                part = data[max(span.begin - at, 0) : span.end - at]
                at += len(data)
                if part:
                    yield part
            if at >= span.end:
                return
        while at < span.end:
            data = inflater.decompress(inflater.unconsumed_tail, CHUNK)
            if not data:
                raise EOFError(f"{self.pack} holds less than {self.file.size} bytes of a member")
            part = data[max(span.begin - at, 0) : span.end - at]
            at += len(data)
            yield part


def read_range(text: str, size: int) -> Span | None:
    """Read a `Range` header of one range; None when it is to be ignored.

    Raises ValueError when nothing of the range is there (HTTP 416).
    """
    match = _RANGE.fullmatch(text.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        begin, end = max(0, size - int(last)), size
    else:
        begin, end = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < int(first):
            return None
    if begin >= size or begin >= end:
        raise ValueError(text)
    return Span(begin, end)


def accepts_gzip(header: str) -> bool:
    """Tell whether an `Accept-Encoding` header allows gzip."""
    allowed = {}
    for part in header.lower().split(","):
        name, _, options = part.partition(";")
        refused = re.fullmatch(r"\s*q=0(\.0*)?\s*", options) is not None
        allowed[name.strip()] = not refused
    return allowed.get("gzip", allowed.get("*", False))
