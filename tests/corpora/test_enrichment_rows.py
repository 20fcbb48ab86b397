"""Enrichments as rows: one for each term, entity, reference, category."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
import pytest

from fonds.corpora.enrichment_rows import ENRICHMENTS, enrichment_columns
from fonds.corpora.table_files import enrichment_chunks, write_table
from fonds.errors import ParameterInvalid
from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.search.engine import Ords
from fonds.settings import Settings
from fonds.web.services import Services, open_services
from tests.conftest import ROOT

DELIVERY = ROOT / "src" / "fonds" / "demo" / "deliveries" / "elife"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """Return an enriched home of a few articles."""
    home = tmp_path_factory.mktemp("rows") / "home"
    load([DELIVERY], collection="elife", home=home, settings=Settings())
    enrich(home=home, settings=Settings(), names=tuple(ENRICHMENTS))
    return open_services(home, Settings())


@pytest.fixture(scope="module")
def ords(services: Services) -> Ords:
    """Return all documents."""
    found: Ords = np.array([one.ord for one in services.archive.documents()], np.uint32)
    return found


def rows(services: Services, ords: Ords, name: str, fields: str = "") -> list[dict[str, Any]]:
    """Return the rows of a table."""
    made = b"".join(enrichment_chunks(services.archive, ords, name, fields, "jsonl"))
    return [json.loads(line) for line in made.splitlines()]


def results(services: Services, ords: Sequence[int], name: str) -> list[dict[str, Any]]:
    """Return the results of an enrichment as they are kept."""
    found = []
    for number in ords:
        file = services.archive.file(number, "enrichments", f"{name}.json")
        if file is not None:
            found.append(json.loads(services.archive.read(file))["result"])
    return found


@pytest.mark.parametrize(
    ("name", "listed"),
    [("teeft", "terms"), ("unitex", "entities"), ("refBibs", "references"), ("language", "parts"),
     ("nb", "places")],
)  # fmt: skip
def test_a_row_for_each(services: Services, ords: Ords, name: str, listed: str) -> None:
    """As many rows as the results have items; every row says its document."""
    found = rows(services, ords, name)
    kept = results(services, ords.tolist(), name)
    assert kept
    assert len(found) == sum(len(one[listed]) for one in kept)
    assert all(row["id"] and row["arkIstex"] for row in found)


def test_values_are_those_of_the_result(services: Services, ords: Ords) -> None:
    """Terms with their numbers, references with what is nested in them."""
    first = results(services, ords.tolist(), "teeft")[0]
    row = rows(services, ords, "teeft")[0]
    said = {key: row[key] for key in ("term", "stems", "frequency", "score", "specificity")}
    assert said == first["terms"][0]
    assert row["language"] == first["language"]
    reference = results(services, ords.tolist(), "refBibs")[0]["references"][0]["reference"]
    row = rows(services, ords, "refBibs")[0]
    assert row["title"] == reference["title"]
    assert row["author"] == [one["name"] for one in reference["author"]]
    assert row["place"] == 0
    assert {row["scheme"] for row in rows(services, ords, "multicat")} == {"lcc"}


def test_three_forms_one_content(services: Services, ords: Ords, tmp_path: Path) -> None:
    """CSV, JSON Lines and Parquet hold the same rows; columns can be chosen."""
    fields = "arkIstex,term,frequency"
    lines = rows(services, ords, "teeft", fields)
    made = b"".join(enrichment_chunks(services.archive, ords, "teeft", fields, "csv")).decode()
    written = list(csv.DictReader(io.StringIO(made, newline="")))
    assert [one["term"] for one in written] == [one["term"] for one in lines]
    path = tmp_path / "t.parquet"
    write_table(enrichment_chunks(services.archive, ords, "teeft", fields, "parquet"), path)
    assert pyarrow.parquet.read_table(path).to_pylist() == lines


def test_who_may_not_have_it_has_no_rows(services: Services, ords: Ords) -> None:
    """Documents of which somebody may not have the enrichment are left out."""
    made = enrichment_chunks(services.archive, ords, "teeft", "", "csv", may=lambda _: False)
    assert len(b"".join(made).splitlines()) == 1


@pytest.mark.parametrize(("name", "fields"), [("foo", ""), ("teeft", "title")])
def test_bad_input(name: str, fields: str) -> None:
    """An enrichment or column that there is not is said."""
    with pytest.raises(ParameterInvalid):
        enrichment_columns(name, fields)
