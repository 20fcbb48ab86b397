"""Reads tokens into a tree, by the clause rules of Lucene's classic parser.

There is no precedence of AND over OR: each conjunction marks the clauses beside it
(`a OR b AND c` is `a +b +c`). Source: org.apache.lucene.queryparser.classic, addClause.
"""

from __future__ import annotations

import math
import re
import struct
from typing import Literal

from fonds.errors import QueryInvalid
from fonds.search.query.lexer import Token, cut, unescape
from fonds.search.query.tree import (
    Boolean,
    Boost,
    Clause,
    Exists,
    Fuzzy,
    Group,
    MatchAll,
    Node,
    Occur,
    Phrase,
    Range,
    Regex,
    Term,
    Wildcard,
)

Operator = Literal["AND", "OR"]

_LEAVES = frozenset({"term", "wild", "star", "quoted", "regex", "range", "bare"})
_BOUNDS = re.compile(
    r'("(?:[^"\\]|\\.)*"|[^\s\]}]+)\s+(?:TO\s+)?("(?:[^"\\]|\\.)*"|[^\s\]}]+)', re.S
)
_FUZZY_TERM = 5  # Lucene turns a similarity into edits of a word of five letters
_FUZZY_MOST = 2
_MOST_SLOP = 1_000_000  # places; longer than any text, and a number that every engine takes


def parse(text: str, default_operator: Operator, *, depth: int, clauses: int) -> Node:
    """Return the tree of a query; raises QueryInvalid at the first character that is wrong."""
    return _Parser(cut(text), default_operator, depth, clauses).whole()


class _Parser:
    def __init__(self, tokens: list[Token], operator: Operator, depth: int, clauses: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._operator = operator
        self._depth = depth
        self._clauses = clauses

    def whole(self) -> Node:
        if self._peek().kind == "end":
            raise self._error(self._peek(), "the query is empty")
        tree = self._query(None, self._depth)
        if self._peek().kind != "end":
            raise self._error(self._peek(), "this parenthesis was never opened")
        return tree

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _error(self, token: Token, reason: str) -> QueryInvalid:
        return QueryInvalid(position=token.start + 1, reason=reason)

    def _query(self, field: str | None, depth: int) -> Node:
        """Read clauses until the closing parenthesis or the end."""
        if depth <= 0:
            raise self._error(self._peek(), f"more than {self._depth} levels of parentheses")
        start = self._peek().start
        found: list[Clause] = []
        plain = True  # one clause without a sign: it stands for itself
        while True:
            joint = self._conjunction() if found else ""
            sign, token = self._sign(), self._peek()
            node = self._clause(field, depth)
            self._count(token)
            plain = plain and not found and sign == ""
            self._mark_previous(found, joint)
            found.append(Clause(self._occur(joint, sign), node))
            if self._peek().kind in ("end", "close"):
                break
        if plain:
            return found[0].node
        return Boolean(start=start, end=found[-1].node.end, clauses=tuple(found))

    def _count(self, token: Token) -> None:
        self._clauses -= 1
        if self._clauses < 0:
            raise self._error(token, "the query has too many clauses")

    def _conjunction(self) -> str:
        kind = self._peek().kind
        if kind in ("and", "or"):
            self._at += 1
            return kind
        return ""

    def _sign(self) -> str:
        kind = self._peek().kind
        if kind in ("plus", "minus", "not"):
            self._at += 1
            return "+" if kind == "plus" else "-"
        return ""

    def _mark_previous(self, found: list[Clause], joint: str) -> None:
        if not found or found[-1].occur == "must_not":
            return
        if joint == "and":
            found[-1] = Clause("must", found[-1].node)
        elif joint == "or" and self._operator == "AND":
            found[-1] = Clause("should", found[-1].node)

    def _occur(self, joint: str, sign: str) -> Occur:
        if sign == "-":
            return "must_not"
        if self._operator == "OR":
            return "must" if sign == "+" or joint == "and" else "should"
        return "should" if joint == "or" and sign != "+" else "must"

    def _clause(self, field: str | None, depth: int) -> Node:
        token = self._peek()
        start = token.start
        named = token.kind in ("term", "star") and self._peek(1).kind == "colon"
        if named:
            self._at += 2
            if token.kind == "star" and self._peek().kind == "star":
                end = self._take().end
                return self._boosted(MatchAll(start=start, end=end))
            field = unescape(token.text)
        elif token.kind == "wild" and self._peek(1).kind == "colon":
            raise self._error(token, "a star in the name of a field is written \\*")
        if self._peek().kind == "open":
            return self._group(start, field, depth)
        return self._leaf(start, field)

    def _group(self, start: int, field: str | None, depth: int) -> Node:
        opening = self._take()
        if self._peek().kind == "close":
            raise self._error(self._peek(), "there is nothing between these parentheses")
        child = self._query(field, depth - 1)
        if self._peek().kind != "close":
            raise self._error(opening, "this parenthesis is never closed")
        end = self._take().end
        return self._boosted(Group(start=start, end=end, child=child, field=field))

    def _leaf(self, start: int, field: str | None) -> Node:
        token = self._peek()
        if token.kind not in _LEAVES:
            raise self._error(token, _unexpected(token))
        self._at += 1
        factor = self._boost()
        fuzzy = self._take() if self._peek().kind == "fuzzy" else None
        factor = self._boost() if factor is None else factor
        end = self._tokens[self._at - 1].end
        node = self._node(token, fuzzy, start, end, field)
        if factor is None:
            return node
        return Boost(start=start, end=end, child=node, factor=factor)

    def _boost(self) -> float | None:
        if self._peek().kind != "boost":
            return None
        factor = float(self._take().text[1:])
        return factor if math.isfinite(factor) else 1e6

    def _boosted(self, node: Node) -> Node:
        factor = self._boost()
        if factor is None:
            return node
        end = self._tokens[self._at - 1].end
        return Boost(start=node.start, end=end, child=node, factor=factor)

    def _node(
        self, token: Token, fuzzy: Token | None, start: int, end: int, field: str | None
    ) -> Node:
        text = token.text
        match token.kind:
            case "star":
                if field is None:
                    return MatchAll(start=start, end=end)
                return Exists(start=start, end=end, field=field)
            case "wild":
                return Wildcard(start=start, end=end, field=field, pattern=text)
            case "regex":
                return Regex(start=start, end=end, field=field, pattern=text[1:-1])
            case "range":
                return _range(text, start, end, field)
            case "quoted":
                words = unescape(text[1:-1])
                if field == "_exists_":
                    return Exists(start=start, end=end, field=words)
                slop = int(min(float(fuzzy.text[1:] or 0), _MOST_SLOP)) if fuzzy else 0
                return Phrase(start=start, end=end, field=field, text=words, slop=slop)
        words = unescape(text)
        if field == "_exists_":
            return Exists(start=start, end=end, field=words)
        if fuzzy is not None:
            distance = _edits(fuzzy.text[1:])
            return Fuzzy(start=start, end=end, field=field, text=words, distance=distance)
        return Term(start=start, end=end, field=field, text=words)


def _range(text: str, start: int, end: int, field: str | None) -> Node:
    match = _BOUNDS.match(text[1:-1].strip())
    assert match is not None  # the lexer has seen to it
    low, high = (_bound(bound) for bound in match.groups())
    if low is None and high is None and field is not None:
        return Exists(start=start, end=end, field=field)
    return Range(
        start=start,
        end=end,
        field=field,
        low=low,
        high=high,
        include_low=text[0] == "[",
        include_high=text[-1] == "]",
    )


def _bound(text: str) -> str | None:
    if text == "*":
        return None
    return unescape(text[1:-1] if text.startswith('"') else text)


def _edits(text: str) -> int:
    """Return the edits a fuzzy term allows; a similarity below 1 is turned into edits."""
    if not text:
        return _FUZZY_MOST
    similarity = struct.unpack("f", struct.pack("f", min(float(text), 1e9)))[
        0
    ]  # as Lucene: 32 bits
    if similarity >= 1.0:
        return min(int(similarity), _FUZZY_MOST)
    if similarity == 0.0:
        return 0
    return min(int((1.0 - similarity) * _FUZZY_TERM), _FUZZY_MOST)


def _unexpected(token: Token) -> str:
    match token.kind:
        case "end":
            return "the query ends where a word was expected"
        case "close":
            return "a word was expected before this parenthesis"
        case "and" | "or":
            return f"{token.text} must stand between two words; in quotes it is a word itself"
    return f"{token.text} is not expected here; escape it by a backslash"
