"""Values that sources carry are in their records."""

from __future__ import annotations

from pathlib import Path

from tests.sources.coverage import FIELDS, measure, page, paths


def test_what_sources_carry_is_read(shared: Path) -> None:
    """Of records that sources carry funders, licences and abstracts for, none lacks them."""
    found = measure(shared / "corpora" / "crossref-unixref")
    assert found.documents == {"crossref-unixref": 19}
    assert found.missing == []
    assert found.read["crossref-unixref", "funder"] == 3
    assert "| crossref-unixref | 19 |" in page(found)


def test_paths_are_of_known_fields() -> None:
    """Every path is of a field that a record has."""
    assert {field for fields in paths().values() for field in fields} <= FIELDS.keys()
