"""The running text of a JATS article, block by block.

Text is taken paragraph by paragraph in one call of libxml2 each, after formulas, figures, tables
and notes inside were taken out or marked; walking every element in Python would cost three times
the parse.
"""

from __future__ import annotations

import msgspec

from fonds.sources.markup import readable, words
from fonds.sources.model import Block, BlockKind, Body
from fonds.sources.xml import Element

FORMULA = "_placeholder_formula_"

_MATHML = "{http://www.w3.org/1998/Math/MathML}math"
_FORMULAS = ("inline-formula", "disp-formula", "tex-math", "math", _MATHML, "chem-struct-wrap")
_FLOATS = ("fig", "table-wrap", "fig-group", "table-wrap-group", "supplementary-material",
           "media", "graphic", "inline-graphic", "fn", "fn-group", "boxed-text-id", "table",
           "array", "object-id", "uncited")  # fmt: skip
_INSIDE: dict[str, BlockKind] = {
    "list": "list",
    "def-list": "list",
    "disp-quote": "quote",
    "verse-group": "quote",
    "speech": "quote",
    "preformat": "code",
    "code": "code",
}
_HOLDERS = frozenset({"sec", "boxed-text", "app", "app-group", "statement", "ack-sec"})


class Content(msgspec.Struct, frozen=True):
    """What the body gives."""

    body: Body
    has_formula: bool
    figures: tuple[str, ...]
    tables: tuple[str, ...]


def read_body(article: Element) -> Content:
    """Return the blocks of the article's own body. Changes the tree."""
    body = article.find("body")
    if body is None:
        return Content(Body(), has_formula=False, figures=(), tables=())
    figures, tables = _captions(article)
    has_formula = _mark_formulas(body)
    _take_out_floats(body)
    blocks: list[Block] = []
    _walk(body, 1, blocks)
    return Content(Body(tuple(blocks)), has_formula, figures, tables)


def _captions(article: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    figures: list[str] = []
    tables: list[str] = []
    for part in ("body", "back", "floats-group", "floats-wrap"):
        place = article.find(part)
        if place is None:
            continue
        for element in place.iter("fig", "table-wrap"):
            text = f"{words(element.find('label'))} {readable(element.find('caption'))}".strip()
            if text:
                (figures if element.tag == "fig" else tables).append(text)
    return tuple(figures), tuple(tables)


def _mark_formulas(body: Element) -> bool:
    """Put a placeholder in the place of each formula; tell whether there were any."""
    found = list(body.iter(*_FORMULAS))
    for element in found:
        for child in list(element):
            element.remove(child)
        element.text = f" {FORMULA} "
    return bool(found)


def _take_out_floats(body: Element) -> None:
    """Remove what does not run with the text; what follows it stays."""
    for element in list(body.iter(*_FLOATS)):
        parent = element.getparent()
        if parent is None:
            continue
        tail = element.tail
        if tail and tail.strip():
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
        parent.remove(element)


def _walk(holder: Element, level: int, blocks: list[Block]) -> None:
    for child in holder:
        tag = child.tag
        if tag == "p":
            _paragraph(child, level, blocks)
        elif tag == "title":
            _add(blocks, "head", child, level)
        elif tag in _HOLDERS:
            _walk(child, level + 1 if tag == "sec" else level, blocks)
        elif tag == "disp-formula":
            blocks.append(Block("formula", FORMULA, level))
        elif tag in _INSIDE:
            _inside(child, _INSIDE[str(tag)], level, blocks)
        elif isinstance(tag, str) and tag not in ("label", "sec-meta"):
            _other(child, level, blocks)


def _paragraph(element: Element, level: int, blocks: list[Block]) -> None:
    """Take a paragraph; lists and quotations inside it become blocks of their own after it."""
    inner = [child for child in element if child.tag in _INSIDE] if len(element) else []
    if not inner:
        _add(blocks, "p", element, level)
        return
    for child in inner:
        child.tail, tail = None, child.tail
        before = child.getprevious()
        element.remove(child)
        if tail and tail.strip():
            if before is None:
                element.text = (element.text or "") + tail
            else:
                before.tail = (before.tail or "") + tail
    _add(blocks, "p", element, level)
    for child in inner:
        _inside(child, _INSIDE[str(child.tag)], level, blocks)


def _inside(element: Element, kind: BlockKind, level: int, blocks: list[Block]) -> None:
    items = element.findall("list-item") or element.findall("def-item")
    for part in items or element.findall("p") or [element]:
        _add(blocks, kind, part, level)


def _other(element: Element, level: int, blocks: list[Block]) -> None:
    """Take an element of a vocabulary we do not name (TaxPub treatments, ...)."""
    if element.find(".//p") is not None or element.find(".//sec") is not None:
        _walk(element, level, blocks)
    else:
        _add(blocks, "p", element, level)


def _add(blocks: list[Block], kind: BlockKind, element: Element, level: int) -> None:
    text = words(element)
    if text:
        blocks.append(Block(kind, text, level))
