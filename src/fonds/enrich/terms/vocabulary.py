"""Numbers of tokens and stems, kept over documents: a piece of text is cut and looked up once."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from fonds.enrich.pieces import Pieces
from fonds.enrich.words import Words

Ints = npt.NDArray[np.int64]

_END = "\n\n"  # of a paragraph
_PARAGRAPH = re.compile(r"\n\s*\n")
_SIGNS = ".,;:()[]/%="  # tokens whatever stands around them; most others are rare
_MOST = 200_000  # tokens known; with more, numbers begin anew at the next document
_FIRST = 4_096  # places for tokens at the beginning


class Vocabulary:
    """The tokens met so far in one language; for one thread.

    The lists of tokens and stems grow, and are others after a new beginning: who keeps numbers
    keeps the lists with them.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._begin()

    def _begin(self) -> None:
        self.tokens: list[str] = []  # as written, by number
        self.stems: list[str] = []  # by number
        self._numbers = _Numbers(self._number)
        self._stem_numbers: dict[str, int] = {}
        self._looked: list[tuple[int, int]] = []  # kind and stem of the newest tokens
        self._known = 0  # tokens whose kind and stem stand in the array
        self._kinds_stems = np.zeros((2, _FIRST), np.int64)
        self._place = np.zeros(_FIRST, np.int64)  # what `first_places` writes; kept for its memory
        self._pieces: Pieces[bytes] = Pieces(self._read)

    def renew(self) -> None:
        """Begin anew if there are too many tokens; between two documents."""
        if len(self.tokens) > _MOST:
            self._begin()

    def read(self, text: str) -> Ints:
        """Return the numbers of the tokens of a text; the end of a paragraph is one of them."""
        for sign in _SIGNS:
            text = text.replace(sign, f" {sign} ")
        pieces: list[str] = []
        for paragraph in _PARAGRAPH.split(text):
            pieces += paragraph.split()
            pieces.append(_END)
        pieces[-1] = "."
        numbers = np.frombuffer(b"".join(self._pieces.of(pieces)), np.int32)
        return numbers.astype(np.int64)

    def kinds_and_stems(self, tokens: Ints) -> tuple[Ints, Ints]:
        """Return the kind of each token, and the number of its stem."""
        if self._looked:
            total = len(self.tokens)
            if total > self._kinds_stems.shape[1]:
                grown = np.zeros((2, 2 * total), np.int64)
                grown[:, : self._known] = self._kinds_stems[:, : self._known]
                self._kinds_stems = grown
            self._kinds_stems[:, self._known : total] = np.array(self._looked, np.int64).T
            self._known = total
            self._looked.clear()
        kinds, stems = self._kinds_stems
        return kinds[tokens], stems[tokens]

    def first_places(self, stems: Ints) -> Ints:
        """Return for each place in a row of stems the first place of the same stem."""
        if len(self._place) < len(self.stems):
            self._place = np.zeros(2 * len(self.stems), np.int64)
        self._place[stems[::-1]] = np.arange(len(stems))[::-1]  # the last one written stays
        return self._place[stems]

    def _read(self, piece: str) -> bytes:
        if piece.isalnum() or piece == _END:
            return self._numbers[piece].to_bytes(4, sys.byteorder)
        return array("i", self._numbers.of(self._words.tokens(piece))).tobytes()

    def _number(self, token: str) -> int:
        """Give a new token its number."""
        kind, stem = self._words.look(token)
        number = self._stem_numbers.setdefault(stem, len(self.stems))
        if number == len(self.stems):
            self.stems.append(stem)
        self._looked.append((kind, number))
        self.tokens.append(token)
        return len(self.tokens) - 1


class _Numbers(dict[str, int]):
    """The numbers of tokens; a new one gets its number when it is asked for."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, token: str) -> int:
        """Number a token."""
        found = self[token] = self._number(token)
        return found

    def of(self, tokens: Iterable[str]) -> Iterator[int]:
        """Give the number of each token."""
        return map(self.__getitem__, tokens)
