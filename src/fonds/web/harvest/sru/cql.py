"""Reads CQL 1.2 into a tree: https://www.loc.gov/standards/sru/cql/spec.html

Booleans have one precedence and lean to the left. Whether an index or a relation is known is not
asked here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from fonds.web.harvest.sru.diagnostics import Diagnostic

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<quoted>"(?:[^"\\]|\\.)*")
    | (?P<symbol>==|<>|<=|>=|[=<>()/])
    | (?P<word>[^\s"=<>()/]+)
    )""",
    re.VERBOSE | re.DOTALL,
)
_BOOLEANS = frozenset({"and", "or", "not", "prox"})
_RESERVED = _BOOLEANS | {"sortby"}
_COMPARES = frozenset({"=", "==", "<>", "<", ">", "<=", ">="})
_DEPTH = 64
_MOST_TOKENS = 1_000


class Modifier(msgspec.Struct, frozen=True):
    """`/name` or `/name=value`, after a relation, a boolean or a key to sort by."""

    name: str
    relation: str = ""
    value: str = ""


class Clause(msgspec.Struct, frozen=True):
    """One index, one relation, one term; all as written, the term with its masks."""

    term: str
    index: str = "cql.serverChoice"
    relation: str = "="
    modifiers: tuple[Modifier, ...] = ()


class Joined(msgspec.Struct, frozen=True):
    """Two queries and what joins them."""

    left: Query
    boolean: str  # lower case
    right: Query
    modifiers: tuple[Modifier, ...] = ()


class SortSpec(msgspec.Struct, frozen=True):
    """One key to sort by."""

    index: str
    modifiers: tuple[Modifier, ...] = ()


Query = Clause | Joined


class Cql(msgspec.Struct, frozen=True):
    """A whole query; `prefixes` are those it assigns."""

    query: Query
    sort: tuple[SortSpec, ...] = ()
    prefixes: Mapping[str, str] = MappingProxyType({})


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str

    def word(self) -> str:
        """Return a plain word in lower case; empty for anything else."""
        return self.text.lower() if self.kind == "word" else ""


def parse(text: str) -> Cql:
    """Read a query; raises Diagnostic 10 where it is none."""
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise Diagnostic(10, f"character {at + 1}")
        kind = str(match.lastgroup)
        found.append(_Token(kind, match[kind]))
        at = match.end()
    if len(found) > _MOST_TOKENS:
        raise Diagnostic(38, f"more than {_MOST_TOKENS} words")
    return found


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._prefixes: dict[str, str] = {}

    def whole(self) -> Cql:
        query = self._query()
        sort = self._sort() if self._peek().word() == "sortby" else ()
        if self._at < len(self._tokens):
            raise self._wrong()
        return Cql(query, sort, MappingProxyType(self._prefixes))

    def _peek(self, ahead: int = 0) -> _Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _Token("end", "")

    def _take(self) -> _Token:
        token = self._peek()
        self._at += 1
        return token

    def _wrong(self) -> Diagnostic:
        token = self._peek()
        return Diagnostic(10, f"at {token.text[:80]}" if token.kind != "end" else "at its end")

    def _symbol(self, text: str) -> bool:
        token = self._peek()
        return token.kind == "symbol" and token.text == text

    def _query(self) -> Query:
        while self._symbol(">"):
            self._assignment()
        left = self._clause()
        while (boolean := self._peek().word()) in _BOOLEANS:
            self._take()
            modifiers = self._modifiers()
            left = Joined(left, boolean, self._clause(), modifiers)
        return left

    def _assignment(self) -> None:
        self._take()
        name = self._term()
        if self._symbol("="):
            self._take()
            self._prefixes[name] = self._term()
        else:
            self._prefixes[""] = name

    def _clause(self) -> Query:
        if self._symbol("("):
            return self._group()
        index = self._term(ahead_of_relation=self._relation_follows())
        if not self._relation_follows(0):
            return Clause(index)
        relation = self._take().text.lower()
        modifiers = self._modifiers()
        return Clause(self._term(), index, relation, modifiers)

    def _group(self) -> Query:
        self._depth += 1
        if self._depth > _DEPTH:
            raise Diagnostic(38, f"deeper than {_DEPTH}")
        self._take()
        inside = self._query()
        if not self._symbol(")"):
            raise self._wrong()
        self._take()
        self._depth -= 1
        return inside

    def _relation_follows(self, ahead: int = 1) -> bool:
        token = self._peek(ahead)
        if token.kind == "symbol":
            return token.text in _COMPARES
        # a named relation, as in `title any "fish frog"`: a word that joins nothing
        return token.kind == "word" and token.text.lower() not in _RESERVED

    def _term(self, *, ahead_of_relation: bool = False) -> str:
        token = self._peek()
        if token.kind == "quoted":
            self._take()
            return re.sub(r'\\(")', r"\1", token.text[1:-1], flags=re.DOTALL)
        if token.kind != "word" or (token.word() in _RESERVED and not ahead_of_relation):
            raise self._wrong()
        self._take()
        return token.text

    def _modifiers(self) -> tuple[Modifier, ...]:
        found: list[Modifier] = []
        while self._symbol("/"):
            self._take()
            name = self._term(ahead_of_relation=True)
            token = self._peek()
            if token.kind == "symbol" and token.text in _COMPARES:
                self._take()
                found.append(Modifier(name.lower(), token.text, self._term()))
            else:
                found.append(Modifier(name.lower()))
        return tuple(found)

    def _sort(self) -> tuple[SortSpec, ...]:
        self._take()
        found: list[SortSpec] = []
        while self._peek().kind in ("word", "quoted"):
            found.append(SortSpec(self._term(), self._modifiers()))
        if not found:
            raise self._wrong()
        return tuple(found)
