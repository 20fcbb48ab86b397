"""Formats are told by content; what is not read says what it is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_candidate
from fonds.sources.model import Candidate, DeliveredFile, Rejected


def rejected(tmp_path: Path, data: bytes | None, *, pdf: bool = False) -> Rejected:
    """Read a candidate that cannot become a document."""
    path = tmp_path / "a"
    if data is not None:
        path.write_bytes(data)
    file = DeliveredFile("a", str(path), len(data or b""))
    candidate = Candidate("a", None if pdf else file, file if pdf else None)
    found = read_candidate(candidate, load_readers(), LimitSettings())
    assert isinstance(found, Rejected)
    return found


def test_readers_are_found() -> None:
    """The readers come by their entry points, as those of a plug-in do."""
    assert {reader.name for reader in load_readers()} >= {"jats", "crossref-deposit"}


def test_what_is_too_large(tmp_path: Path) -> None:
    """Beyond the limit nothing is read into memory, whatever its format."""
    path = tmp_path / "many.mrc"
    path.write_bytes(b"00714cam" * 200)
    file = DeliveredFile("many.mrc", str(path), 1_600)
    limits = msgspec.structs.replace(LimitSettings(), xml_bytes=1_000)
    found = read_candidate(Candidate("many.mrc", file, None), load_readers(), limits)
    assert isinstance(found, Rejected)
    assert found.finding.code == "file-too-large"


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "format-not-read", "TEI in http://www.tei"),
        (b"<book><p>Q & A</p></book>", "format-not-read", "book; "),
        (b"", "file-empty", "zero"),
        (b" \n", "xml-empty", "nothing"),
        (b"<article><front>", "xml-malformed", ""),
        (b"<article><front><article-meta/></front></article>", "no-title", "title"),
        (None, "file-unreadable", "No such file"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, data: bytes | None, code: str, word: str) -> None:
    """Each failure has its code and names what was found."""
    finding = rejected(tmp_path, data).finding
    assert finding.code == code
    assert word in finding.reason


def test_pdf_alone(tmp_path: Path) -> None:
    """A PDF without metadata is kept and said."""
    assert rejected(tmp_path, b"%PDF-1.4", pdf=True).finding.code == "pdf-alone"
