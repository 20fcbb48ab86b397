"""What an export is made of: bytes of ours, and stretches of files in the packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fonds.archive.model import StoredFile


class Stretch(msgspec.Struct, frozen=True):
    """Bytes of a stored file, as they lie in the pack."""

    file: StoredFile
    begin: int
    end: int


Piece = bytes | Stretch


def length(piece: Piece) -> int:
    """Return the bytes of a piece."""
    return len(piece) if isinstance(piece, bytes) else piece.end - piece.begin


def part(pieces: Iterable[Piece], begin: int, end: int) -> Iterator[Piece]:
    """Give the bytes from `begin` to `end` of pieces that stand one behind another."""
    at = 0
    for piece in pieces:
        size = len(piece) if isinstance(piece, bytes) else piece.end - piece.begin
        after = at + size
        if begin <= at and after <= end and size:
            yield piece  # as most are: a million documents come through here
        elif after > begin and size:
            yield _cut(piece, max(0, begin - at), min(size, end - at))
        at = after
        if at >= end:
            return


def _cut(piece: Piece, begin: int, end: int) -> Piece:
    if isinstance(piece, bytes):
        return piece[begin:end]
    return Stretch(piece.file, piece.begin + begin, piece.begin + end)
