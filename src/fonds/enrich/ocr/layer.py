"""Makes a text layer of what can only be seen: scans, and texts whose letters are no letters.

A document is recognised when it has a PDF, no structured text, and its text layer is missing,
hardly there or unreadable. The text is kept beside the others and becomes the one that is
searched and mined.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from fonds.enrich.language import UNKNOWN, Language
from fonds.enrich.model import Enriched, Failed, Layer, Material, Part, Scalar
from fonds.enrich.ocr.tesseract import OcrPage, Tesseract, installed, recognise
from fonds.enrich.quality import verdict_of
from fonds.enrich.reading import Dictionary, read
from fonds.errors import Finding
from fonds.record import TextLayer
from fonds.renditions.pdf_text import repair
from fonds.renditions.text_quality import measure
from fonds.settings import EnrichSettings

NAME = "ocr"
_SHARE = 0.9  # of the time one enrichment may take
_SAID = {"scan": "scan", "unreadable": "PDF whose text cannot be read"}
_TERMINOLOGICAL = {"fre": "fra", "ger": "deu", "dut": "nld", "chi": "chi_sim", "cze": "ces"}


class OcrText(msgspec.Struct, frozen=True, rename="camel"):
    """How a document was recognised."""

    engine: str
    languages: str  # as tesseract was told: "fra+eng"
    dpi: int
    why: str  # "scan" or "unreadable"
    complete: bool  # False: time or the limit of pages ended it
    pages: tuple[OcrPage, ...]


class Ocr:
    """Makes `ocr`."""

    name = NAME
    version = 1
    provenance = "tesseract (Apache-2.0), pages rendered by pypdfium2 (BSD-3-Clause, Apache-2.0)"
    reads: tuple[Part, ...] = ("pdf", "text")
    after: tuple[str, ...] = ()
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self._settings = settings
        self._dictionary = Dictionary()
        self._tesseract: Tesseract | None = None
        self.parameters: Mapping[str, Scalar] = {
            "dpi": settings.ocr_dpi,
            "pages": settings.ocr_pages,
        }

    def enrich(self, material: Material) -> Enriched | None:
        """Return the text that was recognised; None where there is one that reads."""
        why = self._why(material)
        quality = material.record.quality_indicators
        count = quality.pdf_page_count if quality is not None else None
        data = material.pdf if why and count else None
        if not data or not count:  # a PDF that could not be opened was said when it was loaded
            return None
        tesseract = self._tesseract = self._tesseract or installed()
        if tesseract is None:
            raise Failed(Finding("ocr-not-installed", f"it is a {_SAID[why]}"))
        languages = self._languages(material, tesseract)
        found, texts = self._recognised(data, count, languages)
        if not any(page.words for page in found):
            reason = next((page.failed for page in found if page.failed), "no word was recognised")
            raise Failed(Finding("ocr-nothing", reason))
        complete = len(found) == count and not any(page.failed for page in found)
        result = OcrText(
            f"tesseract {tesseract.version}",
            languages,
            self._settings.ocr_dpi,
            why,
            complete,
            found,
        )
        text = repair("\f".join(texts))
        return Enriched(result, _fields(material, text, why, found), layer=text.encode())

    def _why(self, material: Material) -> str:
        """Return why the PDF is to be recognised; empty where it is not."""
        layers = {layer.source: layer for layer in material.layers if layer.source != NAME}
        if "xml" in layers:
            return ""
        quality = material.record.quality_indicators
        pdf = layers.get("pdf")
        if pdf is None or (quality is not None and quality.pdf_text is False):
            return "scan"
        return "" if self._readable(pdf, material) else "unreadable"

    def _readable(self, layer: Layer, material: Material) -> bool:
        record = material.record
        known = [code for code in record.language if code not in ("", UNKNOWN)]
        reading = read(layer.text, known[0] if known else "", self._dictionary)
        return verdict_of("pdf", reading) not in ("unreadable", "none")

    def _languages(self, material: Material, tesseract: Tesseract) -> str:
        """Return which of the installed languages to ask: the document's, then English."""
        record = material.record
        told = [code for code in record.language if code != UNKNOWN]
        title, _ = Language(self._settings).detect(f"{record.title}\n{record.abstract}")
        wanted = [_TERMINOLOGICAL.get(code, code) for code in (*told, title, "eng")]
        there = [code for code in dict.fromkeys(wanted) if code in tesseract.languages]
        return "+".join(there or sorted(tesseract.languages - {"osd"})[:1])

    def _recognised(
        self, data: bytes, count: int, languages: str
    ) -> tuple[tuple[OcrPage, ...], list[str]]:
        settings = self._settings
        deadline = time.monotonic() + _SHARE * settings.document_seconds
        pages: list[OcrPage] = []
        texts: list[str] = []
        with tempfile.TemporaryDirectory(prefix="fonds-ocr-") as folder:
            path = Path(folder) / "document.pdf"
            path.write_bytes(data)
            for number in range(1, min(count, settings.ocr_pages) + 1):
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                page, text = recognise(
                    path,
                    number,
                    dpi=settings.ocr_dpi,
                    languages=languages,
                    memory=settings.ocr_memory_bytes,
                    seconds=min(settings.ocr_page_seconds, left),
                )
                pages.append(page)
                texts.append(text)
        return tuple(pages), texts


def _fields(
    material: Material, text: str, why: str, pages: tuple[OcrPage, ...]
) -> dict[str, object]:
    """Return what the record says of its texts now."""
    record = material.record
    layer = TextLayer(
        source=NAME,
        extension=NAME,
        words=len(text.split()),
        quality=measure(text),
        default=True,
        reason=why,
    )
    others = [
        msgspec.structs.replace(one, default=False, reason="")
        for one in record.text_layers
        if one.source != NAME
    ]
    words = sum(page.words for page in pages)
    sure = sum(page.words * page.confidence for page in pages) / words if words else 0.0
    return {
        "textLayers": msgspec.to_builtins([layer, *others]),
        "qualityIndicators": {"ocrConfidence": round(sure, 4), "textSource": NAME},
    }
