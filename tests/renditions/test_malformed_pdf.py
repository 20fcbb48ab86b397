"""Every PDF of the malformed corpus is really read, within ten seconds and 500 MB."""

from __future__ import annotations

import time
from pathlib import Path

from fonds.errors import Finding
from fonds.renditions.pdf import PdfReaders
from fonds.settings import LimitSettings
from tests.conftest import DATA

FACTS = DATA / "malformed-pdf-facts.tsv"
LIMITS = LimitSettings(pdf_seconds=10, pdf_memory_bytes=500 * 1024 * 1024)


def facts(path: Path, readers: PdfReaders) -> tuple[str, str, str]:
    """Return what became of a PDF ("text", "scan" or a code), its pages and its words."""
    found = readers.read(str(path))
    if isinstance(found, Finding):
        return found.code, "", ""
    kind = "text" if found.is_text else "scan"
    return kind, str(found.pages), str(found.words)


def test_each_pdf_has_its_stated_result(shared: Path) -> None:
    """Text, pages and words, or the code; none kills its reader, none runs out of time."""
    rows = [line.split("\t") for line in FACTS.read_text("utf-8").splitlines()[1:]]
    stated = {name: (kind, pages, words) for name, kind, pages, words in rows}
    files = sorted((shared / "corpora" / "malformed" / "pdf").iterdir())
    found, slowest = {}, 0.0
    with PdfReaders(LIMITS) as readers:
        for path in files:
            begin = time.monotonic()
            found[path.name] = facts(path, readers)
            slowest = max(slowest, time.monotonic() - begin)
    assert found == stated
    assert not {"pdf-crashed", "pdf-timeout"} & {kind for kind, _, _ in found.values()}
    assert slowest < LIMITS.pdf_seconds
