"""The process that reads PDFs: `python -m fonds.renditions.pdf_child MEMORY PAGES`.

It reads paths from its input and writes answers to its output, each as four bytes of length and
MessagePack. Whatever a PDF does to it, only this process suffers.
"""

from __future__ import annotations

import os
import re
import resource
import sys
from typing import BinaryIO

import msgspec
import pypdfium2 as pdfium
from pypdfium2 import raw

from fonds.renditions.pdf_facts import LENGTH, PdfContent, PdfFailure
from fonds.renditions.pdf_front import front_of

_SIZES = {(595, 842): "A4", (612, 792): "letter", (842, 1191): "A3", (420, 595): "A5"}
_TOLERANCE = 2  # points
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # cannot be written as UTF-8
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def main() -> None:
    """Answer requests until the input ends."""
    memory, pages = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while request := _receive(source):
        path, wanted = msgspec.msgpack.decode(request, type=tuple[bytes, bool])
        answer = read(os.fsdecode(path), pages, front=wanted)
        payload = msgspec.msgpack.encode((type(answer).__name__, answer))
        target.write(LENGTH.pack(len(payload)) + payload)
        target.flush()


def _receive(source: BinaryIO) -> bytes:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


def read(path: str, most_pages: int, *, front: bool = False) -> PdfContent | PdfFailure:
    """Read a PDF's facts and raw text; `front`: also what its first page looks like."""
    try:
        document = pdfium.PdfDocument(_input(path))
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            return PdfFailure("pdf-encrypted", "it needs a password")
        return PdfFailure("pdf-damaged", str(error))
    except (OSError, ValueError) as error:
        return PdfFailure("pdf-damaged", str(error))
    try:
        facts = _facts(document, most_pages)
        if front and isinstance(facts, PdfContent):
            return msgspec.structs.replace(facts, front=front_of(document, path))
        return facts
    except MemoryError:
        return PdfFailure("pdf-crashed", "it needs more memory than the limit")
    except pdfium.PdfiumError as error:
        return PdfFailure("pdf-damaged", str(error))
    finally:
        document.close()


def _input(path: str) -> str | bytes:
    """Return the path, or the content where the library could not read the name."""
    try:
        path.encode()
    except UnicodeEncodeError:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    return path


def _facts(document: pdfium.PdfDocument, most_pages: int) -> PdfContent | PdfFailure:
    count = len(document)
    if count == 0:
        return PdfFailure("pdf-damaged", "it has no pages")
    texts = []
    size = ""
    for number in range(min(count, most_pages)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            texts.append("")
            continue
        size = size or _size(page)
        texts.append(_text(page))
        page.close()
    version = document.get_version()
    return PdfContent(
        version=(version or 0) / 10,
        pages=count,
        read=min(count, most_pages),
        page_size=size,
        text=_LONE_SURROGATE.sub("", "\f".join(texts)),
        encrypted=raw.FPDF_GetSecurityHandlerRevision(document.raw) >= 0,
    )


def _text(page: pdfium.PdfPage) -> str:
    try:
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return ""
    text: str = text_page.get_text_bounded(errors="ignore")
    text_page.close()
    return text


def _size(page: pdfium.PdfPage) -> str:
    width, height = (round(length) for length in page.get_size())
    for (short, long), name in _SIZES.items():
        for known in ((short, long), (long, short)):
            if abs(width - known[0]) <= _TOLERANCE and abs(height - known[1]) <= _TOLERANCE:
                return f"{width} x {height} pts ({name})"
    return f"{width} x {height} pts"


if __name__ == "__main__":
    main()
