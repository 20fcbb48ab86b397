"""Books and chapters of the NLM Book and BITS vocabularies, JSTOR's included.

Standards: NLM Book DTD 2 and 3, BITS (https://jats.nlm.nih.gov/extensions/bits/). A chapter is a
document, its book the host, its series above. What stands around the chapters (foreword, glossary)
is a document too: the book. Chapters have the body of an article, so its stylesheet serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.formats.books.meta import Book, Fields, read_book, read_chapter
from fonds.sources.formats.books.parts import (
    chapters,
    has_text,
    name_as_articles,
    take_out_chapters,
)
from fonds.sources.formats.jats.references import read_references
from fonds.sources.markup import words
from fonds.sources.model import Piece, Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.stylesheet import Stylesheet
from fonds.sources.xml import Element, line_of, local, without_namespaces

_ROOTS = frozenset({"book", "collection", "book-part-wrapper"})
_METAS = frozenset({"book-meta", "collection-meta", "book-part-meta"})


_KEPT = frozenset({"book-meta", "collection-meta"})


class BooksReader:
    """Reads books and chapters."""

    name = "books"
    label = "NLM Book / BITS"
    version = 4

    def __init__(self) -> None:
        self._body = Stylesheet("fonds.sources.formats.jats", "body.xsl")

    def recognises(self, source: Source) -> bool:
        """Tell by a book or collection with the vocabulary's description."""
        root = source.root
        if root is None or local(root.tag) not in _ROOTS:
            return False
        names = {local(child.tag) for child in root if isinstance(child.tag, str)}
        return bool(names & _METAS) or (root.find(".//{*}book-part-meta") is not None)

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every chapter, and the book where it has a text of its own. Changes the tree."""
        root = source.root
        assert root is not None
        if "}" in str(root.tag) or _has_prefixes(root):
            without_namespaces(root)
        return tuple(self._readings(root))

    def _readings(self, root: Element) -> Iterator[Reading]:
        book = Book(root)
        parts = chapters(root)
        pieces: list[Piece | None] = [alone(one, _name(one), _KEPT) for one in parts]
        rest = deepcopy(root)
        take_out_chapters(rest)
        around = Piece("book", etree.tostring(rest, encoding="UTF-8", xml_declaration=True))
        name_as_articles(rest)
        is_document = has_text(rest) or not parts
        if len(parts) == 1 and not is_document:
            pieces = [None]
        name_as_articles(root)
        for chapter, piece in zip(parts, pieces, strict=True):
            findings: list[Finding] = []
            fields = read_chapter(chapter, book, findings)
            yield self._reading(chapter, fields, findings, piece)
        if is_document:
            findings = []
            fields = read_book(book, findings)
            yield self._reading(rest, fields, findings, around if parts else None)

    def _reading(
        self, element: Element, fields: Fields, findings: list[Finding], piece: Piece | None
    ) -> Reading:
        record = Record(**fields, ref_bibs=read_references(element.find("back")))
        if not (record.title or record.doi):
            line = line_of(element)
            findings.append(Finding("no-title", "neither title nor DOI", line=line))
        return Reading(record, self._body(element), tuple(findings), piece)


def _has_prefixes(root: Element) -> bool:
    """Tell whether formulas carry a prefix that nobody declared (read by repair)."""
    return any(True for _ in root.iter("mml:math", "xlink:href"))


def _name(chapter: Element) -> str:
    """Return what the chapter is called within its book."""
    numbered = words(chapter.find("book-part-meta/book-part-id"))
    return chapter.get("id") or numbered or str(chapter.sourceline or "chapter")
