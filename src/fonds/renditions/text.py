"""Plain and cleaned text of a document.

`txt` is everything a reader reads: title, abstracts, body, captions, notes, back matter; without a
body it is the PDF's text. `cleaned` is the running text of the body alone, for text mining: no
captions, tables, notes and code, formulas as `_placeholder_formula_`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec
from lxml import etree

from fonds.record import LeftOut, Record
from fonds.renditions.model import Material
from fonds.sources.markup import words
from fonds.sources.stylesheet import TEI, Stylesheet
from fonds.sources.xml import Element

_TITLE_PAGE = 5  # blocks: a number, the title in a few lines
_BLOCK, _LINE = "\u2029", "\u2028"


class PlainText:
    """Makes `txt`."""

    name = "txt"
    extension = "txt"
    typology: Literal["fulltext", "metadata"] = "fulltext"
    mimetype = "text/plain"
    version = 7
    stored = True

    def __init__(self) -> None:
        self._text = Stylesheet("fonds.renditions", "text.xsl")

    def make(self, material: Material) -> bytes | None:
        """Return the structured text, else the PDF's; None when there is neither."""
        if material.text is not None:
            blocks = list(_blocks(self._text.text(material.text)))
            if material.text.find(f"{TEI}front") is not None:
                blocks = _without(material.record.title, blocks)
            return _joined([*_front(material.record), *blocks])
        text = material.pdf.text if material.pdf is not None else ""
        return text.encode("utf-8", "replace") if text else None


class CleanedText:
    """Makes `cleaned`."""

    name = "cleaned"
    extension = "cleaned"
    typology: Literal["fulltext", "metadata"] = "fulltext"
    mimetype = "text/cleaned"
    version = 4
    stored = True

    def __init__(self) -> None:
        self._text = Stylesheet("fonds.renditions", "text.xsl")

    def make(self, material: Material) -> bytes | None:
        """Return the running text of the body; None when there is no structured text."""
        if material.text is None:
            return None
        return _joined(_blocks(self._text.text(material.text, cleaned="true()")))


class PdfText:
    """Makes `pdftxt`: the PDF's text beside the structured one."""

    name = "pdftxt"
    extension = "pdftxt"
    typology: Literal["fulltext", "metadata"] = "fulltext"
    mimetype = "text/plain"
    version = 1
    stored = True

    def make(self, material: Material) -> bytes | None:
        """Return the PDF's text; None where it is `txt` already, or there is none."""
        if material.text is None or material.pdf is None or not material.pdf.text:
            return None
        return material.pdf.text.encode("utf-8", "replace")


def with_text_facts(record: Record, text: Element | None) -> Record:
    """Return the record with what its text says: captions, formulas, what `cleaned` leaves out."""
    if text is None:
        return record
    figures: list[str] = []
    tables: list[str] = []
    everywhere: dict[str, int] = dict.fromkeys(_COUNTED, 0)
    cleaned: dict[str, int] = everywhere
    for part in text.iterchildren(etree.Element):
        counts = dict.fromkeys(_COUNTED, 0)
        for element in part.iter(*_COUNTED):
            tag = element.tag
            counts[tag] += 1
            if tag == _FIGURE and (caption := _caption(element)):
                (tables if element.get("type") == "table" else figures).append(caption)
        if part.tag in _CLEANED:
            cleaned = {tag: cleaned[tag] + count for tag, count in counts.items()}
        everywhere = {tag: everywhere[tag] + count for tag, count in counts.items()}
    return msgspec.structs.replace(
        record,
        has_formula=everywhere[_FORMULA] > 0,
        figure=tuple(figures),
        table=tuple(tables),
        cleaned=LeftOut(
            captions=cleaned[_FIGURE],
            tables=cleaned[_TABLE],
            formulas=cleaned[_FORMULA],
            notes=cleaned[_NOTE],
            code=cleaned[_CODE],
        ),
    )


_COUNTED = _FIGURE, _TABLE, _FORMULA, _NOTE, _CODE = tuple(
    TEI + name for name in ("figure", "table", "formula", "note", "code")
)
_CLEANED = (TEI + "body", TEI + "group")
_CAPTIONS = frozenset({TEI + "head", TEI + "figDesc", TEI + "p"})


def _caption(figure: Element) -> str:
    said = (words(child) for child in figure if child.tag in _CAPTIONS)
    return " ".join(filter(None, said))


def _front(record: Record) -> Iterator[str]:
    """Give title and abstracts; what is said twice (a summary that is the abstract) once."""
    said = (record.title, record.abstract, *(other.value for other in record.other_abstract))
    yield from dict.fromkeys(filter(None, said))


def _without(title: str, blocks: list[str]) -> list[str]:
    """Return the text without its title, where that stands on the title page once more."""
    wanted = _letters(title)
    for start in range(min(_TITLE_PAGE, len(blocks))):
        for end in range(start + 1, min(_TITLE_PAGE, len(blocks)) + 1):
            if wanted and _letters("".join(blocks[start:end])) == wanted:
                return [*blocks[:start], *blocks[end:]]
    return blocks


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _blocks(text: str) -> Iterator[str]:
    return (
        _listing(block) if _LINE in block else " ".join(block.split())
        for block in text.split(_BLOCK)
        if block and not block.isspace()
    )


def _listing(block: str) -> str:
    """Return the lines of a program as they are, without those at the ends that are empty."""
    return "\n".join(line.rstrip() for line in block.split(_LINE)).strip("\n")


def _joined(blocks: Iterator[str] | list[str]) -> bytes:
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")
