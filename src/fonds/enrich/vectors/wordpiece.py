"""The pieces of words that BERT reads: https://arxiv.org/abs/1810.04805, the uncased vocabulary.

Text is cleaned, written small and without accents, cut at blanks, signs and ideographs; a word is
then cut into the longest pieces that the vocabulary has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_UNKNOWN, _BEGIN, _END = "[UNK]", "[CLS]", "[SEP]"
_MOST_LETTERS = 100  # of a word; a longer one is unknown
_MOST_CHARACTERS = 20  # of a text, for each piece wanted: no text of that length has fewer pieces
_CONTROLS = ("Cc", "Cf", "Co", "Cs")
_IDEOGRAPHS = (
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPieces:
    """Cuts texts by one vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._pieces = lru_cache(maxsize=50_000)(self._cut)

    @property
    def is_whole(self) -> bool:
        """Tell whether the vocabulary has the signs that every text needs."""
        return all(sign in self._numbers for sign in (_UNKNOWN, _BEGIN, _END))

    def numbers(self, text: str, most: int) -> list[int]:
        """Return the numbers of at most `most` pieces, with the signs of begin and end."""
        found = [self._numbers[_BEGIN]]
        for word in words(text[: most * _MOST_CHARACTERS]):
            found += self._pieces(word)
            if len(found) >= most:
                break
        return [*found[: most - 1], self._numbers[_END]]

    def _cut(self, word: str) -> tuple[int, ...]:
        unknown = (self._numbers[_UNKNOWN],)
        if len(word) > _MOST_LETTERS:
            return unknown
        pieces: list[int] = []
        begin = 0
        while begin < len(word):
            mark = "##" if begin else ""
            for end in range(len(word), begin, -1):
                number = self._numbers.get(mark + word[begin:end])
                if number is not None:
                    pieces.append(number)
                    begin = end
                    break
            else:
                return unknown
        return tuple(pieces)


def words(text: str) -> Iterator[str]:
    """Give the words and signs of a text, small and without accents."""
    plain = unicodedata.normalize("NFD", "".join(map(_cleaned, text)).lower())
    for word in plain.split():
        begin = 0
        letters = [sign for sign in word if unicodedata.category(sign) != "Mn"]
        for at, sign in enumerate(letters):
            if _is_sign(sign):
                if begin < at:
                    yield "".join(letters[begin:at])
                yield sign
                begin = at + 1
        if begin < len(letters):
            yield "".join(letters[begin:])


@lru_cache(maxsize=20_000)
def _cleaned(sign: str) -> str:
    if sign.isspace():
        return " "
    code = ord(sign)
    if code in (0, 0xFFFD) or unicodedata.category(sign) in _CONTROLS:
        return ""
    return f" {sign} " if any(low <= code <= high for low, high in _IDEOGRAPHS) else sign


@lru_cache(maxsize=20_000)
def _is_sign(sign: str) -> bool:
    code = ord(sign)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(sign).startswith("P")
