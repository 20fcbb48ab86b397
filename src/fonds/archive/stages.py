"""The ledger as a row per delivered file and stage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from fonds.archive.ledger import LedgerEntry
from fonds.errors import Finding

Stage = Literal["found", "read", "pdf", "rendered", "stored", "indexed"]


class FileStage(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one stage did with one delivered file."""

    collection: str
    file: str
    stage: Stage
    result: str  # "ok", "set-aside", "kept", "failed", "waiting"
    detail: str = ""
    milliseconds: float | None = None  # None: not measured for this file alone
    findings: tuple[Finding, ...] = ()
    time: float = 0.0  # when its pack was written, seconds since 1970
    id: str = ""
    version: int = 0


def stages(entry: LedgerEntry, indexed: int) -> Iterator[FileStage]:
    """Give the stages of every file of an entry; `indexed`: the last place the index holds."""
    if entry.status in ("set-aside", "kept", "mended", "again"):
        yield from _of_reject(entry)
    else:
        yield from _of_document(entry, indexed)


def _of_reject(entry: LedgerEntry) -> Iterator[FileStage]:
    def row(stage: Stage, result: str, detail: str = "") -> FileStage:
        return FileStage(entry.collection, entry.name, stage, result, detail, time=entry.time)

    yield row("found", "ok", f"with {entry.belongs}" if entry.belongs else "")
    later = {
        "mended": f"later it became part of {entry.ark} version {entry.version}"
        if entry.ark
        else "later it could be opened",
        "again": "later it was refused for another reason",
    }.get(entry.status, "")
    yield msgspec.structs.replace(
        row("read", "kept" if entry.status == "kept" else "set-aside", later),
        findings=entry.findings,
        milliseconds=entry.took.read or None,
        id=entry.id,
        version=entry.version,
    )
    yield row("stored", "ok", f"set aside in {entry.files[0].pack if entry.files else entry.pack}")


def _of_document(entry: LedgerEntry, indexed: int) -> Iterator[FileStage]:
    took = entry.took
    base = FileStage(
        entry.collection, entry.name, "found", "ok", time=entry.time, id=entry.id,
        version=entry.version,
    )  # fmt: skip
    of_pdf = tuple(one for one in entry.findings if one.code.startswith("pdf-"))
    others = tuple(one for one in entry.findings if not one.code.startswith("pdf-"))
    main = entry.name.partition("#")[0]
    yield base
    yield msgspec.structs.replace(
        base, stage="read", detail=f"{entry.reader} {entry.reader_version}", findings=others,
        milliseconds=took.read,
    )  # fmt: skip
    forms = [file.extension for file in entry.files[1:] if not file.original]
    yield msgspec.structs.replace(
        base, stage="rendered", detail=", ".join(forms), milliseconds=took.rendered
    )
    for file in entry.files:
        if file.original and file.name != main:
            yield msgspec.structs.replace(base, file=file.name, detail=f"with {entry.name}")
            if file.extension == "pdf" and file.typology == "fulltext":
                yield msgspec.structs.replace(
                    base, file=file.name, stage="pdf", findings=of_pdf, milliseconds=took.pdf,
                    result="failed" if any(one.code != "pdf-no-text" for one in of_pdf) else "ok",
                )  # fmt: skip
            yield msgspec.structs.replace(base, file=file.name, stage="stored", detail=file.pack)
    yield msgspec.structs.replace(
        base, stage="stored", milliseconds=took.stored,
        detail=f"{entry.ark} version {entry.version} in {entry.pack}",
    )  # fmt: skip
    yield msgspec.structs.replace(
        base, stage="indexed", result="ok" if entry.ord <= indexed else "waiting"
    )
