"""The lines of a concordance: found, counted, and put in order.

Documents that may not be read are counted by the search engine; nothing is quoted from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.reading.texts import FIELDS, Passage, passages
from fonds.analyses.reading.words import Phrase
from fonds.search.analysis import tokens

Sort = Literal["left", "right", "document", "year", "recent"]
MOST_LINES = 200_000  # found; about 200 MB
_KEY = 40  # characters around that lines are put in order by
_KEY_WORDS = 4


class Line(msgspec.Struct, frozen=True):
    """A place, and what it is put in order by."""

    document: int  # place in the corpus
    passage: int  # place among its passages
    begin: int
    end: int
    left: tuple[str, ...]  # words before, the nearest first; only where asked for
    right: tuple[str, ...]


class Lines(msgspec.Struct, frozen=True):
    """What was found in the texts of a corpus."""

    lines: list[Line]
    per_phrase: tuple[int, ...]  # lines of each phrase
    found: tuple[int, ...]  # documents of the corpus that the search finds, as places in it
    read: int  # of them
    closed: int  # of them, whose text may not be read
    left_out: int  # of them, not looked at: there were too many, or too many lines


def find_lines(corpus: Corpus, phrases: Sequence[Phrase], sort: Sort, most: int) -> Lines:
    """Find the lines of phrases in at most so many documents, in the order of the corpus."""
    found = _documents(corpus, phrases)
    counts = [0] * len(phrases)
    lines: list[Line] = []
    read = closed = looked = 0
    for number in found[:most]:
        if len(lines) >= MOST_LINES:
            break
        digest = corpus.digests[number]
        looked += 1
        read += 1
        closed += bool(digest.words) and not corpus.may_read(digest)
        for at, passage in enumerate(passages(corpus, digest)):
            for phrase_at, begin, end in _places(passage, phrases):
                counts[phrase_at] += 1
                left, right = _around(passage.text, begin, end, sort)
                lines.append(Line(number, at, begin, end, left, right))
    lines.sort(key=_order(sort, corpus.digests))
    return Lines(lines, tuple(counts), tuple(found), read, closed, len(found) - looked)


def _documents(corpus: Corpus, phrases: Sequence[Phrase]) -> list[int]:
    """Return the documents in whose title, abstract or text the search finds a phrase."""
    held = np.zeros(len(corpus.ords), bool)
    for phrase in phrases:
        held |= np.isin(corpus.ords, corpus.find(phrase.query(*FIELDS)))
    return [int(at) for at in np.flatnonzero(held)]


def _places(passage: Passage, phrases: Sequence[Phrase]) -> Iterator[tuple[int, int, int]]:
    """Give every place once, in the order of the text; of two that begin alike, the longer."""
    found = [
        (begin, -end, at) for at, one in enumerate(phrases) for begin, end in one.places(passage)
    ]
    before = -1
    for begin, end, at in sorted(found):
        if begin != before:
            yield at, begin, -end
        before = begin


def _around(text: str, begin: int, end: int, sort: Sort) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    if sort == "left":
        left = tuple(tokens(text[max(0, begin - _KEY) : begin])[: -_KEY_WORDS - 1 : -1])
    if sort in ("left", "right"):
        right = tuple(tokens(text[end : end + _KEY])[:_KEY_WORDS])
    return left, right


def _order(sort: Sort, digests: Sequence[Digest]) -> Callable[[Line], tuple[object, ...]]:
    def place(line: Line) -> tuple[object, ...]:
        return line.document, line.passage, line.begin

    def by_year(line: Line) -> tuple[object, ...]:
        year = digests[line.document].year
        known = year if sort == "year" else -year
        return not year, known, *place(line)

    def by_title(line: Line) -> tuple[object, ...]:
        digest = digests[line.document]
        return digest.title.casefold(), digest.ark, *place(line)

    def by_words(line: Line) -> tuple[object, ...]:
        words = (line.left, line.right) if sort == "left" else (line.right, ())
        return *words, *place(line)

    return {"left": by_words, "right": by_words, "document": by_title}.get(sort, by_year)
