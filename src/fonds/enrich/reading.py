"""What can be measured of how a text reads: letters, words a dictionary knows, traces of print.

Cheap enough for every page: one pass of expressions over the text and one look-up per word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
import wordfreq

from fonds.enrich.pieces import Pieces
from fonds.enrich.places import matches_at, places_of
from fonds.sources.languages import tag

_WORD = re.compile(r"[^\W\d_]{3,}")
_BROKEN = re.compile(r"[^\W\d_]{2}[-\u00ad\u2010]\n[ \t]*[^\W\d_A-Z]{2}")
_BREAKS = ("-\n", "\u00ad\n", "\u2010\n")  # what such a word holds ...
_BEFORE_BREAK = 2  # ... behind so many letters
_NO_LETTER = re.compile(r"[\W\d_]+")
_DIGITS = re.compile(r"\d+")
_ASCII = bytes(range(128))
_NO_ASCII_LETTER = bytes(at for at in range(256) if not bytes([at]).isalpha())
_EDGE = 2  # lines at the top and at the foot of a page that may be a running head
_LEAST_PAGES = 3  # that a line must stand on, and a fifth of all
_LONGEST = 120  # characters of a running head


class Reading(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    """How a stretch of text reads."""

    words: int  # of three letters and more
    letters: float  # share of letters and blanks among the characters, the alpha ratio
    known: float | None = None  # share of words that a dictionary of the language knows
    broken: int = 0  # words still parted at a line's end
    running: int = 0  # lines that are a running head or foot


class Dictionary:
    """The words of one language that are frequent enough to be in a list (wordfreq)."""

    def __init__(self) -> None:
        self._lists: dict[str, Mapping[str, float] | None] = {}
        self._pieces: dict[str, Pieces[tuple[int, int]]] = {}

    def count(self, language: str, pieces: Iterable[str]) -> tuple[int, int | None]:
        """Return how many words there are, and how many a list of the language knows.

        The language is one of ISO 639-2/B; None without a list. `pieces` are a text cut at blanks.
        """
        if language not in self._pieces:
            held = self._list(language) or {}
            self._pieces[language] = Pieces(lambda piece: _counted(piece, held))
        words = known = 0
        for here, known_here in self._pieces[language].of(pieces):
            words += here
            known += known_here
        return words, known if self._list(language) is not None else None

    def _list(self, language: str) -> Mapping[str, float] | None:
        if language not in self._lists:
            short = tag(language)
            there = short in wordfreq.available_languages("small")
            self._lists[language] = wordfreq.get_frequency_dict(short, "small") if there else None
        return self._lists[language]


def letters_of(text: str) -> float:
    """Return the share of letters and blanks among the characters of a text; 0 without any."""
    return _letters(text, text.split())


def read(text: str, language: str, dictionary: Dictionary, heads: Collection[str] = ()) -> Reading:
    """Measure a stretch of text; `heads` are the running heads of its document."""
    pieces = text.split()
    words, known = dictionary.count(language, pieces)
    breaks = [at - _BEFORE_BREAK for at in places_of(text, _BREAKS) if at >= _BEFORE_BREAK]
    return Reading(
        words=words,
        letters=_letters(text, pieces),
        known=round(known / words, 4) if known is not None and words else None,
        broken=sum(1 for _ in matches_at(_BROKEN, text, breaks)),
        running=sum(line in heads for line in edges(text)) if heads else 0,
    )


def _counted(piece: str, held: Collection[str]) -> tuple[int, int]:
    words = _WORD.findall(piece)
    return len(words), sum(word.casefold() in held for word in words)


def _letters(text: str, pieces: Sequence[str]) -> float:
    if not pieces:
        return 0.0
    plain = "".join(pieces)
    blanks = len(pieces) - 1 + text[0].isspace() + text[-1].isspace()  # as one each
    letters = len(plain.encode().translate(None, _NO_ASCII_LETTER))
    if not plain.isascii():
        beyond = plain.encode().translate(None, _ASCII).decode()
        letters += len(_NO_LETTER.sub("", beyond))
    return round((letters + blanks) / (len(plain) + blanks), 4)


def running_heads(pages: Sequence[str]) -> frozenset[str]:
    """Return the lines that stand at the edge of many pages, numbers aside."""
    found = Counter(line for page in pages for line in set(edges(page)))
    least = max(_LEAST_PAGES, len(pages) // 5)
    return frozenset(line for line, count in found.items() if count >= least)


def edges(page: str) -> list[str]:
    """Return the lines at the top and foot of a page, with every number as `#`."""
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    chosen = lines[:_EDGE] + lines[max(_EDGE, len(lines) - _EDGE) :]
    shaped = (_DIGITS.sub("#", line).casefold() for line in chosen if len(line) <= _LONGEST)
    return [line for line in shaped if any(map(str.isalpha, line))]
