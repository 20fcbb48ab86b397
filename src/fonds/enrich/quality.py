"""How ready a document is for mining: its texts measured as a whole, and the PDF's page by page.

ISTEX's indicators tell what there is (words, pages, PDF version); these tell whether it reads.
Thresholds are those of docs/rooms/enrich.md, measured on scientific PDFs in French and English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from fonds.enrich.language import UNKNOWN, language_of
from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.reading import Dictionary, Reading, read, running_heads
from fonds.settings import EnrichSettings

# how the text to mine reads: "structured" (the publisher's), "good", "poor", "unreadable", "none"
Verdict = Literal["structured", "good", "poor", "unreadable", "none"]

_LEAST_LETTERS = 0.8  # below it a text layer is broken: fonts without a map to characters
_LEAST_KNOWN = 0.35  # below it letters make no words of the language
_GOOD_KNOWN = 0.6
_FEW_WORDS = 50  # fewer tell nothing


class LayerQuality(msgspec.Struct, frozen=True, rename="camel"):
    """How one text of the document reads."""

    source: str  # "xml", "pdf", "ocr"
    verdict: Verdict
    reading: Reading


class PageQuality(msgspec.Struct, frozen=True, rename="camel"):
    """How one page of the PDF's text reads."""

    page: int  # from 1
    reading: Reading


class Quality(msgspec.Struct, frozen=True, rename="camel"):
    """How ready a document is for mining, and why."""

    verdict: Verdict  # of the text that is mined
    reasons: tuple[str, ...]
    language: str  # of the dictionary that was asked; empty when there is none
    layers: tuple[LayerQuality, ...]
    pages: tuple[PageQuality, ...]
    running_heads: int  # different lines that stand on many pages


class QualityOfText:
    """Makes `quality`."""

    name = "quality"
    version = 1
    provenance = "measured; dictionaries: wordfreq 3.1 (Apache-2.0, lists CC BY-SA 4.0)"
    reads: tuple[Part, ...] = ("record", "text", "pages")
    after: tuple[str, ...] = ("language", "ocr")
    is_open = True

    def __init__(self, settings: EnrichSettings) -> None:
        self.parameters: Mapping[str, Scalar] = {}
        self._dictionary = Dictionary()

    def enrich(self, material: Material) -> Enriched | None:
        """Return how every text and page reads."""
        language = language_of(material)
        language = "" if language == UNKNOWN else language
        heads = running_heads(material.pages)
        layers = tuple(self._layer(one.source, one.text, language) for one in material.layers)
        pages = tuple(
            PageQuality(number, read(text, language, self._dictionary, heads))
            for number, text in enumerate(material.pages, start=1)
        )
        default = next((one for one in layers if one.source == _default(material)), None)
        verdict: Verdict = default.verdict if default is not None else "none"
        found = Quality(verdict, reasons(default), language, layers, pages, len(heads))
        fields: dict[str, object] = {"miningReady": verdict}
        if default is not None:
            fields["alphaRatio"] = default.reading.letters
            if default.reading.known is not None:
                fields["dictionaryHits"] = default.reading.known
        return Enriched(found, {"qualityIndicators": fields})

    def _layer(self, source: str, text: str, language: str) -> LayerQuality:
        reading = read(text, language, self._dictionary)
        return LayerQuality(source, verdict_of(source, reading), reading)


def verdict_of(source: str, reading: Reading) -> Verdict:
    """Return how a text reads by what was measured of it."""
    if not reading.words:
        return "none"
    known = reading.known if reading.words >= _FEW_WORDS else None
    if reading.letters < _LEAST_LETTERS or (known is not None and known < _LEAST_KNOWN):
        return "poor" if source == "xml" else "unreadable"
    if source == "xml":
        return "structured"
    return "poor" if known is not None and known < _GOOD_KNOWN else "good"


def reasons(layer: LayerQuality | None) -> tuple[str, ...]:
    """Say what speaks against a text, as codes that the portal translates."""
    if layer is None:
        return ("no-text",)
    reading, found = layer.reading, []
    if reading.letters < _LEAST_LETTERS:
        found.append("few-letters")
    if reading.known is not None and reading.known < _GOOD_KNOWN:
        found.append("unknown-words")
    if reading.known is None:
        found.append("no-dictionary")
    if reading.words < _FEW_WORDS:
        found.append("few-words")
    if reading.broken * 200 > reading.words:
        found.append("broken-words")
    return tuple(found)


def _default(material: Material) -> str:
    return next((one.source for one in material.layers if one.default), "")
