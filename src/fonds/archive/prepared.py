"""What the archive takes in: a document ready to be written, members deflated once."""

from __future__ import annotations

from typing import Literal

import msgspec

from fonds.archive.ledger import EnrichmentNote, Took
from fonds.errors import Finding
from fonds.record import Record

Typology = Literal["fulltext", "metadata", "annexes", "covers", "enrichments"]


class PreparedFile(msgspec.Struct, frozen=True):
    """A member to be written. Exactly one of `data` and `location` holds its bytes."""

    typology: Typology
    extension: str  # "pdf", "xml", "txt", "cleaned"
    mimetype: str
    original: bool  # as delivered
    name: str  # name in the delivery, or "" for what we made
    method: Literal[0, 8]  # ZIP method: stored or deflated
    crc32: int
    size: int  # uncompressed
    sha512: bytes  # of the uncompressed bytes, 64 bytes
    data: bytes | None = None  # as stored in the pack (raw deflate stream, or plain)
    location: str | None = None  # stored members may be copied from disk instead
    names_itself: bool = False  # id and ARK of the document stand in it


class Expected(msgspec.Struct, frozen=True):
    """The identifiers a document will get unless they are taken (one in a million is)."""

    id: str
    ark: str


class PreparedDocument(msgspec.Struct, frozen=True):
    """A document read, rendered and compressed; the archive gives it its identifiers."""

    collection: str
    record: Record  # without id, ark, version, files
    files: tuple[PreparedFile, ...]
    source: str  # name of the main file in the delivery
    reader: str  # name of the reader, e.g. "jats"
    findings: tuple[Finding, ...] = ()
    expected: Expected | None = None  # what its files call it, where they do
    reader_version: int = 0
    took: Took = Took()


class PreparedEnrichment(msgspec.Struct, frozen=True):
    """What enrichments made of a document, compressed; the archive puts it beside the others."""

    ord: int
    id: str
    version: int  # of the document
    turn: int  # at which the document was read; when it was enriched since, this is refused
    record: PreparedFile  # the complete record with all that enrichments add
    notes: tuple[EnrichmentNote, ...]
    files: tuple[PreparedFile, ...]
    kept: tuple[tuple[str, str], ...]  # typology and extension of what stays from before


class PreparedReject(msgspec.Struct, frozen=True):
    """A file set aside: its bytes go into the archive, its finding into the ledger."""

    collection: str
    file: PreparedFile
    finding: Finding
    belongs: str = ""  # name of the main file that it was set aside with
    took: float = 0.0  # milliseconds until it was refused
