"""What a PDF's first page and document information say; runs in the guarded child."""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import median

import pypdfium2 as pdfium
from pypdfium2 import raw

from fonds.renditions.pdf_facts import Line, PdfFront

_MOST_CHARACTERS = 12_000  # of the first page
_MOST_XMP = 256 * 1024
_MOST_FILE = 64 * 1024 * 1024  # bytes looked through for XMP
_NAMES = ("Title", "Author", "Subject", "Keywords")
_ENDS = "\r\n\x02\ufffe"


def front_of(document: pdfium.PdfDocument, path: str) -> PdfFront:
    """Return document information, XMP and the lines of the first page."""
    info = {name: _clean(document.get_metadata_value(name)) for name in _NAMES}
    try:
        page = document[0]
        text = page.get_textpage()
        lines = tuple(_lines(text))
        text.close()
        page.close()
    except pdfium.PdfiumError:
        lines = ()
    return PdfFront({name: value for name, value in info.items() if value}, _xmp(path), lines)


def _clean(text: str) -> str:
    return " ".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())


def _xmp(path: str) -> bytes:
    """Return the XMP packet of the document; it stands uncompressed, so that others find it."""
    if os.stat(path).st_size > _MOST_FILE:  # noqa: PTH116
        return b""
    with open(path, "rb") as file:  # noqa: PTH123  # names may not be UTF-8
        data = file.read()
    end = data.rfind(b"</x:xmpmeta>")
    begin = data.rfind(b"<x:xmpmeta", 0, max(end, 0))
    found = data[begin : end + 12] if 0 <= begin < end else b""
    return found if len(found) <= _MOST_XMP else b""


def _lines(page: pdfium.PdfTextPage) -> Iterator[Line]:
    """Give the lines in the order of the content; the library's own line ends part them."""
    count = min(page.count_chars(), _MOST_CHARACTERS)
    letters: list[str] = []
    sizes: list[float] = []
    left = bottom = 0.0
    box = raw.FS_RECTF()
    for at in range(count):
        code = raw.FPDFText_GetUnicode(page.raw, at)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if char and char in _ENDS:
            if letters and sizes:
                yield Line("".join(letters).strip(), round(median(sizes), 1), left, bottom)
                letters, sizes = [], []
            continue
        letters.append(char)
        if not char.isspace() and raw.FPDFText_GetLooseCharBox(page.raw, at, box):
            if not sizes:
                left, bottom = round(box.left, 1), round(box.bottom, 1)
            sizes.append(abs(box.top - box.bottom))
    if letters and sizes:
        yield Line("".join(letters).strip(), round(median(sizes), 1), left, bottom)
