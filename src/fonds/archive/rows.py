"""What a pack brings to the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.archive.ledger import Entry
from fonds.archive.model import StoredFile


class FileRow(msgspec.Struct, frozen=True, array_like=True):
    """A stored file as the catalogue keeps it, without its pack."""

    typology: str
    extension: str
    mimetype: str
    original: bool
    name: str
    offset: int
    stored_size: int
    size: int
    method: int
    crc32: int
    sha512: bytes
    version: int = 0  # of the document that brought it
    pack: str = ""  # the pack that holds it, when it is not the one of its document


FILES = msgspec.msgpack.Decoder(tuple[FileRow, ...])
NOW = 1 << 62  # a turn that is always the latest


def joined(files: bytes, added: bytes | None) -> tuple[FileRow, ...]:
    """Return the files of a document with what enrichments added; their record counts."""
    base = FILES.decode(files)
    if added is None:
        return base
    record, *more = FILES.decode(added)
    return (record, *base[1:], *more)


class PackRows(msgspec.Struct, frozen=True):
    """What a pack adds to the catalogue."""

    name: str
    bytes: int
    entries: Sequence[tuple[Entry, tuple[FileRow, ...]]]


class Aside(msgspec.Struct, frozen=True):
    """A file that was set aside: why, and where it lies."""

    code: str
    file: FileRow  # names its pack


def referring(file: StoredFile) -> FileRow:
    """Return the row of a file that another pack holds."""
    return FileRow(
        typology=file.typology,
        extension=file.extension,
        mimetype=file.mimetype,
        original=file.original,
        name=file.name,
        offset=file.offset,
        stored_size=file.stored_size,
        size=file.size,
        method=file.method,
        crc32=file.crc32,
        sha512=file.sha512,
        version=file.version,
        pack=file.pack,
    )


def stored(row: FileRow, pack: str) -> StoredFile:
    """Return where a file lies; `pack` holds it unless its row names another."""
    return StoredFile(
        typology=row.typology,
        extension=row.extension,
        mimetype=row.mimetype,
        original=row.original,
        name=row.name,
        pack=row.pack or pack,
        offset=row.offset,
        stored_size=row.stored_size,
        size=row.size,
        method=row.method,
        crc32=row.crc32,
        sha512=row.sha512,
        version=row.version,
    )
