"""Where a document's sentences stand: its readable text by section and page, else its abstract.

Text is asked of the corpus, which asks the gate; abstracts are open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.synthesis.sentences import can_stand, split
from fonds.enrich.model import Material
from fonds.enrich.reading import running_heads
from fonds.enrich.sections import label_of, sections

_UNREADABLE = frozenset({"poor", "unreadable", "none"})  # verdicts of the enrichment `quality`
_NOT_QUOTED = frozenset({"acknowledgements", "methods"})  # sections
_MOST_SENTENCES = 240  # of one document that are weighed, from its begin and its end
_PROBE = 60  # letters by which a sentence is found on a page
_NUMBER = re.compile(r"\d+")
_NOT_LETTER = re.compile(r"[\W\d_]+")
_LONGEST_HEADING = 60  # characters
_BIBLIOGRAPHY = re.compile(
    r"^\W*(?:\d+\W*)?(?:references?|bibliograph(?:y|ie)|références?(?: bibliographiques)?|"
    r"literature cited|literatur|referências|referencias)\W*$",
    re.IGNORECASE,
)


class Place(msgspec.Struct, frozen=True, rename="camel"):
    """Where in its document a sentence stands."""

    kind: str  # "abstract", "text"
    section: str = ""  # heading, as the document has it
    page: int = 0  # of the PDF, from 1; 0: not known


class Sentence(msgspec.Struct, frozen=True):
    """A sentence that can be quoted."""

    text: str
    place: Place
    at: float  # of the document, from 0 to 1
    label: str  # of a usual section: "introduction"


def sentences_of(corpus: Corpus, digest: Digest) -> tuple[Sentence, ...]:
    """Return what of a document can be quoted to who asks."""
    if digest.words and digest.readable not in _UNREADABLE:
        material = corpus.material(digest)
        if material is not None:
            found = tuple(_of_text(material))
            if found:
                return found
    return tuple(_of_abstract(digest.abstract))


def _of_abstract(abstract: str) -> Iterator[Sentence]:
    found = [one for one in split(abstract) if can_stand(one)]
    for at, text in enumerate(found):
        yield Sentence(text, Place("abstract"), at / len(found), "abstract")


def _of_text(material: Material) -> Iterator[Sentence]:
    parts = [(one.label or label_of(one.heading), one.heading, one.text)
             for one in sections(material)]  # fmt: skip
    pages = material.pages
    if not parts:
        yield from _of_pages(pages)
        return
    finder = Finder(pages)
    texts = [(label, heading, text) for label, heading, body in parts if label not in _NOT_QUOTED
             for text in split(body)]  # fmt: skip
    for at in _looked_at(len(texts)):
        label, heading, text = texts[at]
        if can_stand(text):
            place = Place("text", heading[:_LONGEST_HEADING], finder.page_of(text))
            yield Sentence(text, place, at / len(texts), label)


def _of_pages(pages: Sequence[str]) -> Iterator[Sentence]:
    """Give the sentences of a PDF; a sentence stands on the page where it begins."""
    heads = running_heads(pages)
    joined: list[str] = []
    starts: list[int] = []
    length = 0
    for number, page in enumerate(pages):
        lines = [line.strip() for line in page.split("\n")]
        kept = [line for line in lines if _NUMBER.sub("#", line).casefold() not in heads]
        cut = next((at for at, line in enumerate(kept) if _BIBLIOGRAPHY.match(line)), None)
        ends = cut is not None and number >= len(pages) // 2
        text = "\n".join(_with_headings(kept[:cut] if ends else kept)) + "\n"
        starts.append(length)
        joined.append(text)
        length += len(_letters(text))
        if ends:
            break
    yield from _placed("".join(joined), starts, length)


def _with_headings(lines: Sequence[str]) -> Iterator[str]:
    """Give lines; those that look like a heading stand apart from the text around them."""
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else ""
        alone = (
            0 < len(line) <= _LONGEST_HEADING
            and line[-1] not in ".,;:-!?"
            and (line[0].isupper() or line[0].isdigit())
        )
        if alone and (not after or after[0].isupper()):
            yield "\n" + line + "\n"
        else:
            yield line


def _placed(text: str, starts: Sequence[int], length: int) -> Iterator[Sentence]:
    """Give sentences with the page on which their first letter is, counted in letters."""
    seen = 0
    page = 0
    found = list(split(text))
    weighed = frozenset(_looked_at(len(found)))
    for at, one in enumerate(found):
        while page + 1 < len(starts) and starts[page + 1] <= seen:
            page += 1
        if at in weighed and can_stand(one):
            yield Sentence(one, Place("text", "", page + 1), seen / max(1, length), "")
        seen += len(_letters(one))


class Finder:
    """Finds the page on which a sentence of the structured text is printed."""

    def __init__(self, pages: Sequence[str]) -> None:
        self._pages = [_letters(page) for page in pages]

    def page_of(self, sentence: str) -> int:
        """Return the page's number, from 1; 0 when the sentence is not found."""
        if not self._pages:
            return 0
        probe = _letters(sentence)[:_PROBE]
        return next((at for at, page in enumerate(self._pages, 1) if probe in page), 0)


def _letters(text: str) -> str:
    return _NOT_LETTER.sub("", text).casefold()


def _looked_at(count: int) -> Iterable[int]:
    """Return the places of the sentences that are weighed."""
    half = _MOST_SENTENCES // 2
    return range(count) if count <= 2 * half else [*range(half), *range(count - half, count)]
