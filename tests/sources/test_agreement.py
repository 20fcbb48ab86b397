"""What we read agrees with Europe PMC's own description of the same articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.agreement import FIELDS, Agreement, measure, page

# share that must agree at least; a PMID that the delivered file does not hold cannot be read
LEAST = dict.fromkeys(FIELDS, 0.95)


@pytest.fixture(scope="module")
def found(shared: Path) -> Agreement:
    """Return the comparison over the corpus."""
    return measure(shared / "corpora")


@pytest.mark.parametrize("field", FIELDS)
def test_fields_agree(found: Agreement, field: str) -> None:
    """Of the values that the file holds, at least the stated share agrees, field by field."""
    absent = sum(d.field == field and not d.ours for d in found.differences)
    count = found.compared[field] - (absent if field == "pmid" else 0)
    assert count > 0
    assert found.agreed[field] / count >= LEAST[field]


def test_every_difference_has_a_reason(found: Agreement) -> None:
    """No difference is left that nobody explained."""
    unexplained = [d for d in found.differences if d.reason == "the two sources differ"]
    assert unexplained == []


def test_the_page_is_up_to_date(found: Agreement) -> None:
    """The page in the documentation states the figures that are measured."""
    path = Path(__file__).resolve().parents[2] / "docs" / "reference" / "agreement.md"
    assert path.read_text("utf-8") == page(found)
