"""A PDF gives its facts; one that kills its reader costs its own text only."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.errors import Finding
from fonds.findings import FINDINGS
from fonds.renditions.pdf import PdfReader, PdfReaders
from fonds.renditions.pdf_facts import PdfFacts
from fonds.renditions.pdf_text import repair
from fonds.settings import LimitSettings
from tests.conftest import ROOT

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"
PDFS = sorted(DELIVERIES.rglob("*.pdf"))
ARTICLE = next(path for path in PDFS if "mdpi" in path.parts)


def test_facts_of_real_articles() -> None:
    """Version, pages, size, words and text of every bundled article."""
    with PdfReaders(LimitSettings()) as reader:
        for path in PDFS:
            facts = reader.read(str(path))
            if path.parent.name == "broken":
                assert facts == Finding("pdf-encrypted", "it needs a password")
                continue
            assert isinstance(facts, PdfFacts), path
            assert 1.0 <= facts.version <= 2.0
            assert facts.pages > 0
            assert " pts" in facts.page_size
            assert facts.is_text
            assert facts.words == len(facts.text.split()) > 100
            assert facts.characters == len(facts.text)
            assert not any(char in facts.text for char in "\ufb01\ufb02\u00ad\ufffe\x02")


def test_a_killed_child_costs_one_pdf() -> None:
    """When the child dies the PDF at hand is reported and the next one is read."""
    with PdfReader(LimitSettings()) as reader:
        assert isinstance(reader.read(str(ARTICLE)), PdfFacts)
        child = reader._child
        assert child is not None
        os.kill(child.pid, signal.SIGSTOP)  # so that it dies while it is asked
        threading.Timer(0.2, lambda: os.kill(child.pid, signal.SIGKILL)).start()
        found = reader.read(str(ARTICLE))
        assert isinstance(found, Finding)
        assert found.code == "pdf-crashed"
        assert isinstance(reader.read(str(ARTICLE)), PdfFacts)


def test_a_blocked_child_is_given_up() -> None:
    """A PDF that takes too long is reported in time; the next one is read."""
    with PdfReader(LimitSettings(pdf_seconds=1.0)) as reader:
        reader.read(str(ARTICLE))
        child = reader._child
        assert child is not None
        os.kill(child.pid, signal.SIGSTOP)
        begin = time.monotonic()
        found = reader.read(str(ARTICLE))
        assert isinstance(found, Finding)
        assert found.code == "pdf-timeout"
        assert time.monotonic() - begin < 15  # the limit is 1, the child would stand for ever
        assert isinstance(reader.read(str(ARTICLE)), PdfFacts)


def test_memory_is_bounded() -> None:
    """The child runs under the limit of the settings, as the kernel sees it."""
    limit = 300 * 1024 * 1024
    with PdfReader(LimitSettings(pdf_memory_bytes=limit)) as reader:
        assert isinstance(reader.read(str(ARTICLE)), PdfFacts)
        child = reader._child
        assert child is not None
        limits = Path(f"/proc/{child.pid}/limits").read_text()
    assert re.search(rf"Max address space +{limit} +{limit} ", limits)


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A PDF whose name is not UTF-8 is read like any other."""
    name = os.fsencode(tmp_path) + b"/caf\xe9.pdf"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(ARTICLE.read_bytes())
    with PdfReader(LimitSettings()) as reader:
        assert isinstance(reader.read(os.fsdecode(name)), PdfFacts)


def test_every_broken_pdf_is_survived(shared: Path) -> None:
    """Each of the malformed PDFs gives facts or a known finding, all in bounded time."""
    limits = LimitSettings(pdf_seconds=20)
    found: dict[str, int] = {}
    with PdfReader(limits) as reader:
        for path in sorted((shared / "corpora" / "malformed" / "pdf").iterdir()):
            facts = reader.read(str(path))
            code = facts.code if isinstance(facts, Finding) else "read"
            found[code] = found.get(code, 0) + 1
    assert set(found) <= {"read", *FINDINGS}
    assert found["read"] > 150
    assert found["pdf-encrypted"] > 0
    assert found["pdf-damaged"] > 0


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ("e\ufb03cient \ufb02ow", "efficient flow"),
        ("inter-\nnational law", "international\n law"),
        ("co-\nOperation", "co-\nOperation"),
        ("DNA-\nbased", "DNA-based"),
        ("hyphen\ufffe\nated", "hyphenated"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\x00b\x1fc", "abc"),
        ("line  \nnext", "line\nnext"),
    ],
)
def test_repair(given_: str, wanted: str) -> None:
    """Ligatures, hyphens at line ends and stray characters are put right."""
    assert repair(given_) == wanted


@given(st.text())
def test_repair_is_safe(text: str) -> None:
    """Any text can be repaired and written, and repairing again changes little."""
    done = repair(text)
    done.encode()
    assert len(repair(done)) <= len(done)
