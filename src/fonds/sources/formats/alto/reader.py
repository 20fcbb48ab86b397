"""ALTO: text that optical character recognition read from page images.

Standard: https://www.loc.gov/standards/alto/. One file is one page or more; further pages of the
same scan come beside it and make one document. ALTO has no title: the first words stand for it, and
a finding says so. How sure the recognition was is measured over all words (`@WC`).
"""

from __future__ import annotations

import re

from lxml import etree

from fonds.errors import Finding
from fonds.record import Host, Pages, QualityIndicators, Record
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.stylesheet import TEI, Stylesheet
from fonds.sources.xml import Element, local

_LONGEST = 100  # characters of a text that stand for its title
_DERIVED = "the first words of the text stand for it"


class AltoReader:
    """Reads the pages of a scan."""

    name = "alto"
    label = "ALTO (OCR)"
    version = 1

    def __init__(self) -> None:
        self._body = Stylesheet("fonds.sources.formats.alto", "body.xsl")
        self._sure = etree.XPath("sum(//@WC[number(.) = number(.)])")
        self._measured = etree.XPath("count(//@WC[number(.) = number(.)])")

    def recognises(self, source: Source) -> bool:
        """Tell by the root `alto`, whatever the version of its namespace."""
        return source.root is not None and _is_alto(source.root)

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the pages, those beside the first one too, as one document."""
        assert source.root is not None
        roots = [source.root, *(one for one in source.beside if _is_alto(one))]
        text = self._text(roots)
        running = words(text.find(f"{TEI}body"))
        if not running:
            return ()
        record = Record(
            title=_beginning(running),
            language=(_language(roots) or "unknown",),
            genre=("other",),
            original_genre=("alto",),
            host=Host(genre=("other",), pages=_pages(text)),
            quality_indicators=QualityIndicators(ocr_confidence=self._confidence(roots)),
        )
        return (Reading(record, text, (Finding("metadata-derived", _DERIVED),)),)

    def _text(self, roots: list[Element]) -> Element:
        text = etree.fromstring(f'<text xmlns="{TEI[1:-1]}"><body/></text>')
        body = text[0]
        for root in roots:
            made = self._body(root)
            if made is not None:
                body.extend(list(made))
        return text

    def _confidence(self, roots: list[Element]) -> float | None:
        """Return the mean confidence of all words, 0 to 1; None when none was measured."""
        count = sum(float(str(self._measured(root))) for root in roots)
        total = sum(float(str(self._sure(root))) for root in roots)
        return round(total / count, 4) if count else None


def _is_alto(root: Element) -> bool:
    return local(root.tag) == "alto"


def _language(roots: list[Element]) -> str:
    """Return the language of the first block that names one."""
    for root in roots:
        for one in root.iter("{*}TextBlock"):
            if found := language(one.get("language") or one.get("LANG")):
                return found
    return ""


def _beginning(running: str) -> str:
    if len(running) <= _LONGEST:
        return running
    return re.sub(r"\s*\S*$", "", running[:_LONGEST]) + " …"


def _pages(text: Element) -> Pages | None:
    numbers = [number for one in text.iter(f"{TEI}pb") if (number := one.get("n") or "")]
    if not numbers:
        return None
    return Pages(first=numbers[0], last=numbers[-1], total=str(len(numbers)))
