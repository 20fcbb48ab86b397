"""What a batch writes about a document: its complete record, its digest, rows for its files."""

from __future__ import annotations

import hashlib

import msgspec

from fonds.archive.model import StoredFile
from fonds.archive.prepared import PreparedDocument, PreparedFile
from fonds.archive.rows import FileRow
from fonds.archive.zip_format import Member
from fonds.record import FileDescriptor


def content_digest(document: PreparedDocument) -> str:
    """Return one digest of everything that was delivered for a document."""
    digests = sorted(file.sha512 for file in document.files if file.original)
    return hashlib.sha256(b"".join(digests)).hexdigest()


def complete(
    document: PreparedDocument, collection: str, found: str, ark: str, version: int
) -> bytes:
    """Return the record as JSON, with identifiers and the places of its files."""
    described: dict[str, list[FileDescriptor]] = {}
    enrichments: dict[str, list[FileDescriptor]] = {}
    for file in document.files:
        if file.typology == "enrichments":
            enrichments.setdefault(file.extension, []).append(_enrichment(ark, file))
        else:
            described.setdefault(file.typology, []).append(_descriptor(ark, file))
    described.setdefault("metadata", []).append(
        FileDescriptor(
            original=False,
            mimetype="application/json",
            extension="json",
            uri=f"/{ark}/record.json",
        )
    )
    record = msgspec.structs.replace(
        document.record,
        corpus_name=collection,
        ark_istex=ark,
        ark=(ark,),
        id=found,
        version=version,
        enrichments={name: tuple(files) for name, files in enrichments.items()},
        **{typology: tuple(files) for typology, files in described.items()},
    )
    return msgspec.json.encode(record)


def with_originals(
    files: tuple[PreparedFile, ...], kept: tuple[StoredFile, ...]
) -> tuple[PreparedFile, ...]:
    """Return what was made anew, with the originals as they are kept, each in its place."""
    originals = {(file.typology, file.extension): file for file in kept if file.original}
    found: list[PreparedFile] = []
    for file in files:
        if not file.original:
            found.append(file)
        elif (before := originals.pop((file.typology, file.extension), None)) is not None:
            found.append(_as_kept(before))
    return (*found, *map(_as_kept, originals.values()))


def _as_kept(file: StoredFile) -> PreparedFile:
    return msgspec.convert(
        {
            "typology": file.typology,
            "extension": file.extension,
            "mimetype": file.mimetype,
            "original": True,
            "name": file.name,
            "method": file.method,
            "crc32": file.crc32,
            "size": file.size,
            "sha512": file.sha512,
        },
        PreparedFile,
    )


def file_row(file: PreparedFile, member: Member, version: int) -> FileRow:
    """Return the row of a file that was written as a member of the pack."""
    return FileRow(
        typology=file.typology,
        extension=file.extension,
        mimetype=file.mimetype,
        original=file.original,
        name=file.name,
        offset=member.data_offset,
        stored_size=member.stored_size,
        size=member.size,
        method=member.method,
        crc32=member.crc32,
        sha512=file.sha512,
        version=version,
    )


def record_row(record: bytes, member: Member, version: int) -> FileRow:
    """Return the row of the record."""
    return FileRow(
        typology="metadata",
        extension="json",
        mimetype="application/json",
        original=False,
        name="",
        offset=member.data_offset,
        stored_size=member.stored_size,
        size=member.size,
        method=member.method,
        crc32=member.crc32,
        sha512=hashlib.sha512(record).digest(),
        version=version,
    )


def _enrichment(ark: str, file: PreparedFile) -> FileDescriptor:
    """Describe an enrichment; the name of its kind is what the archive has as its extension."""
    return FileDescriptor(
        original=file.original,
        mimetype=file.mimetype,
        extension="tei",
        uri=f"/{ark}/enrichments/{file.extension}",
    )


def _descriptor(ark: str, file: PreparedFile) -> FileDescriptor:
    typology = "record" if file.typology == "metadata" else file.typology
    return FileDescriptor(
        original=file.original,
        mimetype=file.mimetype,
        extension=file.extension,
        uri=f"/{ark}/{typology}.{file.extension}",
    )
