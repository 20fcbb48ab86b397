"""The words of one field, so that patterns with a leading or inner wildcard stay fast.

All words lie in one byte string, sorted, each between two NUL bytes, with an array of places; a
second one, built when first needed, holds them written backwards. A pattern is narrowed down by
its literal beginning, else its end, else its longest inner piece, and only what is left is
compared. Ten bytes and a word per entry, instead of the hundred of a Python list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice

import numpy as np

ANY = "*"
ONE = "?"
Pieces = tuple[str, ...]  # "*" and "?" alone are wildcards; everything else is literal

_NUL = "\0"
_SAME_BEGINNING = 2  # letters; few misspellings begin wrongly
_LENGTHS_APART = 2
_ALIKE = 0.78
_MOST_COMPARED = 20_000  # words, about 20 ms
_QUESTION = re.compile(r"\?(?![\w*?])")


class Literal(str):
    """A piece that is compared as it is, even when it is written `*` or `?`."""

    __slots__ = ()


def pieces(pattern: str) -> tuple[str, ...]:
    """Split a pattern at its unescaped wildcards; literal pieces are `Literal`."""
    found: list[str] = []
    literal: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character in (ANY, ONE):
            if literal:
                found.append(Literal("".join(literal)))
                literal = []
            if not (character == ANY and found and found[-1] is ANY):
                found.append(ANY if character == ANY else ONE)
        else:
            literal.append(next(characters, "\\") if character == "\\" else character)
    if literal:
        found.append(Literal("".join(literal)))
    return tuple(found)


def phrase_pieces(text: str) -> tuple[str, ...]:
    """Split a phrase at its wildcards; a `?` that ends a word is punctuation, as in titles."""
    return pieces(_QUESTION.sub("", text))


def is_literal(piece: str) -> bool:
    """Tell a literal piece from a wildcard."""
    return isinstance(piece, Literal)


def expression(split: Iterable[str]) -> str:
    """Write the pieces of a pattern as a regular expression that never goes back.

    Between two stars the first place that fits is as good as any later one, so each such stretch
    is atomic: the time is bounded by the length of the word times that of the pattern.
    """
    stretches: list[str] = [""]
    for piece in split:
        if is_literal(piece):
            stretches[-1] += re.escape(piece)
        elif piece == ONE:
            stretches[-1] += "."
        else:
            stretches.append("")
    if len(stretches) == 1:
        return stretches[0]
    inner = "".join(f"(?>.*?{stretch})" for stretch in stretches[1:-1])
    return f"{stretches[0]}{inner}.*{stretches[-1]}"


class Vocabulary:
    """The distinct words of one field in one snapshot."""

    def __init__(self, words: Iterable[str]) -> None:
        self._sorted = _Words(sorted(words))

    def __len__(self) -> int:
        return len(self._sorted)

    @property
    def nbytes(self) -> int:
        """Return the memory held, in bytes."""
        held = self._sorted.nbytes
        return held + (self._backwards.nbytes if "_backwards" in self.__dict__ else 0)

    def matching(self, split: tuple[str, ...], limit: int) -> list[str] | None:
        """Return the words that match the pattern, in order; None when more than `limit` do."""
        if not split:
            return []
        test = re.compile(expression(split), re.DOTALL).fullmatch
        found: list[str] = []
        for word in self._candidates(split):
            if test(word):
                found.append(word)
                if len(found) > limit:
                    return None
        return sorted(found)

    def first_matching(self, split: tuple[str, ...], limit: int) -> list[str]:
        """Return the first words that match the pattern, at most `limit`."""
        if not split:
            return []
        test = re.compile(expression(split), re.DOTALL).fullmatch
        return list(islice((word for word in self._candidates(split) if test(word)), limit))

    def similar(self, word: str) -> list[tuple[str, float]]:
        """Return words with the same beginning that are written almost alike, and how alike.

        Likeness is Ratcliff and Obershelp's, 0 to 1; of a long list only the first are compared.
        """
        near = []
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(word)
        for other in islice(self._sorted.starting(word[:_SAME_BEGINNING]), _MOST_COMPARED):
            if abs(len(other) - len(word)) > _LENGTHS_APART:
                continue
            matcher.set_seq1(other)
            if matcher.quick_ratio() >= _ALIKE and (likeness := matcher.ratio()) >= _ALIKE:
                near.append((other, likeness))
        return near

    def between(
        self, low: str | None, high: str | None, include_low: bool, include_high: bool
    ) -> list[str]:
        """Return the words between two bounds in code point order; None is open."""
        words = self._sorted
        begin = 0 if low is None else words.place(low, after=not include_low)
        end = len(words) if high is None else words.place(high, after=include_high)
        return list(words.slice(begin, end))

    def _candidates(self, split: tuple[str, ...]) -> Iterator[str]:
        first, last = split[0], split[-1]
        if is_literal(first):
            return self._sorted.starting(first)
        if is_literal(last):
            return (word[::-1] for word in self._backwards.starting(last[::-1]))
        inner = max((piece for piece in split if is_literal(piece)), key=len, default="")
        return self._sorted.containing(inner) if inner else self._sorted.slice(0, len(self))

    @cached_property
    def _backwards(self) -> _Words:
        return _Words(sorted(word[::-1] for word in self._sorted.slice(0, len(self))))


class _Words:
    """Sorted words in one byte string."""

    def __init__(self, words: list[str]) -> None:
        self._text = (_NUL + _NUL.join(words) + _NUL).encode() if words else b""
        nuls = np.flatnonzero(np.frombuffer(self._text, np.uint8) == 0)
        self._nuls = nuls.astype(np.uint32 if len(self._text) < 2**32 else np.uint64)

    def __len__(self) -> int:
        return max(0, len(self._nuls) - 1)

    @property
    def nbytes(self) -> int:
        return len(self._text) + self._nuls.nbytes

    def word(self, index: int) -> str:
        return self._text[int(self._nuls[index]) + 1 : int(self._nuls[index + 1])].decode()

    def place(self, word: str, *, after: bool) -> int:
        """Return the index of the first entry not before (`after`: behind) the word."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            entry = self.word(middle)
            if entry < word or (after and entry == word):
                low = middle + 1
            else:
                high = middle
        return low

    def slice(self, begin: int, end: int) -> Iterator[str]:
        if begin < end:
            first, last = int(self._nuls[begin]) + 1, int(self._nuls[end])
            yield from self._text[first:last].decode().split(_NUL)

    def starting(self, prefix: str) -> Iterator[str]:
        begin = self.place(prefix, after=False)
        # no text holds a code point above this one, so it closes the range
        return self.slice(begin, self.place(prefix + "\U0010ffff", after=True))

    def containing(self, piece: str) -> Iterator[str]:
        needle = piece.encode()
        at = self._text.find(needle)
        while at >= 0:
            begin = self._text.rfind(b"\0", 0, at + 1) + 1
            end = self._text.find(b"\0", at)
            yield self._text[begin:end].decode()
            at = self._text.find(needle, end)
