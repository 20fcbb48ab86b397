"""Cuts a query into tokens, by the lexical rules of Lucene's classic parser (QueryParser.jj)."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from fonds.errors import QueryInvalid

Kind = Literal[
    "term", "wild", "star", "quoted", "regex", "fuzzy", "boost", "bare",
    "and", "or", "not", "plus", "minus", "open", "close", "colon", "range", "end",
]  # fmt: skip


class Token(msgspec.Struct, frozen=True):
    """One token; `text` as written."""

    kind: Kind
    text: str
    start: int
    end: int


_PLAIN = r"(?:[^\s+\-!():^\[\]\"{}~*?\\/]|\\.)"
_WORD = re.compile(rf"(?:{_PLAIN}|[*?])(?:{_PLAIN}|[-+*?])*", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_REGEX = re.compile(r"/(?:[^/\\]|\\.)*/", re.DOTALL)
_FUZZY = re.compile(r"~(?:\d+(?:\.\d+)?)?", re.ASCII)
_BOOST = re.compile(r"\^\s*(\d+(?:\.\d+)?)", re.ASCII)
_BOUND = r'(?:"(?:[^"\\]|\\.)*"|[^\s\]}]+)'
_RANGE = re.compile(rf"[\[{{]\s*{_BOUND}\s+(?:TO\s+)?{_BOUND}\s*[\]}}]", re.DOTALL)
_ADDRESS = re.compile(r"[^\s()]*")  # `http://...` and `ark:/...` are taken whole
_ADDRESS_VALUE = re.compile(r"(?:https?|ftp|ark|doi|info|urn):/?")
_ARK = re.compile(r"ark:/\d")
# a DOI as it is pasted; parentheses belong to it in pairs (10.1016/s0305-750x(02)00072-4)
_DOI = re.compile(r"10\.\d{4,9}/(?:[^\s()\"*?^~\[\]{}\\]|\([^\s()\"]*\))+(?=[\s)]|\Z)")
_BLANK = re.compile(r"\s+")
_UNESCAPED_WILD = re.compile(r"(?:[^\\*?]|\\.)*[*?]", re.DOTALL)

_OPERATORS: dict[str, Kind] = {"AND": "and", "&&": "and", "OR": "or", "||": "or", "NOT": "not"}
_SIGNS: dict[str, Kind] = {"+": "plus", "-": "minus", "!": "not"}
_MARKS: dict[str, Kind] = {"(": "open", ")": "close", ":": "colon"}
_MATCHED: dict[str, tuple[Kind, re.Pattern[str], str]] = {
    '"': ("quoted", _QUOTED, "this quote is never closed"),
    "/": ("regex", _REGEX, "this slash begins a regular expression that is never closed; escape it"
          " by a backslash if it is part of a word"),
    "~": ("fuzzy", _FUZZY, ""),
    "^": ("boost", _BOOST, "a number must follow ^"),
    "[": ("range", _RANGE, "this range is not of the form [low TO high]"),
    "{": ("range", _RANGE, "this range is not of the form {low TO high}"),
}  # fmt: skip


def cut(text: str) -> list[Token]:
    """Return the tokens of a query, closed by one of kind `end`; raises QueryInvalid."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank is not None:
            at = blank.end()
            continue
        token = _address(text, at, tokens) or _next(text, at)
        tokens.append(token)
        at = token.end
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def _next(text: str, at: int) -> Token:
    char = text[at]
    if char in _MARKS:
        return Token(_MARKS[char], char, at, at + 1)
    if char in _SIGNS:
        alone = text[at + 1 : at + 2].isspace() and char != "!"
        return Token("bare" if alone else _SIGNS[char], char, at, at + 1)
    if char in _MATCHED:
        kind, pattern, reason = _MATCHED[char]
        found = pattern.match(text, at)
        if found is None:
            raise QueryInvalid(position=at + 1, reason=reason)
        return Token(kind, found.group(), at, found.end())
    word = _WORD.match(text, at)
    if word is None:
        reason = (
            "a backslash must be followed by the character it escapes"
            if char == "\\"
            else f"{char} is not expected here; escape it by a backslash"
        )
        raise QueryInvalid(position=at + 1, reason=reason)
    return _word(word.group(), at)


def _word(written: str, at: int) -> Token:
    kind: Kind = "term"
    if written in _OPERATORS:
        kind = _OPERATORS[written]
    elif written == "*":
        kind = "star"
    elif _UNESCAPED_WILD.match(written):
        kind = "wild"
    return Token(kind, written, at, at + len(written))


def _address(text: str, at: int, tokens: list[Token]) -> Token | None:
    """Take an unescaped web address or ARK after a field, an ARK or a DOI, as one term.

    Lucene refuses the first and reads the second as an expression in a field `ark`, the third as
    one that is never closed; people and known clients mean the address.
    """
    doi = _DOI.match(text, at)
    if doi is not None:
        return Token("term", doi.group(), at, doi.end())
    fielded = len(tokens) > 1 and tokens[-1].kind == "colon" and tokens[-2].kind == "term"
    if not (_ADDRESS_VALUE if fielded else _ARK).match(text, at):
        return None
    found = _ADDRESS.match(text, at)
    assert found is not None
    return Token("term", found.group(), at, found.end())


def unescape(text: str) -> str:
    """Drop the backslashes that escape; `\\uXXXX` is a code point, as Lucene has it."""
    if "\\" not in text:
        return text
    return re.sub(r"\\(?:u([0-9a-fA-F]{4})|(.))", _plain, text, flags=re.DOTALL)


def _plain(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2]
    char = chr(int(match[1], 16))
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char
