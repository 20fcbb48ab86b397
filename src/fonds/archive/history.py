"""Reads the ledger: what happened to each delivered file, from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fonds.archive.catalogue import Catalogue
from fonds.archive.ledger import LedgerEntry, LedgerRow, Took
from fonds.archive.rows import FileRow, stored
from fonds.errors import Finding

_FILE = msgspec.msgpack.Decoder(FileRow)
_FILES = msgspec.msgpack.Decoder(tuple[FileRow, ...])
_FINDINGS = msgspec.msgpack.Decoder(tuple[Finding, ...])
_TOOK = msgspec.msgpack.Decoder(Took)
_ALL = (
    "SELECT c.name, l.name, l.status, l.time, l.findings, l.belongs, l.took, p.name, l.file,"
    " d.ord, d.id, d.ark, d.version, d.reader, d.reader_version, d.files FROM ledger l"
    " JOIN collection c ON c.id = l.collection JOIN pack p ON p.id = l.pack"
    " LEFT JOIN document d ON d.ord = l.ord"
)
_SAID = (
    "SELECT c.name, l.name, l.status, l.time, l.findings, d.id FROM ledger l"
    " JOIN collection c ON c.id = l.collection LEFT JOIN document d ON d.ord = l.ord"
)
_ASIDE = f"{_ALL} WHERE l.status IN ('set-aside', 'kept') AND l.findings IS NOT NULL AND c.name = ?"


def entries(catalogue: Catalogue, collection: str = "") -> Iterator[LedgerEntry]:
    """Give everything the ledger says, in the order in which it happened."""
    where = " WHERE c.name = ?" if collection else ""
    values = (collection,) if collection else ()
    yield from map(_entry, catalogue.stream(f"{_ALL}{where} ORDER BY l.id", values))


def lines(catalogue: Catalogue, collection: str = "", *, said: bool = False) -> Iterator[LedgerRow]:
    """Give a row per finding, and one per file without any; `said`: only findings."""
    where = ["l.findings IS NOT NULL"] if said else []
    where += ["c.name = ?"] if collection else []
    sql = f"{_SAID} WHERE {' AND '.join(where) or '1'} ORDER BY l.id"
    for row in catalogue.stream(sql, (collection,) if collection else ()):
        yield from _lines(row)


def set_aside(catalogue: Catalogue, collection: str) -> list[LedgerEntry]:
    """Return the files of a collection that are set aside now."""
    return [_entry(row) for row in catalogue.rows(f"{_ASIDE} ORDER BY l.id", (collection,))]


def of_file(catalogue: Catalogue, name: str) -> list[LedgerEntry]:
    """Return what happened to a file, oldest first; a name may leave out its folders.

    A file that went with a document is found by its document.
    """
    for where, value in (
        ("l.name = ?", name),
        ("l.name LIKE ? ESCAPE '\\'", f"%/{_escaped(name)}"),
        ("d.ord IN (SELECT ord FROM document WHERE instr(files, ?))", name.encode()),
    ):
        found = list(map(_entry, catalogue.rows(f"{_ALL} WHERE {where} ORDER BY l.id", (value,))))
        if found:
            return found
    return []


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _entry(row: Sequence[object]) -> LedgerEntry:
    collection, name, status, time, findings, belongs, took, pack, file = row[:9]
    number, identifier, ark, version, reader, reader_version, files = row[9:]
    held: tuple[FileRow, ...] = (_FILE.decode(file),) if isinstance(file, bytes) else ()
    if isinstance(files, bytes) and status not in ("mended", "again"):
        held = _FILES.decode(files)
    return msgspec.convert(
        {
            "collection": collection,
            "name": name,
            "status": status,
            "time": time,
            "findings": _FINDINGS.decode(findings) if isinstance(findings, bytes) else (),
            "belongs": belongs,
            "took": _TOOK.decode(took) if isinstance(took, bytes) else Took(),
            "pack": pack,
            "ord": number or 0,
            "id": identifier.hex().upper() if isinstance(identifier, bytes) else "",
            "ark": ark or "",
            "version": version or 0,
            "reader": reader or "",
            "reader_version": reader_version or 0,
            "files": tuple(stored(one, str(pack)) for one in held),
        },
        LedgerEntry,
    )


def _lines(row: Sequence[object]) -> Iterator[LedgerRow]:
    collection, name, status, time, findings, identifier = row
    shown = identifier.hex().upper() if isinstance(identifier, bytes) else ""
    said = _FINDINGS.decode(findings) if isinstance(findings, bytes) else ()
    base = msgspec.convert(
        {"collection": collection, "name": name, "status": status, "time": time, "id": shown},
        LedgerRow,
    )
    if not said:
        yield base
    for one in said:
        yield msgspec.structs.replace(
            base, code=one.code, reason=one.reason, line=one.line, column=one.column
        )
