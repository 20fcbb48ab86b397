"""What passes out of this room: candidates found in a delivery, and what a reader read."""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec
from lxml import etree

from fonds.errors import Finding
from fonds.record import Record

Role = Literal["metadata", "fulltext", "annexes", "covers"]


class DeliveredFile(msgspec.Struct, frozen=True):
    """A file of a delivery, and where its bytes are on this machine now."""

    name: str  # in the delivery: "issue.zip!/a/b.xml"; bytes that are not UTF-8 as \xNN
    location: str  # path on disk (os.fsdecode, so os.open works with odd names)
    size: int


class Attachment(msgspec.Struct, frozen=True):
    """A file that belongs to a document beside its XML and PDF."""

    file: DeliveredFile
    role: Role


class Candidate(msgspec.Struct, frozen=True):
    """Files that seem to make one document (or several, if the description does)."""

    name: str  # the description's or the PDF's name in the delivery
    description: DeliveredFile | None  # XML or another form that a reader reads
    pdf: DeliveredFile | None
    attachments: tuple[Attachment, ...] = ()
    beside: tuple[DeliveredFile, ...] = ()  # what describes the delivery, nearest first
    findings: tuple[Finding, ...] = ()  # what was wrong with its files when they arrived


class Rejected(msgspec.Struct, frozen=True):
    """A delivered file that cannot become a document: kept, reported, never lost."""

    file: DeliveredFile
    finding: Finding


class Source(msgspec.Struct, frozen=True):
    """A delivered description, as a reader sees it."""

    name: str  # in the delivery
    data: bytes = b""  # as delivered; empty for XML, which is parsed already
    root: etree._Element | None = None  # None when it is not XML
    beside: tuple[
        etree._Element, ...
    ] = ()  # what describes the delivery (dataset.xml), nearest first


class Piece(msgspec.Struct, frozen=True):
    """One record cut out of a file that holds many: itself a file of the same format."""

    name: str  # what the record is called within its file, without slashes
    data: bytes


class Reading(msgspec.Struct, frozen=True):
    """One document as a reader read it.

    `text` is the running text as a TEI `text` element (TEI P5), the form that every rendition is
    made from; None when there is none. The bibliography is not in it: it stands in
    `record.ref_bibs`, and references to it point at `Reference.key`.
    """

    record: Record
    text: etree._Element | None = None
    findings: tuple[Finding, ...] = ()
    piece: Piece | None = None  # kept for the document instead of its whole file
    reader: str = ""  # name of the reader, set by whoever called it


class Reader(Protocol):
    """What a format's module offers; registered under the entry point group `fonds.sources`."""

    name: str  # "jats"
    label: str  # "JATS / NLM / TaxPub"
    version: int  # raised when what it makes of a file changes

    def recognises(self, source: Source) -> bool:
        """Tell by content (root, namespace, children, first bytes), never by file name."""
        ...

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every document of the source. May change the tree."""
        ...
