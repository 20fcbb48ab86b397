"""What a pack brings to the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.archive.ledger import Entry


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


class PackRows(msgspec.Struct, frozen=True):
    """What a pack adds to the catalogue."""

    name: str
    bytes: int
    entries: Sequence[tuple[Entry, tuple[FileRow, ...]]]
