"""What we read agrees with Europe PMC's own description of the same articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.agreement import FIELDS, Agreement, measure, page

# share that must agree at least, of the articles whose delivered file holds the field
LEAST = dict.fromkeys(FIELDS, 0.95)


@pytest.fixture(scope="module")
def found(shared: Path) -> Agreement:
    """Return the comparison over the corpus."""
    return measure(shared / "corpora")


@pytest.mark.parametrize("field", FIELDS)
def test_fields_agree(found: Agreement, field: str) -> None:
    """Of the values that the file holds, at least the stated share agrees, field by field."""
    count = found.compared[field] - len(found.absent(field))
    assert count > 0
    assert found.agreed[field] / count >= LEAST[field]


def test_absent_values_are_really_absent(found: Agreement, shared: Path) -> None:
    """Only PMIDs and issues are missing, and the delivered files do not hold them."""
    assert {d.field for d in found.differences if not d.ours} <= {"pmid", "issue"}
    for one in found.differences:
        if not one.ours:
            (source,) = (shared / "corpora" / "jats").rglob(f"{one.article}.xml")
            front = source.read_text("utf-8").partition("</article-meta>")[0]
            mark = 'pub-id-type="pmid"' if one.field == "pmid" else "<issue>"
            assert mark not in front


def test_every_difference_has_a_reason(found: Agreement) -> None:
    """No difference is left that nobody explained."""
    unexplained = [d for d in found.differences if d.reason == "the two sources differ"]
    assert unexplained == []


def test_the_page_is_up_to_date(found: Agreement) -> None:
    """The page in the documentation states the figures that are measured."""
    path = Path(__file__).resolve().parents[2] / "docs" / "reference" / "agreement.md"
    assert path.read_text("utf-8") == page(found)
