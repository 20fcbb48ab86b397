"""The query as a tree. Every node knows its place; printing the tree gives the source back.

The tree says what was written; field names are as written (`author.\\*`), values unescaped.
Whether it makes sense is decided by `checks.py`; what it means to an engine by the engine.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Occur = Literal["must", "should", "must_not"]


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all nodes. `start` and `end` are offsets into the source, in characters."""

    start: int
    end: int


class Fielded(Node, frozen=True, kw_only=True):
    """A leaf that looks into a field; None is every searchable field."""

    field: str | None = None


class MatchAll(Node, frozen=True, kw_only=True):
    """`*` or `*:*`."""


class Term(Fielded, frozen=True, kw_only=True):
    """A bare word; analysis may make several tokens of it, which then stand together."""

    text: str


class Phrase(Fielded, frozen=True, kw_only=True):
    """Words in quotes; `slop` moves are allowed. Wildcards inside match one token each."""

    text: str
    slop: int = 0


class Wildcard(Fielded, frozen=True, kw_only=True):
    """A word with `*` and `?`; `pattern` keeps backslashes before escaped characters."""

    pattern: str


class Regex(Fielded, frozen=True, kw_only=True):
    """A Lucene regular expression between slashes, matched against whole tokens."""

    pattern: str


class Fuzzy(Fielded, frozen=True, kw_only=True):
    """A word with at most `distance` edits (0 to 2; transposition counts one)."""

    text: str
    distance: int = 2


class Range(Fielded, frozen=True, kw_only=True):
    """Values between two bounds; None is open."""

    low: str | None
    high: str | None
    include_low: bool
    include_high: bool


class Exists(Fielded, frozen=True, kw_only=True):
    """`_exists_:f`, `f:*` or `f:[* TO *]`."""


class Among(Node, frozen=True, kw_only=True):
    """Documents by their numbers (ords): what an engine gets for what is asked of no index."""

    ords: tuple[int, ...]


class Boost(Node, frozen=True, kw_only=True):
    child: Node
    factor: float


class Group(Node, frozen=True, kw_only=True):
    """Parentheses; leaves inside already carry the group's field."""

    child: Node
    field: str | None = None


class Clause(msgspec.Struct, frozen=True):
    occur: Occur
    node: Node


class Boolean(Node, frozen=True, kw_only=True):
    """Clauses by the rules of Lucene's classic parser: no precedence of AND over OR.

    Matches when every `must` and no `must_not` matches and, without a `must`, at least one
    `should`. Only `must_not` clauses: everything but those (as ISTEX answers; Lucene: nothing).
    """

    clauses: tuple[Clause, ...]
