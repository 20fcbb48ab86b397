"""What is read from a PDF."""

from __future__ import annotations

import struct

import msgspec

LENGTH = struct.Struct("<I")  # stands before each message to and from the reading child


class Line(msgspec.Struct, frozen=True):
    """A line of the first page; sizes and places in points from the page's lower left."""

    text: str
    size: float  # of its letters
    left: float
    bottom: float


class PdfFront(msgspec.Struct, frozen=True):
    """What a PDF says about itself."""

    info: dict[str, str]
    xmp: bytes
    lines: tuple[Line, ...]


class PdfFacts(msgspec.Struct, frozen=True):
    """Facts of one PDF; sizes in points, text repaired."""

    version: float
    pages: int
    page_size: str  # of the first page: "595 x 842 pts (A4)"
    words: int
    characters: int
    text: str  # pages apart by form feeds
    is_text: bool  # False: a scan
    encrypted: bool = False  # protected, yet readable without a password
    front: PdfFront | None = None  # only where it was asked for


class PdfContent(msgspec.Struct, frozen=True):
    """What the child process reads; its text is as the library gives it."""

    version: float
    pages: int
    read: int  # pages whose text was taken
    page_size: str
    text: str
    encrypted: bool
    front: PdfFront | None = None


class PdfFailure(msgspec.Struct, frozen=True):
    """Why a PDF could not be read; `code` is one of `findings.FINDINGS`."""

    code: str
    reason: str
