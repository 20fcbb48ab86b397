"""A concordance as it is given and written to files."""

from __future__ import annotations

import msgspec

from fonds.analyses.reading.texts import Place


class Quoted(msgspec.Struct, frozen=True):
    """A line as it is shown."""

    left: str
    match: str
    right: str
    year: int  # 0: unknown
    title: str
    ark: str
    place: Place


class Concordance(msgspec.Struct, frozen=True, rename="camel"):
    """A stretch of a concordance, and what all of it counts."""

    words: tuple[str, ...]
    total: int  # lines, in the documents that were read
    per_word: tuple[int, ...]
    documents: int  # of the corpus, in whose title, abstract or text a search finds the words
    read: int  # of them
    closed: int  # of them, whose text may not be read: title and abstract alone
    left_out: int  # of them, not looked at
    start: int  # lines before those shown
    lines: tuple[Quoted, ...]
    offered: tuple[str, ...] = ()  # without words: terms to look for
