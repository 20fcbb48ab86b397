"""Bytes as a deflate stream that compresses nothing: blocks of stored bytes (RFC 1951, 3.2.4).

Its length follows from the length of the bytes alone, so it can be announced beforehand, and a
gzip member or a ZIP member whose checksum comes after its data can hold it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

BLOCK = 65_535  # bytes one block may hold
HEAD = 5


def blocks_of(size: int) -> int:
    """Return how many blocks hold so many bytes; nothing is one empty block."""
    return max(1, -(-size // BLOCK))


def unpacked_size(size: int) -> int:
    """Return the length of the stream."""
    return size + HEAD * blocks_of(size)


def block_head(size: int, *, last: bool) -> bytes:
    """Return what stands before the bytes of a block."""
    return struct.pack("<BHH", int(last), size, size ^ 0xFFFF)


def unpacked(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Give the stream of chunks that are `size` bytes together."""
    held = bytearray()
    left = size
    for chunk in chunks:
        held += chunk
        while len(held) >= BLOCK and left > BLOCK:
            yield block_head(BLOCK, last=False) + bytes(held[:BLOCK])
            del held[:BLOCK]
            left -= BLOCK
    if len(held) != left:
        raise ValueError(f"{size} bytes were announced, {size - left + len(held)} came")
    yield block_head(len(held), last=True) + bytes(held)
