"""What happened to each delivered file. The same lines stand in the pack and in the catalogue."""

from __future__ import annotations

import msgspec

from fonds.archive.model import EnrichmentStatus, Status, StoredFile
from fonds.errors import Finding


class MemberEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of a document, as its pack's ledger names it."""

    member: str  # path in the bag, under data/
    typology: str
    extension: str
    mimetype: str
    original: bool = False
    name: str = ""  # in the delivery
    pack: str = ""  # the pack that holds it, when another one does


class Took(msgspec.Struct, frozen=True, omit_defaults=True):
    """How long the stages of one document took, in milliseconds."""

    read: float = 0.0  # parsed and read by its reader
    pdf: float = 0.0
    rendered: float = 0.0
    stored: float = 0.0


class DocumentEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="document"):
    """One document in a pack; the first of its files is its record."""

    ord: int
    id: str
    ark: str
    identity: str  # empty when it was read again: the first version's counts
    collection: str
    version: int
    status: Status
    content: str  # SHA-256 of what was delivered, hexadecimal
    source: str
    reader: str
    time: float
    files: tuple[MemberEntry, ...]
    findings: tuple[Finding, ...] = ()
    works: tuple[str, ...] = ()  # keys it shares with other deliveries of the same work
    reader_version: int = 0
    took: Took = Took()


class RejectEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="set-aside"):
    """One file set aside in a pack; refused again for another reason, it is kept once."""

    member: str
    collection: str
    source: str
    content: str
    time: float
    finding: Finding
    belongs: str = ""  # name of the main file that it was set aside with
    pack: str = ""  # the pack that holds it, when another one does
    took: float = 0.0  # milliseconds until it was refused


class MendedEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="mended"):
    """A file set aside before that needs no document of its own: a delivered archive, opened."""

    collection: str
    source: str
    content: str
    time: float


class ReadAgainEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="read-again"):
    """A document that a newer version of its reader reads as before."""

    ord: int
    collection: str
    reader: str
    reader_version: int
    time: float


class DecisionEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="decision"):
    """What a person decided: whether two documents are the same work."""

    first: str  # ids, the smaller first
    second: str
    linked: bool
    time: float
    why: str = ""


class MethodEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="method"):
    """How an enrichment made what its pack holds; stands before the documents."""

    name: str
    version: int
    parameters: str  # as a JSON object, keys in order
    provenance: str
    time: float


class EnrichmentNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one enrichment came to in one document."""

    name: str
    version: int
    status: EnrichmentStatus
    took: float = 0.0  # milliseconds
    finding: Finding | None = None


class EnrichedEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="enriched"):
    """A document enriched: all that now stands in the place of its record, and beside its files."""

    turn: int  # number of the pack among those of enrichments, from 1
    ord: int
    id: str
    version: int  # of the document
    time: float
    notes: tuple[EnrichmentNote, ...]
    files: tuple[MemberEntry, ...]  # its record, then the enrichments' files, older ones with them


Entry = (
    DocumentEntry
    | RejectEntry
    | MendedEntry
    | ReadAgainEntry
    | DecisionEntry
    | MethodEntry
    | EnrichedEntry
)


class LedgerRow(msgspec.Struct, frozen=True):
    """One line of `fonds report --files`."""

    collection: str
    name: str
    status: Status
    time: float
    id: str = ""
    code: str = ""
    reason: str = ""
    line: int | None = None
    column: int | None = None


class LedgerEntry(msgspec.Struct, frozen=True):
    """Everything the ledger says about one document, or about one file set aside."""

    collection: str
    name: str
    status: Status
    time: float
    findings: tuple[Finding, ...]
    belongs: str
    took: Took
    pack: str
    ord: int = 0  # of the document that came of it; 0 when there is none
    id: str = ""
    ark: str = ""
    version: int = 0
    reader: str = ""
    reader_version: int = 0
    files: tuple[StoredFile, ...] = ()
