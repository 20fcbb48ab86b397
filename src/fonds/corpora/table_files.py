"""Tables as files: CSV (RFC 4180), JSON Lines and Apache Parquet, written while they are read."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from fonds.archive.archive import Archive
from fonds.corpora.enrichment_rows import May, enrichment_columns, enrichment_rows
from fonds.corpora.tables import Column, Row, Shown, read_columns, rows
from fonds.errors import ExtraMissing, OutputNotWritable, ParameterInvalid
from fonds.search.engine import Ords

Format = Literal["csv", "jsonl", "parquet"]
Progress = Callable[[int, int], None]

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
_BETWEEN = "; "  # values of one CSV cell
_GROUP = 20_000  # rows of a Parquet row group
_encode = msgspec.json.Encoder().encode


def is_table(name: str) -> bool:
    """Tell whether a file name is that of a table."""
    return "." in name and _ending(name) in get_args(Format)


def table_format(name: str) -> Format:
    """Return the format of a file name or of a word; raises ParameterInvalid."""
    ending = _ending(name)
    if ending not in get_args(Format):
        raise ParameterInvalid(
            name="format", value=name[:80], reason="csv, jsonl or parquet was expected"
        )
    chosen: Format = msgspec.convert(ending, Format)
    return chosen


def _ending(name: str) -> str:
    ending = name.lower().rpartition(".")[2]
    return {"ndjson": "jsonl", "json": "jsonl"}.get(ending, ending)


def table_chunks(
    archive: Archive,
    ords: Ords,
    fields: str,
    chosen: Format,
    progress: Progress | None = None,
    shown: Shown = bytes,
) -> Iterator[bytes]:
    """Return the bytes of a table. Raises ParameterInvalid and ExtraMissing, before any byte."""
    found = read_columns(fields)
    batches = _counted(rows(archive, ords, found, shown), len(ords), progress)
    return _chunks(found, batches, chosen)


def enrichment_chunks(
    archive: Archive,
    ords: Ords,
    name: str,
    fields: str,
    chosen: Format,
    progress: Progress | None = None,
    may: May | None = None,
) -> Iterator[bytes]:
    """Return the bytes of a table of an enrichment's terms, entities, references or the like.

    Raises ParameterInvalid and ExtraMissing, before any byte.
    """
    found = enrichment_columns(name, fields)
    batches = enrichment_rows(archive, ords, name, found, may)
    return _chunks(found, _told(batches, len(ords), progress), chosen)


def _chunks(
    found: Sequence[Column], batches: Iterator[list[Row]], chosen: Format
) -> Iterator[bytes]:
    if chosen == "csv":
        return _csv(found, batches)
    if chosen == "jsonl":
        return _jsonl(found, batches)
    return _parquet(_arrow(), found, batches)


def write_table(chunks: Iterable[bytes], target: Path) -> int:
    """Write a table to a file, there wholly or not at all, and return its bytes.

    Raises OutputNotWritable.
    """
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        with fresh.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            size = file.tell()
        fresh.rename(target)
    except OSError as error:
        raise OutputNotWritable(path=target, reason=error.strerror or error) from error
    finally:
        fresh.unlink(missing_ok=True)
    return size


def _counted(
    batches: Iterator[list[Row]], whole: int, progress: Progress | None
) -> Iterator[list[Row]]:
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        if progress is not None:
            progress(done, whole)


def _told(
    batches: Iterator[tuple[int, list[Row]]], whole: int, progress: Progress | None
) -> Iterator[list[Row]]:
    done = 0
    for looked, batch in batches:
        yield batch
        done += looked
        if progress is not None:
            progress(done, whole)


def _csv(found: Sequence[Column], batches: Iterator[list[Row]]) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in found])
    for batch in batches:
        for row in batch:
            writer.writerow([_cell(value) for value in row])
        yield out.getvalue().encode("utf-8", "replace")
        out.seek(0)
        out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return _BETWEEN.join(map(_cell, value))
        case dict():
            return _encode(value).decode()
    return str(value)


def _jsonl(found: Sequence[Column], batches: Iterator[list[Row]]) -> Iterator[bytes]:
    names = [column.name for column in found]
    for batch in batches:
        yield b"".join(
            _encode({k: v for k, v in zip(names, row, strict=True) if v not in (None, [])}) + b"\n"
            for row in batch
        )


def _arrow() -> Any:
    """Return pyarrow, which is an extra; raises ExtraMissing."""
    try:
        import pyarrow.parquet  # noqa: PLC0415  # large, and only for Parquet

        return pyarrow
    except ImportError as error:
        raise ExtraMissing(what="Parquet", extra="tables") from error


def _parquet(arrow: Any, found: Sequence[Column], batches: Iterator[list[Row]]) -> Iterator[bytes]:
    types = {"text": arrow.string(), "integer": arrow.int64(), "number": arrow.float64(),
             "boolean": arrow.bool_(), "object": arrow.string()}  # fmt: skip
    kinds = [arrow.list_(types[c.kind]) if c.several else types[c.kind] for c in found]
    schema = arrow.schema([(c.name, kind) for c, kind in zip(found, kinds, strict=True)])
    sink = _Sink()
    with arrow.parquet.ParquetWriter(
        arrow.PythonFile(sink, mode="w"), schema, compression="zstd"
    ) as writer:
        held: list[Row] = []
        for batch in batches:
            held += [
                [_plain(column, value) for column, value in zip(found, row, strict=True)]
                for row in batch
            ]
            if len(held) >= _GROUP:
                writer.write_table(_table(arrow, schema, held))
                held = []
                yield sink.taken()
        if held:
            writer.write_table(_table(arrow, schema, held))
    yield sink.taken()


def _table(arrow: Any, schema: Any, held: list[Row]) -> Any:
    cells = [
        arrow.array([row[at] for row in held], type=field.type) for at, field in enumerate(schema)
    ]
    return arrow.Table.from_arrays(cells, schema=schema)


def _plain(column: Column, value: Any) -> Any:
    if column.kind == "object" and value is not None:
        return [_encode(v).decode() for v in value] if column.several else _encode(value).decode()
    return value


class _Sink(io.RawIOBase):
    """Takes what a writer writes, until it is taken on."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        size = len(data)
        self._at += size
        return size

    def tell(self) -> int:
        return self._at

    def taken(self) -> bytes:
        data = bytes(self._held)
        self._held.clear()
        return data
