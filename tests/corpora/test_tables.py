"""Tables of records: three formats, one content."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
import pytest

from fonds.corpora.presets import PRESETS, shares
from fonds.corpora.sizes import sizes_of
from fonds.corpora.table_files import Format, table_chunks, table_format, write_table
from fonds.corpora.tables import columns, read_columns
from fonds.corpora.usable import usable
from fonds.corpora.withholding import Nothing
from fonds.errors import OutputNotWritable, ParameterInvalid
from fonds.search.engine import Ords
from fonds.web.services import Services
from tests.corpora.conftest import plan_of
from tests.web.conftest import COUNT

FIELDS = "id,title,author.name,host.pages.first,qualityIndicators.score,hasFormula,author,version"


@pytest.fixture(scope="module")
def ords(services: Services) -> Ords:
    """Return all documents."""
    found: Ords = np.sort(plan_of(services).ords)
    return found


def table(services: Services, ords: Ords, fields: str, chosen: Format) -> bytes:
    """Return a whole table."""
    return b"".join(table_chunks(services.archive, ords, fields, chosen))


def expected(services: Services) -> list[dict[str, Any]]:
    """Return the records, read one by one."""
    return [json.loads(document.record) for document in services.archive.documents()]


def test_json_lines(services: Services, ords: Ords) -> None:
    """A line per document, values as in the record, empty ones left out."""
    lines = [json.loads(line) for line in table(services, ords, FIELDS, "jsonl").splitlines()]
    assert len(lines) == COUNT
    for line, record in zip(lines, expected(services), strict=True):
        assert line["author.name"] == [author["name"] for author in record["author"]]
        assert line["author"] == record["author"]
        assert line["hasFormula"] is record["hasFormula"]
        assert line["host.pages.first"] == record["host"]["pages"]["first"]


def test_csv(services: Services, ords: Ords) -> None:
    """A head and a row per document; lists are joined, objects are JSON."""
    text = table(services, ords, FIELDS, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == FIELDS.split(",")
    for row, record in zip(rows, expected(services), strict=True):
        assert row["author.name"] == "; ".join(author["name"] for author in record["author"])
        assert row["hasFormula"] == str(record["hasFormula"]).lower()
        assert row["title"] == record["title"]


def test_parquet(services: Services, ords: Ords, tmp_path: Path) -> None:
    """Typed columns, lists as lists; pyarrow reads what JSON Lines says."""
    path = tmp_path / "table.parquet"
    size = write_table(table_chunks(services.archive, ords, FIELDS, "parquet"), path)
    assert path.stat().st_size == size
    read = pyarrow.parquet.read_table(path)
    assert [str(field.type) for field in read.schema][2:5] == [
        "list<element: string>", "string", "double"
    ]  # fmt: skip
    for row, record in zip(read.to_pylist(), expected(services), strict=True):
        assert row["author.name"] == [author["name"] for author in record["author"]]
        assert row["qualityIndicators.score"] == record["qualityIndicators"]["score"]
        assert [json.loads(one) for one in row["author"]] == record["author"]


def test_everything(services: Services, ords: Ords) -> None:
    """`*` is every field of the record."""
    lines = [json.loads(line) for line in table(services, ords, "*", "jsonl").splitlines()]
    for line, record in zip(lines, expected(services), strict=True):
        assert {k: v for k, v in record.items() if v not in ({}, [])} == line


def test_every_field_of_the_records_is_a_column(services: Services) -> None:
    """The names come from the model of the record."""
    known = columns()
    assert {name for record in expected(services) for name in record} <= set(known)
    assert known["refBibs.host.author.name"].several
    with pytest.raises(ParameterInvalid):
        read_columns("title,nowhere")
    assert read_columns("")
    with pytest.raises(ParameterInvalid):
        table_format("x.xlsx")
    assert table_format("a/b.NDJSON") == "jsonl"


def test_a_file_is_there_wholly_or_not_at_all(services: Services, ords: Ords) -> None:
    """A place that cannot be written says so."""
    with pytest.raises(OutputNotWritable):
        write_table(table_chunks(services.archive, ords, "", "csv"), Path("/proc/x.csv"))


def test_presets_say_what_share_a_tool_can_read(services: Services) -> None:
    """All have JSON and text, one of sixty has TEI."""
    plan = plan_of(services, "")
    counts = usable(services.archive, plan, Nothing())
    found = shares(sizes_of(services.archive, plan, Nothing()), counts)
    assert {one.preset.name: one.documents for one in found} == {
        "lodex": 60, "cortext": 1, "gargantext": 60, "nooj": 60,
    }  # fmt: skip
    by_name = {one.preset.name: one.formats for one in found}
    assert set(by_name) == {one.name for one in PRESETS}
    assert by_name["nooj"] == {"metadata/json": 1.0, "fulltext/txt": 1.0}
    assert by_name["cortext"]["fulltext/tei"] == pytest.approx(1 / 60)
    assert by_name["cortext"]["fulltext/cleaned"] == 1.0
