"""How far a record derived from a PDF alone says what the publisher's XML beside it says.

`python -m tests.agreement` writes docs/reference/pdf-alone.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fonds.loading.derived import derive
from fonds.record import Contributor, Record
from fonds.renditions.pdf import PdfReader
from fonds.renditions.pdf_facts import PdfFacts
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes

PAGE = "pdf-alone.md"
FIELDS = ("title", "authors", "doi", "abstract")
_BEGINNING = 40  # letters of an abstract that are compared


class Derived(msgspec.Struct):
    """Counts by field: the XML says it, the PDF's record does, both say the same."""

    documents: int = 0
    told: Counter[str] = msgspec.field(default_factory=Counter)
    said: Counter[str] = msgspec.field(default_factory=Counter)
    right: Counter[str] = msgspec.field(default_factory=Counter)


def measure(corpora: Path) -> Derived:
    """Compare every PDF that has its publisher's XML beside it."""
    found = Derived()
    for told, said in _pairs(corpora):
        found.documents += 1
        for field in FIELDS:
            one, other = _plain(told, field), _plain(said, field)
            found.told[field] += bool(one)
            found.said[field] += bool(one and other)
            found.right[field] += bool(one and other) and _agree(field, one, other)
    return found


def _pairs(corpora: Path) -> Iterator[tuple[Record, Record]]:
    """Give the record of the XML and the one derived from the PDF."""
    readers, limits = load_readers(), LimitSettings()
    with PdfReader(limits) as pdfs:
        for path in sorted(corpora.rglob("*.pdf")):
            named = sorted((one.stem != path.stem, one.name) for one in path.parent.iterdir())
            beside = [path.parent / name for _, name in named if name.endswith((".xml", ".jats"))]
            if "malformed" in path.parts or not beside:
                continue
            reading = read_bytes(beside[0].read_bytes(), readers, limits, name=beside[0].name)
            facts = pdfs.read(str(path), front=True)
            if isinstance(reading, tuple) and isinstance(facts, PdfFacts) and facts.front:
                yield reading[0].record, derive(facts, facts.front, path.name)[0]


def _plain(record: Record, field: str) -> tuple[str, ...]:
    """Return the letters of a field's values."""
    if field == "authors":
        return tuple(_letters(_surname(one)) for one in record.author)
    text = (record.doi or ("",))[0] if field == "doi" else getattr(record, field)
    return (_letters(text),) if text else ()


def _surname(person: Contributor) -> str:
    return person.surname or person.name


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _agree(field: str, told: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Tell whether all that the PDF's record says is right; its list of authors may end early."""
    if field == "authors":
        return told[: len(said)] == said
    if field == "abstract":
        return told[0][:_BEGINNING] in said[0] or said[0][:_BEGINNING] in told[0]
    return told == said or (field == "title" and said[0].startswith(told[0]))


def page(found: Derived) -> str:
    """Return the figures as a page."""
    lines = [
        "# A PDF alone, measured\n",
        f"What is derived from {found.documents} PDFs of the shared corpora, against the",
        "publisher's XML beside them (letters only; of an abstract its beginning; a list of",
        "authors may end early, a title may hold its subtitle, too). Every such value is named in",
        "`derived`. Written by `python -m tests.agreement`.\n",
        "| field | the XML has it | said from the PDF | right | right, of what is said |",
        "|---|---:|---:|---:|---:|",
    ]
    for field in FIELDS:
        told, said, right = found.told[field], found.said[field], found.right[field]
        share = f"{100 * right / max(1, said):.1f} %"
        lines.append(f"| {field} | {told} | {said} | {right} | {share} |")
    return "\n".join(lines) + "\n"
