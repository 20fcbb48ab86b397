"""What `fonds report` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.ledger import LedgerRow
from fonds.archive.stages import FileStage, stages
from fonds.cli.output import print_json, print_line
from fonds.errors import FileNotDelivered
from fonds.findings import FINDINGS
from fonds.search.engines import open_engine
from fonds.settings import Settings


class Cause(msgspec.Struct, frozen=True):
    """Everything that was found for one reason."""

    code: str
    count: int
    collections: tuple[str, ...]
    meaning: str
    next: str
    example: LedgerRow


class FailedEnrichment(msgspec.Struct, frozen=True):
    """An enrichment that failed in a document."""

    id: str
    enrichment: str
    code: str
    reason: str


def findings(
    home: Path, settings: Settings, collection: str, code: str, *, loaded: bool
) -> list[LedgerRow]:
    """Return what was found in files set aside; `loaded`: in documents, too."""
    with Archive.open(home, settings) as archive:
        return [
            row
            for row in archive.ledger(collection, said=True)
            if (
                row.status == "set-aside"
                or (loaded and row.status in ("loaded", "new-version", "kept"))
            )
            and (not code or row.code == code)
        ]


def causes(rows: Iterable[LedgerRow]) -> list[Cause]:
    """Group findings by their code, the most frequent first."""
    groups: dict[str, list[LedgerRow]] = {}
    for row in rows:
        groups.setdefault(row.code, []).append(row)
    found = []
    for code, group in groups.items():
        meaning, action = FINDINGS.get(code, ("", ""))
        names = tuple(sorted({row.collection for row in group}))
        found.append(Cause(code, len(group), names, meaning, action, group[0]))
    return sorted(found, key=lambda cause: (-cause.count, cause.code))


def tell_causes(rows: list[LedgerRow], *, as_json: bool) -> None:
    """Say the causes."""
    found = causes(rows)
    if as_json:
        print_json(found)
        return
    if not found:
        print_line("Nothing was set aside.")
    for cause in found:
        print_line(f"{cause.count:>7,}  {cause.code}: {cause.meaning}")
        print_line(f"         for example {_where(cause.example)} ({cause.example.reason})")
        print_line(f"         {cause.next}")
    if found:
        print_line("fonds report --files lists every file; fonds report FILE tells its story.")


def tell_files(rows: list[LedgerRow], *, as_json: bool) -> None:
    """Say every finding with its file."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        print_line("Nothing was set aside.")
    for row in rows:
        meaning, action = FINDINGS.get(row.code, ("", ""))
        print_line(f"{row.collection}: {_where(row)}")
        print_line(f"  {row.status}: {row.code} ({row.reason})")
        print_line(f"  {meaning} {action}")


def tell_enrichments(home: Path, settings: Settings, *, as_json: bool) -> None:
    """Say where an enrichment failed."""
    with Archive.open(home, settings) as archive:
        found = list(archive.enrichment_failures())
        names = archive.names([number for number, _, _ in found])
    rows = [FailedEnrichment(names[n][0], name, one.code, one.reason) for n, name, one in found]
    if as_json:
        print_json(rows)
        return
    if not rows:
        print_line("No enrichment failed.")
    for row in rows:
        print_line(f"{row.id}: {row.enrichment}: {row.code} ({row.reason})")
        print_line(f"  {' '.join(FINDINGS.get(row.code, ('', '')))}")


def tell_stages(
    home: Path, settings: Settings, file: str, collection: str, *, as_json: bool
) -> None:
    """Say every stage of one file, or of all; raises FileNotDelivered."""
    rows = list(_stages(home, settings, file, collection))
    if file and not rows:
        raise FileNotDelivered(name=file)
    if as_json:
        print_json(rows)
        return
    before = ""
    for row in rows:
        head = f"{row.collection}: {row.file}"
        if head != before:
            print_line(head)
        before = head
        _tell_stage(row)


def _stages(home: Path, settings: Settings, file: str, collection: str) -> Iterator[FileStage]:
    engine = open_engine(home, settings, writable=False)
    try:
        indexed = engine.last_ord()
    finally:
        engine.close()
    with Archive.open(home, settings) as archive:
        if not file:
            for entry in archive.entries(collection):
                yield from stages(entry, indexed)
            return
        for entry in archive.story(file):
            if not collection or entry.collection == collection:
                yield from _only(file, list(stages(entry, indexed)))


def _only(file: str, rows: list[FileStage]) -> list[FileStage]:
    """Keep the rows of a file that went with a document; of the document's own file, all."""
    own = [row for row in rows if row.file == file or row.file.endswith(f"/{file}")]
    return rows if not own or own[0].file == rows[0].file else own


def _tell_stage(row: FileStage) -> None:
    time = datetime.fromtimestamp(row.time, UTC).strftime("%Y-%m-%d %H:%M")
    took = f", {row.milliseconds:,.1f} ms" if row.milliseconds is not None else ""
    detail = f" ({row.detail})" if row.detail else ""
    print_line(f"  {time}  {row.stage}: {row.result}{detail}{took}")
    for one in row.findings:
        place = f", line {one.line}" if one.line else ""
        print_line(f"                      {one.code}: {one.reason}{place}")


def _where(row: LedgerRow) -> str:
    place = f", line {row.line}" if row.line else ""
    return f"{row.name}{place}" + (f", column {row.column}" if row.column else "")
