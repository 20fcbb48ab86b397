"""The score is ISTEX's formula; counts of a missing PDF are absent."""

from __future__ import annotations

import pytest

from fonds.record import Record, Reference, Subject
from fonds.renditions.pdf_facts import PdfFacts
from fonds.renditions.quality import indicators, score


def facts(words: int, version: float = 1.4, pages: int = 19) -> PdfFacts:
    """Return facts of a PDF."""
    return PdfFacts(version, pages, "595 x 842 pts (A4)", words, words * 6, "text", is_text=True)


@pytest.mark.parametrize(
    ("words", "abstract", "version", "want"),
    [
        (9120, 196, 1.4, 5 + 3 * 196 / 250 + 0.5),
        (2500, 0, 1.3, 2.5),
        (0, 500, 1.5, 4.0),
        (10_000, 1_000, 1.7, 10.0),
        (5000, 250, 1.6, 9.5),
        (5000, 250, 2.0, 10.0),
    ],
)
def test_score(words: int, abstract: int, version: float, want: float) -> None:
    """5 points for words, 3 for the abstract, 2 for the PDF's version."""
    assert score(facts(words, version), abstract) == round(want, 3)


def test_without_pdf() -> None:
    """An empty abstract counts one word and no character, as ISTEX has it."""
    found = indicators(Record(), None, has_body=False)
    assert (found.abstract_word_count, found.abstract_char_count, found.score) == (1, 0, 0.0)
    assert found.pdf_word_count is None
    assert found.ref_bibs_native is False


def test_with_pdf() -> None:
    """Words per page are rounded down."""
    record = Record(abstract="a b c", subject=(Subject(value="x"),), ref_bibs=(Reference(),))
    found = indicators(record, facts(23356, pages=69), has_body=True)
    assert (found.pdf_words_per_page, found.keyword_count, found.tdm_ready) == (338, 1, True)
    assert found.text_source == "xml"
