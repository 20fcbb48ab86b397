"""RIS: a tag and a value a line, as EndNote, Zotero and Mendeley read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from fonds.renditions.citations.work import Kind, Work, work_of
from fonds.renditions.model import Material

_TYPES: dict[Kind, str] = {
    "article": "JOUR",
    "chapter": "CHAP",
    "conference": "CPAPER",
    "book": "BOOK",
    "preprint": "GEN",
}


class Ris:
    """Makes `ris`."""

    name = "ris"
    extension = "ris"
    typology: Literal["fulltext", "metadata"] = "metadata"
    mimetype = "application/x-research-info-systems"
    version = 1
    stored = False

    def make(self, material: Material) -> bytes | None:
        """Return one reference."""
        work = work_of(material.record)
        pairs = [("TY", _TYPES[work.kind]), *((t, v) for t, v in _pairs(work) if v), ("ER", "")]
        lines = (f"{tag}  - {_line(value)}" for tag, value in pairs)
        return ("\r\n".join(lines) + "\r\n").encode("utf-8", "replace")


def _pairs(work: Work) -> Iterator[tuple[str, str]]:
    yield from (("AU", name.inverted) for name in work.authors)
    yield from (("A2", name.inverted) for name in work.editors)
    yield "TI", work.title
    if work.kind != "book":
        yield "T2", work.container
    yield "T3", work.series
    yield "VL", work.volume
    yield "IS", work.issue
    yield "SP", work.first
    yield "EP", work.last
    yield "C7", work.number
    yield "PY", work.year
    if len(work.date) > 4:
        yield "DA", _date(work.date)
    yield "PB", work.publisher
    yield from (("SN", number) for number in (*work.issn, *work.isbn))
    yield "DO", work.doi
    yield "UR", work.address
    yield "AN", work.ark
    yield from (("KW", word) for word in work.keywords)
    yield "LA", work.language
    yield "AB", work.abstract


def _date(date: str) -> str:
    """Write 2009-03 as 2009/03//; the standard has four fields."""
    year, month, day = (*date.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"


def _line(text: str) -> str:
    """Keep a value on its line."""
    return " ".join(text.split())
