"""Numbers of volumes and issues as they are printed: `12`, `3-4`, `XIV`, `B 7`, `Suppl. 2`."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from fonds.sources.values import is_number

_NUMBER = re.compile(r"(\D*?)\s*(\d+)(?:\s*[-–—/&+]\s*(\d+))?")
_ROMAN = re.compile(r"(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LETTERS = frozenset("CDLM")  # alone they are names of series, not numbers
_PLAIN_SERIES = frozenset({"", "vol", "v", "no", "n", "nr", "num", "issue", "iss", "t", "tome"})


class Span(msgspec.Struct, frozen=True):
    """One number or a double one; numbers of different series say nothing of each other."""

    series: str
    first: int
    last: int


@lru_cache(maxsize=50_000)  # the same few numbers stand in every title
def read_span(text: str) -> Span | None:
    """Return the number in a printed one; None where there is none to count with."""
    plain = " ".join(text.split())
    if _ROMAN.fullmatch(plain.upper()) and plain not in _LETTERS and len(plain) < 16:
        number = _roman(plain.upper())
        return Span("", number, number)
    match = _NUMBER.fullmatch(plain)
    if match is None or not is_number(match[2]):
        return None
    series = match[1].strip(" .-").casefold()
    first = int(match[2])
    second = match[3] or ""
    last = int(second) if is_number(second) else first
    if not first <= last <= first + 99:  # `1999-00` and `12-1` are no stretch of numbers
        last = first
    return Span("" if series in _PLAIN_SERIES else series, first, last)


def label(text: str) -> str:
    """Return a printed number in the form by which equal ones are recognised."""
    plain = " ".join(text.split()).casefold()
    return plain.lstrip("0") or plain


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(
        -one if one < following else one
        for one, following in zip(values, [*values[1:], 0], strict=True)
    )
