"""Wildcards and Lucene's regular expressions, written as tantivy's expressions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fonds.search.vocabulary import ANY, Literal, is_literal

TokenPattern = tuple[str, ...]

_SPECIAL = frozenset(r"\.+*?()|[]{}^$#&-~")
_REFUSED = frozenset("~&<>@")  # Lucene's complement, intersection, interval, any string


def token_patterns(split: Sequence[str], analyse: Callable[[str], list[str]]) -> list[TokenPattern]:
    """Analyse the literal pieces of a pattern; where they hold several words, it has several."""
    found: list[list[str]] = [[]]
    for piece in split:
        if not is_literal(piece):
            found[-1].append(piece)
            continue
        words = analyse(piece)
        if piece[:1].isspace() or not piece[:1].isalnum():
            found.append([])
        for place, word in enumerate(words):
            if place:
                found.append([])
            found[-1].append(Literal(word))
        if words and not piece[-1:].isalnum():
            found.append([])
    return [tuple(pattern) for pattern in found if pattern]


def rust_pattern(split: Sequence[str]) -> str:
    """Write a wildcard pattern as an expression."""
    return "".join(
        escape(piece) if is_literal(piece) else ".*" if piece == ANY else "." for piece in split
    )


def escape(text: str) -> str:
    """Escape a literal text."""
    return "".join("\\" + char if char in _SPECIAL else char for char in text)
