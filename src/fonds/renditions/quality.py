"""Quality indicators and score, as ISTEX defines them (istex-api.md 4.5)."""

from __future__ import annotations

import msgspec

from fonds.record import QualityIndicators, Record
from fonds.renditions.pdf_facts import PdfFacts

# (least PDF version, points)
_VERSION_POINTS = ((1.7, 2.0), (1.6, 1.5), (1.5, 1.0), (1.4, 0.5))


def indicators(record: Record, facts: PdfFacts | None, *, has_body: bool) -> QualityIndicators:
    """Return the indicators of a document; without a PDF its counts are absent."""
    abstract_words = len(record.abstract.split(" "))  # an empty abstract counts 1, as ISTEX's does
    read = record.quality_indicators
    common = QualityIndicators(
        ocr_confidence=read.ocr_confidence if read is not None else None,
        score=score(facts, abstract_words if record.abstract else 0),
        ref_bibs_native=bool(record.ref_bibs),
        keyword_count=len(record.subject),
        abstract_char_count=len(record.abstract),
        abstract_word_count=abstract_words,
        tdm_ready=has_body,
        text_source="xml" if has_body else "pdf" if facts is not None and facts.text else "",
    )
    if facts is None:
        return common
    return _with_pdf(common, facts)


def _with_pdf(common: QualityIndicators, facts: PdfFacts) -> QualityIndicators:
    return msgspec.structs.replace(
        common,
        pdf_version=facts.version,
        pdf_page_size=facts.page_size,
        pdf_word_count=facts.words,
        pdf_char_count=facts.characters,
        pdf_page_count=facts.pages,
        pdf_words_per_page=facts.words // facts.pages if facts.pages else 0,
        pdf_text=facts.is_text,
    )


def score(facts: PdfFacts | None, abstract_words: int) -> float:
    """Return the score, 0 to 10: PDF words, abstract words and PDF version."""
    words = facts.words if facts is not None else 0
    version = facts.version if facts is not None else 0.0
    points = next((points for least, points in _VERSION_POINTS if version >= least), 0.0)
    return round(min(5.0, 5 * words / 5000) + min(3.0, 3 * abstract_words / 250) + points, 3)
