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
    """Files that seem to make one document (or several, if the XML holds several)."""

    name: str  # the XML's or the PDF's name in the delivery
    xml: DeliveredFile | None
    pdf: DeliveredFile | None
    attachments: tuple[Attachment, ...] = ()


class Rejected(msgspec.Struct, frozen=True):
    """A delivered file that cannot become a document: kept, reported, never lost."""

    file: DeliveredFile
    finding: Finding


BlockKind = Literal["head", "p", "list", "figure", "table", "formula", "note", "quote", "code"]


class Block(msgspec.Struct, frozen=True):
    """One block of running text, in reading order; blanks are collapsed."""

    kind: BlockKind
    text: str
    level: int = 0  # depth of the section it stands in, 1 = top


class Body(msgspec.Struct, frozen=True):
    """The text of a document as its publisher structured it; no blocks when there is none."""

    blocks: tuple[Block, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """One document as a reader read it."""

    record: Record
    body: Body
    findings: tuple[Finding, ...] = ()
    reader: str = ""  # name of the reader, set by whoever called it


class Reader(Protocol):
    """What a format's module offers; registered under the entry point group `fonds.sources`."""

    name: str  # "jats"
    label: str  # "JATS / NLM / TaxPub"

    def recognises(self, root: etree._Element) -> bool:
        """Tell by content (root, namespace, children), never by file name."""
        ...

    def read(self, root: etree._Element) -> tuple[Reading, ...]:
        """Read every document of the tree. May change the tree."""
        ...
