"""Taking an answer home: JSON, its tables as CSV, JSON Lines or Parquet, its pictures as SVG."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from fonds.analyses.door import load_analysis
from fonds.analyses.model import Answer, Cell, Column, Picture, Table
from fonds.errors import ExtraMissing, ParameterInvalid

JSON = "application/json; charset=utf-8"
# of tables; the rest is a form of its own analysis
_TABLES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
T = TypeVar("T", Table, Picture)
_encode = msgspec.json.Encoder(order="deterministic").encode


class Written(msgspec.Struct, frozen=True):
    """A file made from an answer."""

    data: bytes
    mimetype: str
    extension: str


def forms_of(answer: Answer) -> tuple[str, ...]:
    """Return every form that an answer can be taken home as."""
    own = tuple(form.name for form in load_analysis(answer.analysis).forms)
    return ("json", *(_TABLES if answer.tables else ()), *(("svg",) if answer.pictures else ()),
            *own)  # fmt: skip


def write(answer: Answer, form: str, part: str = "") -> Written:
    """Write an answer; `part` names a table or picture, the first one if it is empty.

    Raises ParameterInvalid and ExtraMissing.
    """
    if form in ("", "json"):
        return Written(as_json(answer), JSON, "json")
    if form in _TABLES:
        table = _named(answer.tables, part, "table")
        makers = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}
        return Written(makers[form](table), _TABLES[form], form)
    if form == "svg":
        picture = _named(answer.pictures, part, "picture")
        return Written(picture.svg.encode(), "image/svg+xml", "svg")
    for own in load_analysis(answer.analysis).forms:
        if own.name == form:
            return Written(own.write(answer), own.mimetype, own.extension)
    reason = f"one of {', '.join(forms_of(answer))} was expected"
    raise ParameterInvalid(name="format", value=form[:80], reason=reason)


def as_json(answer: Answer) -> bytes:
    """Return everything but the pictures, which are named only."""
    said: dict[str, Any] = msgspec.to_builtins(answer)
    said["pictures"] = [{"name": one.name, "of": one.of} for one in answer.pictures]
    said["tables"] = [
        {"name": one.name, "columns": [c.name for c in one.columns], "rows": one.rows,
         "more": one.more}
        for one in answer.tables
    ]  # fmt: skip
    return _encode(said)


def _named(among: tuple[T, ...], name: str, parameter: str) -> T:
    for one in among:
        if name in ("", one.name):
            return one
    known = ", ".join(one.name for one in among) or "nothing"
    raise ParameterInvalid(name=parameter, value=name[:80], reason=f"one of {known} was expected")


def _csv(table: Table) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(["" if cell is None else cell for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8", "replace")


def _jsonl(table: Table) -> bytes:
    return b"".join(_encode(row) + b"\n" for row in _rows(table))


def _rows(table: Table) -> Iterator[dict[str, Cell]]:
    names = [column.name for column in table.columns]
    for row in table.rows:
        yield dict(zip(names, row, strict=True))


def _parquet(table: Table) -> bytes:
    try:
        import pyarrow  # noqa: PLC0415  # large, and only for Parquet
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissing(what="Parquet", extra="tables") from error
    kinds = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "share": pyarrow.float64()}
    schema = pyarrow.schema(
        [(one.name, kinds.get(one.kind, pyarrow.string())) for one in table.columns]
    )
    columns = [
        pyarrow.array([_cell(one, row[at]) for row in table.rows], type=schema.field(at).type)
        for at, one in enumerate(table.columns)
    ]
    sink = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(columns, schema=schema), sink)
    return sink.getvalue()


def _cell(column: Column, value: Cell) -> Cell:
    if value is None or column.kind == "integer":
        return value
    return float(value) if column.kind in ("number", "share") else str(value)
