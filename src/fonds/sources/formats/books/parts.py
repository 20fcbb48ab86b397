"""What stands in a book: its chapters, and the text around them."""

from __future__ import annotations

from fonds.sources.markup import words
from fonds.sources.xml import Element

_WITHIN = ("book-part", "book-part-wrapper")
_NAMES = {"book-body": "body", "book-back": "back", "named-book-part-body": "body"}
_NOT_TEXT = ("toc", "index", "toc-group", "index-group")


def chapters(book: Element) -> list[Element]:
    """Return the parts of a book that hold no others, in order."""
    return [
        part
        for part in book.iter("book-part")
        if part.find(".//book-part") is None and part.find("book-part-meta") is not None
    ]


def name_as_articles(root: Element) -> None:
    """Give the parts that BITS calls otherwise the names that they have in articles."""
    for element in list(root.iter(*_NAMES)):
        element.tag = _NAMES[str(element.tag)]


def take_out_chapters(book: Element) -> None:
    """Leave of a book what stands around its parts."""
    for part in list(book.iter(*_WITHIN)):
        parent = part.getparent()
        if parent is not None:
            parent.remove(part)


def has_text(book: Element) -> bool:
    """Tell whether a book without its parts still says something; its front comes first."""
    for element in list(book.iter(*_NOT_TEXT)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    body, back = book.find("body"), book.find("back")
    for front in book.findall("book-front") + book.findall("front-matter"):
        front.tag = "sec"
        if body is None:
            body = book.makeelement("body")
            book.append(body)
        body.insert(0, front)
    return any(bool(words(part)) for part in (body, back) if part is not None)
