"""What the archive gives out."""

from __future__ import annotations

from typing import Literal

import msgspec

from fonds.errors import Finding

# a file set aside may be "mended" later (a document came of it) or "again" (another reason now)
# "kept": no document and no failure, as a list of files
Status = Literal["loaded", "new-version", "unchanged", "set-aside", "kept", "mended", "again"]

# "made"; "nothing": the document gave it nothing to work on; "failed": the finding says why
EnrichmentStatus = Literal["made", "nothing", "failed"]


class StoredFile(msgspec.Struct, frozen=True):
    """Where a file of a document lies: a byte range of a pack."""

    typology: str
    extension: str
    mimetype: str
    original: bool
    name: str
    pack: str  # file name of the pack under archive/
    offset: int  # of the first data byte in the pack
    stored_size: int  # bytes in the pack
    size: int  # bytes when inflated
    method: int  # 0 stored, 8 raw deflate
    crc32: int
    sha512: bytes
    version: int = 0  # of its document that brought it


class StoredDocument(msgspec.Struct, frozen=True):
    """A document of the archive at one version."""

    ord: int  # place in the order of arrival, from 1, never reused; a new version has a new one
    id: str
    ark: str
    collection: str
    version: int
    record: bytes  # the complete record as JSON, file URIs as paths ("/ark:/...")
    current: bool


class Outcome(msgspec.Struct, frozen=True):
    """What happened to one document or file given to a batch."""

    status: Status
    source: str
    id: str = ""
    ord: int = 0
    code: str = ""
    duplicate: bool = False  # another document is the same work, or claims its identifier


class StoredEnrichment(msgspec.Struct, frozen=True):
    """What an enrichment came to in a document, and how it was made."""

    name: str
    version: int
    status: EnrichmentStatus
    time: float  # seconds since 1970
    took: float  # milliseconds
    parameters: str  # as a JSON object
    provenance: str
    finding: Finding | None = None


class EnrichmentCount(msgspec.Struct, frozen=True):
    """In how many current documents a version of an enrichment came to what."""

    name: str
    version: int
    status: EnrichmentStatus
    documents: int
    milliseconds: float  # of one document, on average


class CollectionInfo(msgspec.Struct, frozen=True):
    """What one collection holds."""

    name: str
    documents: int
    versions: int  # old ones counted
    bytes: int  # in packs
    set_aside: int
    first: float  # time of the first and the last load, seconds since 1970
    last: float
