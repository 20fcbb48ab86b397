"""Scans are read by tesseract where it is installed; what cannot be read is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pypdfium2 as pdfium
import pytest

from fonds.enrich.model import Enriched, Failed, Material
from fonds.enrich.ocr.layer import Ocr, OcrText
from fonds.record import QualityIndicators
from fonds.settings import EnrichSettings
from tests.enrich.making import material

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract here")
_WORDS = "Slow magma ascent beneath a volcano"


def scan(lines: list[str], pages: int = 1) -> bytes:
    """Return a PDF whose pages are pictures of text."""
    written = (
        "BT /F1 24 Tf 60 700 Td 32 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    )
    plain = _pdf(written, pages)
    document = pdfium.PdfDocument(plain)
    out = pdfium.PdfDocument.new()
    for page in document:
        bitmap = page.render(scale=150 / 72, grayscale=True)
        image = pdfium.PdfImage.new(out)
        image.set_bitmap(bitmap)
        width, height = page.get_size()
        image.set_matrix(pdfium.PdfMatrix().scale(width, height))
        made = out.new_page(width, height)
        made.insert_obj(image)
        made.gen_content()
    target = Path(_Folder.path or ".") / "scan.pdf"
    out.save(str(target))
    return target.read_bytes()


class _Folder:
    path = ""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    """Have a folder for what is made."""
    _Folder.path = str(tmp_path)


def _pdf(content: str, pages: int) -> bytes:
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n in range(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font"
            f" << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{one}\nendobj\n".encode()
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return made


def _document(pdf: bytes, pages: int = 1, **more: object) -> Material:
    made = material(title=_WORDS, files={("fulltext", "pdf"): pdf}, **more)  # type: ignore[arg-type]
    quality = QualityIndicators(pdf_page_count=pages, pdf_text=False)
    made.record = msgspec.structs.replace(made.record, quality_indicators=quality)
    return made


def _recognised(pdf: bytes, pages: int = 1, **chosen: object) -> Enriched:
    settings = msgspec.structs.replace(EnrichSettings(), **chosen)
    made = Ocr(settings).enrich(_document(pdf, pages))
    assert made is not None
    return made


@needs_tesseract
def test_a_scan_is_read() -> None:
    """Words, their confidence and the languages asked are there; the text is a layer."""
    made = _recognised(scan([_WORDS, "and other stories"], 2), 2)
    assert isinstance(made.result, OcrText)
    text = made.layer.decode()
    assert text.count("\f") == 1
    assert _WORDS.lower() in text.lower()
    assert made.result.why == "scan"
    assert made.result.complete
    assert made.result.languages.endswith("eng")
    assert [page.page for page in made.result.pages] == [1, 2]
    assert all(page.confidence > 0.8 for page in made.result.pages)
    layers = made.fields["textLayers"]
    assert isinstance(layers, list)
    assert (layers[0]["source"], layers[0]["default"]) == ("ocr", True)


@needs_tesseract
def test_a_page_that_takes_too_long_is_said() -> None:
    """A page has its time; without any word the reason is the finding."""
    settings = msgspec.structs.replace(EnrichSettings(), ocr_page_seconds=0.01)
    with pytest.raises(Failed) as caught:
        Ocr(settings).enrich(_document(scan([_WORDS])))
    assert caught.value.finding.code == "ocr-nothing"
    assert "seconds" in caught.value.finding.reason


@needs_tesseract
def test_a_limit_of_pages_is_kept() -> None:
    """Beyond the limit nothing is read, and the result says that it is not complete."""
    made = _recognised(scan([_WORDS], 2), 2, ocr_pages=1)
    assert isinstance(made.result, OcrText)
    assert not made.result.complete
    assert len(made.result.pages) == 1


@needs_tesseract
def test_garbage_in_place_of_a_pdf_is_said() -> None:
    """A PDF that cannot be rendered costs its text and nothing else."""
    with pytest.raises(Failed) as caught:
        Ocr(EnrichSettings()).enrich(_document(b"%PDF-1.4 nothing of the kind"))
    assert caught.value.finding.code == "ocr-nothing"


def test_without_tesseract_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan that nobody can read is a finding that names the program."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Failed) as caught:
        Ocr(EnrichSettings()).enrich(_document(scan([_WORDS])))
    assert caught.value.finding.code == "ocr-not-installed"


@pytest.mark.parametrize("source", ["xml", "pdf"])
def test_what_reads_is_left_alone(source: str) -> None:
    """Structured texts, and PDFs whose text reads, are not recognised."""
    text = "The ascent of magma beneath the volcano was measured during three years. " * 20
    made = material(texts={source: text}, files={("fulltext", "pdf"): b"%PDF"}, language=("eng",))
    quality = QualityIndicators(pdf_page_count=1, pdf_text=True)
    made.record = msgspec.structs.replace(made.record, quality_indicators=quality)
    assert Ocr(EnrichSettings()).enrich(made) is None
    assert Ocr(EnrichSettings()).enrich(material(title="no PDF")) is None
