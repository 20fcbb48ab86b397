"""What happened to each delivered file. The same lines stand in the pack and in the catalogue."""

from __future__ import annotations

import msgspec

from fonds.archive.model import Status
from fonds.errors import Finding


class MemberEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of a document, as its pack's ledger names it."""

    member: str  # path in the bag, under data/
    typology: str
    extension: str
    mimetype: str
    original: bool = False
    name: str = ""  # in the delivery


class DocumentEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="document"):
    """One document in a pack; the first of its files is its record."""

    ord: int
    id: str
    ark: str
    identity: str
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


class RejectEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="set-aside"):
    """One file set aside in a pack."""

    member: str
    collection: str
    source: str
    content: str
    time: float
    finding: Finding


class DecisionEntry(msgspec.Struct, frozen=True, omit_defaults=True, tag="decision"):
    """What a person decided: whether two documents are the same work."""

    first: str  # ids, the smaller first
    second: str
    linked: bool
    time: float
    why: str = ""


Entry = DocumentEntry | RejectEntry | DecisionEntry


class LedgerRow(msgspec.Struct, frozen=True):
    """One line of `fonds report`."""

    collection: str
    name: str
    status: Status
    time: float
    id: str = ""
    code: str = ""
    reason: str = ""
    line: int | None = None
    column: int | None = None
