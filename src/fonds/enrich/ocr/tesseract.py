"""Asks tesseract (Apache-2.0, a program of its own) for the text of pages."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

_VERSION = re.compile(r"tesseract\s+v?(\S+)")
_WORD, _LEVEL, _CONFIDENCE, _TEXT = "5", 0, 10, 11
_COLUMNS = 12


class Tesseract(msgspec.Struct, frozen=True):
    """What is installed."""

    version: str
    languages: frozenset[str]  # ISO 639-3 as tesseract names them: "eng", "fra"


class OcrPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of one page."""

    page: int  # from 1
    words: int = 0
    confidence: float = 0.0  # 0 to 1, mean over the words
    failed: str = ""  # why there is no text


def installed() -> Tesseract | None:
    """Return what tesseract says of itself; None when it is not installed."""
    if shutil.which("tesseract") is None:
        return None
    said = _asked("--version")
    match = _VERSION.search(said)
    listed = _asked("--list-langs").splitlines()[1:]
    return Tesseract(match[1] if match else "", frozenset(map(str.strip, listed)))


def recognise(
    path: Path, page: int, *, dpi: int, languages: str, memory: int, seconds: float
) -> tuple[OcrPage, str]:
    """Return the text of a page of a PDF (its folder takes the image), and how sure it is."""
    command = [
        sys.executable, "-m", "fonds.enrich.ocr.page", str(path), str(page), str(dpi), languages,
        str(memory),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        output, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return OcrPage(page, failed=f"more than {seconds:g} seconds"), ""
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
        path.with_name(f"{page}.pgm").unlink(missing_ok=True)
    if process.returncode < 0:
        return OcrPage(page, failed=f"ended by {signal.Signals(-process.returncode).name}"), ""
    if process.returncode:
        reason = said.decode("utf-8", "replace").strip().splitlines()
        return OcrPage(page, failed=(reason or ["it could not be rendered"])[-1][:200]), ""
    return _page(page, output.decode("utf-8", "replace"))


def _page(number: int, table: str) -> tuple[OcrPage, str]:
    """Put words together: lines by line breaks, paragraphs by blank lines."""
    pieces: list[str] = []
    confidences: list[float] = []
    place: tuple[str, ...] = ()
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < _COLUMNS or cells[_LEVEL] != _WORD or not cells[_TEXT].strip():
            continue
        here = tuple(cells[2:5])  # block, paragraph, line
        if place:
            pieces.append(" " if here == place else "\n" if here[:2] == place[:2] else "\n\n")
        pieces.append(cells[_TEXT])
        confidences.append(float(cells[_CONFIDENCE]) / 100)
        place = here
    sure = sum(confidences) / len(confidences) if confidences else 0.0
    return OcrPage(number, len(confidences), round(sure, 4)), "".join(pieces)


def _asked(option: str) -> str:
    done = subprocess.run(
        ["tesseract", option],  # noqa: S607  # found on the path, as installed by the operator
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    return done.stdout + done.stderr
