"""Writes a tree as a query again: the source where it is at hand, else an equal query."""

from __future__ import annotations

import re

from fonds.search.query.tree import (
    Boolean,
    Boost,
    Exists,
    Fielded,
    Fuzzy,
    Group,
    MatchAll,
    Node,
    Phrase,
    Range,
    Regex,
    Term,
    Wildcard,
)

_SPECIAL = re.compile(r'([+\-!():^\[\]"{}~*?\\/\s&|])')
_QUOTED = re.compile(r'(["\\])')
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_SIGNS = {"must": "+", "should": "", "must_not": "-"}


def source(node: Node, text: str) -> str:
    """Return the piece of the query that a node was read from."""
    return text[node.start : node.end]


def to_lucene(node: Node) -> str:
    """Return a query that is read, with OR between words, as this tree."""
    return _write(node, None)


def escape(text: str) -> str:
    """Escape a word so that it stands for itself."""
    if text in _OPERATORS:
        return "\\" + text
    return _SPECIAL.sub(r"\\\1", text)


def quote(text: str) -> str:
    """Write a text as a phrase."""
    return '"' + _QUOTED.sub(r"\\\1", text) + '"'


def _write(node: Node, field: str | None) -> str:
    match node:
        case MatchAll():
            return "*:*"
        case Boost(child=child, factor=factor):
            inner = _write(child, field)
            whole = inner if not isinstance(child, Boolean | Boost) else f"({inner})"
            return f"{whole}^{factor:.12f}".rstrip("0").rstrip(".")
        case Group(child=child, field=inside):
            return f"{_prefix(inside, field)}({_write(child, inside)})"
        case Boolean(clauses=clauses):
            return " ".join(_SIGNS[c.occur] + _operand(c.node, field) for c in clauses)
        case Exists(field=name):
            return f"_exists_:{escape(name or '*')}"
        case Regex(field="ark", pattern=pattern) if field != "ark":
            return f"ark:(/{pattern}/)"  # without a group it would be read as an ARK
        case Fielded(field=name):
            return _prefix(name, field) + _leaf(node)
    raise TypeError(f"cannot write {type(node).__name__}")


def _operand(node: Node, field: str | None) -> str:
    written = _write(node, field)
    return f"({written})" if isinstance(node, Boolean) else written


def _prefix(name: str | None, inherited: str | None) -> str:
    return "" if name is None or name == inherited else f"{escape(name)}:"


def _leaf(node: Fielded) -> str:
    match node:
        case Term(text=text):
            return escape(text) if text else '""'
        case Phrase(text=text, slop=slop):
            return quote(text) + (f"~{slop}" if slop else "")
        case Wildcard(pattern=pattern):
            return pattern
        case Regex(pattern=pattern):
            return f"/{pattern}/"
        case Fuzzy(text=text, distance=distance):
            return f"{escape(text)}~{distance}"
        case Range():
            opening, closing = "[" if node.include_low else "{", "]" if node.include_high else "}"
            return f"{opening}{_bound(node.low)} TO {_bound(node.high)}{closing}"
    raise TypeError(f"cannot write {type(node).__name__}")


def _bound(bound: str | None) -> str:
    return "*" if bound is None else quote(bound)
