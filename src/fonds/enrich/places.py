"""Expressions tried only where they can match: at words that each match must begin with.

Trying an expression at every character of a text costs more than finding some words in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def places_of(text: str, words: Iterable[str]) -> list[int]:
    """Return where any of these stands in a text, in its order."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    return sorted(found)


def matches_at(
    pattern: re.Pattern[str], text: str, places: Iterable[int]
) -> Iterator[re.Match[str]]:
    """Give what `finditer` gives, where nothing can match but at these ascending places."""
    end = 0
    for place in places:
        match = pattern.match(text, place) if place >= end else None
        if match is not None:
            end = match.end()
            yield match


def matches_within(
    pattern: re.Pattern[str], text: str, stretches: Iterable[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """Give what `finditer` gives, where every match and what it looks at lie within a stretch."""
    for begin, end in stretches:
        yield from pattern.finditer(text, begin, end)


def joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches, given in the order of their ends, with those that touch made one."""
    found: list[tuple[int, int]] = []
    for begin, end in stretches:
        first = begin
        while found and first <= found[-1][1]:
            first = min(first, found.pop()[0])
        found.append((first, end))
    return found
