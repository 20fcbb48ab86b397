"""A few files as one ZIP: stored streams are copied, so its length is known before it is sent."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument, StoredFile
from fonds.archive.zip_format import Member as Entry
from fonds.archive.zip_format import directory, local_header
from fonds.corpora.pieces import Piece, Stretch, length, part
from fonds.web.api.content import CHUNK, Span
from fonds.web.api.partial import ranged


class Member(msgspec.Struct, frozen=True):
    """A member: a file of the archive, or bytes."""

    name: str
    content: StoredFile | bytes

    def entry(self, offset: int) -> Entry:
        """Return it as it stands in the directory."""
        if isinstance(self.content, bytes):
            size = len(self.content)
            return Entry(self.name, 0, zlib.crc32(self.content), size, size, offset)
        file = self.content
        return Entry(self.name, file.method, file.crc32, file.stored_size, file.size, offset)


def zip_answer(
    request: Request,
    archive: Archive,
    document: StoredDocument,
    members: list[Member],
    suffix: str,
) -> Response:
    """Answer with a ZIP, or a stretch of it; what lies deflated in a pack is sent as it lies."""
    stem = document.ark.rpartition("/")[2] or document.id
    name = f"{stem}.{suffix}.zip" if suffix else f"{stem}.zip"
    pieces = zip_pieces(members)
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-cache",
    }

    def chunks(span: Span) -> Iterator[bytes]:
        return read(archive, part(pieces, span.begin, span.end))

    size, modified = sum(map(length, pieces)), archive.time_of(document.ord)
    return ranged(request, size, _tag(pieces), headers, chunks, modified=modified)


def zip_pieces(members: list[Member]) -> list[Piece]:
    """Return everything a ZIP of members is made of."""
    pieces: list[Piece] = []
    entries = []
    at = 0
    for member in members:
        entry = member.entry(at)
        content = member.content
        pieces.append(local_header(entry))
        if isinstance(content, StoredFile):
            pieces.append(Stretch(content, 0, content.stored_size))
        else:
            pieces.append(content)
        entries.append(entry)
        at = entry.end
    return [*pieces, directory(entries, at)]


def read(archive: Archive, pieces: Iterator[Piece]) -> Iterator[bytes]:
    """Give the bytes of pieces."""
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece
        else:
            for at in range(piece.begin, piece.end, CHUNK):
                yield archive.read_raw(piece.file, at, min(CHUNK, piece.end - at))


def _tag(pieces: list[Piece]) -> str:
    """Return a strong tag: headers and directory hold names, sizes and checksums."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece if isinstance(piece, bytes) else piece.file.sha512)
    return f'"{digest.hexdigest()[:32]}"'
