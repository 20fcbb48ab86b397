"""The page of forms says what is measured, and what is measured is good."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.renditions.agreement import PAGE, Forms, measure, page
from tests.renditions.round_trips import FIELDS, READERS


def test_what_goes_out(shared: Path) -> None:
    """In a sample of the corpora all is valid, all references lead, and all fields come back."""
    found = measure(shared, every=15)
    assert found.documents.total() > 50
    assert found.tei == found.resolved == found.mods == found.documents
    for form in READERS:
        for field in FIELDS:
            assert found.agreed[form, field] >= 0.95 * found.said[field], (form, field)


def test_the_page_has_every_form_and_field() -> None:
    """The page in the documentation is one that the command writes."""
    written = (ROOT / "docs" / "reference" / PAGE).read_text("utf-8")
    for line in page(Forms()).splitlines():
        if line.startswith(("#", "| corpus", "| field")):
            assert line in written
    for field in FIELDS:
        assert f"| {field} |" in written


def test_less_than_all_never_looks_like_all() -> None:
    """One document of many that differs shows in the share."""
    found = Forms()
    found.said["title"] = 100_000
    found.agreed["RIS", "title"] = 99_999
    assert "| title | 100000 | 0.00 % | 99.99 % |" in page(found)
