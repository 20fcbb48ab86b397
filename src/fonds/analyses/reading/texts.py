"""The texts of a document that may be quoted, and where in the document a place of them is.

A text that may not be read is not given; title and abstract are open to all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

import msgspec
from lxml import etree

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.reading.words import Scanned
from fonds.search.analysis import tokens
from fonds.sources.stylesheet import TEI

FIELDS = ("title", "abstract", "fulltext")  # where the search finds what stands in these parts
Part = Literal["title", "abstract", "text"]
PAGE = "\f"
_HEADS = f"{TEI}text/{TEI}body/{TEI}div/{TEI}head"
_AROUND = 60  # characters by which a place is found again in another text


class Passage(Scanned):
    """A part of a document as it is read."""

    def __init__(self, part: Part, text: str, *, many: bool = False) -> None:
        super().__init__(text, many=many)
        self.part = part


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where something stands; a page counts from 1 in the PDF."""

    part: Part
    page: int = 0  # 0: there is no PDF, or the place was not found in its text
    section: str = ""  # heading of the first level


def passages(corpus: Corpus, digest: Digest, *, many: bool = False) -> Iterator[Passage]:
    """Give what may be read of a document: title, abstract and text, none of them twice.

    `many`: for many phrases.
    """
    text = corpus.text(digest)
    if not text or digest.text_source == "xml":  # else they stand in the text
        if digest.title:
            yield Passage("title", digest.title, many=many)
        if digest.abstract:
            yield Passage("abstract", digest.abstract, many=many)
    if text:
        yield Passage("text", text, many=many)


class Places:
    """Says where in a document places of its passages are; reads its files when first needed."""

    def __init__(self, corpus: Corpus, digest: Digest) -> None:
        self._corpus = corpus
        self._digest = digest
        self._headings: tuple[list[int], list[str]] | None = None
        self._pages: list[str] | None = None

    def place(self, passage: Passage, begin: int, end: int) -> Place:
        """Return page and section of a place."""
        if passage.part != "text":
            return Place(passage.part)
        if PAGE in passage.text:
            return Place("text", page=passage.text.count(PAGE, 0, begin) + 1)
        if self._digest.text_source != "xml":
            return Place("text")
        return Place("text", self._page(passage.text, begin, end), self._section(passage, begin))

    def _section(self, passage: Passage, begin: int) -> str:
        if self._headings is None:
            self._headings = self._found_headings(passage.text)
        starts, headings = self._headings
        at = bisect_right(starts, begin) - 1
        return headings[at] if at >= 0 else ""

    def _found_headings(self, text: str) -> tuple[list[int], list[str]]:
        """Return the headings of the first level, and where they stand in the running text."""
        data = self._corpus.file(self._digest, "fulltext", "tei")
        tree = etree.fromstring(data, etree.XMLParser(no_network=True)) if data else None
        starts: list[int] = []
        headings: list[str] = []
        lines, at = f"\n{text}\n", 0
        for head in tree.iterfind(_HEADS) if tree is not None else ():
            said = " ".join("".join(map(str, head.itertext())).split())
            found = lines.find(f"\n{said}\n", at) if said else -1
            if found >= 0:
                starts.append(found)
                headings.append(said)
                at = found + len(said) + 1
        return starts, headings

    def _page(self, text: str, begin: int, end: int) -> int:
        """Return the page of the PDF on which the words around a place stand, or some of them."""
        if self._pages is None:
            data = self._corpus.file(self._digest, "fulltext", "pdftxt")
            pages = data.decode("utf-8", "replace").split(PAGE) if data else []
            self._pages = [f" {' '.join(tokens(page))} " for page in pages]
        if not self._pages:
            return 0
        for around in (_AROUND, _AROUND // 3):
            words = tokens(text[max(0, begin - around) : end + around])[1:-1]
            said = f" {' '.join(words)} "
            found = [at for at, page in enumerate(self._pages, start=1) if said in page]
            if words and len(found) == 1:
                return found[0]
        return 0
