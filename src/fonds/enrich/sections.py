"""The sections of a structured body: their text, and what they are where the heading is usual."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from fonds.enrich.model import Material
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element

# what a section is -> headings, in English and French
_USUAL = {
    "introduction": r"introduction|background|contexte|état de l'art",
    "methods": r"(?:materials? and |patients and )?methods?|methodology|experimental.*"
    r"|m(?:atériel|éthode)s?(?: et .*)?|méthodologie",
    "results": r"results?|findings|résultats?",
    "discussion": r"discussions?|results? and discussions?|résultats? et discussions?",
    "conclusion": r"conclusions?|concluding remarks|conclusions? et perspectives",
    "acknowledgements": r"acknowledg(?:e)?ments?|remerciements?",
}
_NUMBER = re.compile(r"^\W*(?:\d+|[IVX]+)?(?:\.\d+)*[\W_]*", re.ASCII)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _USUAL.items())
_SKIPPED = frozenset({TEI + name for name in ("figure", "table", "note", "formula", "code")})
_BLOCKS = frozenset(
    {TEI + name for name in ("p", "head", "item", "l", "ab", "quote", "div", "cell")}
)


class Section(msgspec.Struct, frozen=True):
    """A section of the first level."""

    label: str  # "methods", or empty where the heading is no usual one
    heading: str
    text: str  # paragraphs apart by blank lines; no captions, tables, notes, formulas


def sections(material: Material) -> tuple[Section, ...]:
    """Return the sections of the body in order; none without structured text."""
    if not material.cleaned or material.tei is None:
        return ()
    body = material.tei.find(f"{TEI}text/{TEI}body")
    return tuple(_sections(body)) if body is not None else ()


def label_of(heading: str) -> str:
    """Return what a section is by its heading; empty where it is no usual one."""
    plain = " ".join(_NUMBER.sub("", heading).split()).rstrip(".:")
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(plain)), "")


def _sections(body: Element) -> Iterator[Section]:
    loose: list[str] = []
    for child in body.iterchildren("*"):
        if child.tag != TEI + "div":
            loose += _texts(child)
            continue
        if loose:
            yield Section("", "", "".join(loose).strip())
            loose = []
        head = child.find(f"{TEI}head")
        heading = " ".join("".join(map(str, head.itertext())).split()) if head is not None else ""
        yield Section(label_of(heading), heading, "".join(_texts(child)).strip())
    if loose:
        yield Section("", "", "".join(loose).strip())


def _texts(element: Element) -> Iterator[str]:
    """Give the running text below an element, blocks parted by blank lines."""
    if element.tag in _SKIPPED:
        return
    is_block = element.tag in _BLOCKS
    if is_block:
        yield "\n\n"
    yield element.text or ""
    for child in element.iterchildren("*"):
        yield from _texts(child)
        yield child.tail or ""
    if is_block:
        yield "\n\n"
