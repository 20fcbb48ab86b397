"""Whether a query that was read makes sense, and what its words for fields stand for.

Field names are resolved (aliases, `author.\\*`, objects such as `host`), `>1500` becomes a range,
and what cannot be answered is refused with the place and the reason.
"""

from __future__ import annotations

import re

import msgspec

from fonds.errors import QueryInvalid
from fonds.search.fields import BY, EXACT, RAW, Field, canonical, expand, find, nearest, number
from fonds.search.query.tree import (
    Boolean,
    Boost,
    Clause,
    Exists,
    Fielded,
    Fuzzy,
    Group,
    Node,
    Phrase,
    Range,
    Regex,
    Term,
    Wildcard,
)

_COMPARISON = re.compile(r"(>=|<=|>|<)(.+)", re.DOTALL)
_NUMBERS = frozenset({"year", "integer", "float", "count"})
ID = re.compile(r"[0-9A-Fa-f]{40}")
DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.ASCII | re.IGNORECASE
)
_ARK = re.compile(r"ark:/?\w+/.+", re.IGNORECASE)


def check(node: Node) -> Node:
    """Return the tree with its fields resolved; raises QueryInvalid where it makes no sense."""
    match node:
        case Boolean(clauses=clauses):
            checked = tuple(Clause(clause.occur, check(clause.node)) for clause in clauses)
            return msgspec.structs.replace(node, clauses=checked)
        case Boost(child=child) | Group(child=child):
            return msgspec.structs.replace(node, child=check(child))
        case Fielded():
            return _leaf(node)
    return node


def _leaf(node: Fielded) -> Node:
    if node.field is None or node.field == "*":
        return _unfielded(msgspec.structs.replace(node, field=None))
    name = canonical(node.field)
    field = find(name)
    if field is not None:
        return _fielded(msgspec.structs.replace(node, field=name), field)
    names = expand(name)
    if not names:
        raise _unknown(node)
    each = []
    for one in names:
        try:
            each.append(_leaf(msgspec.structs.replace(node, field=one)))
        except QueryInvalid:  # a pattern of fields is asked of those that can answer
            continue
    if not each:
        raise _error(node, f"none of the fields {node.field} can be asked this")
    clauses = tuple(Clause("should", one) for one in each)
    return Boolean(start=node.start, end=node.end, clauses=clauses)


def _unfielded(node: Fielded) -> Node:
    if isinstance(node, Term) and _COMPARISON.fullmatch(node.text):
        raise _error(node, f"{node.text} compares, so it needs a field with numbers before it")
    if isinstance(node, Exists):
        raise _error(node, "a field was expected")
    return node


def _fielded(node: Fielded, field: Field) -> Node:
    if isinstance(node, Term):
        node = _compared(node)
    raw = (node.field or "").endswith(RAW) and node.field not in BY
    if field.kind in _NUMBERS and not raw:
        return _numeric(node, field)
    if field.kind == "boolean":
        return _truth(node)
    if field.kind == "document":
        return _document(node)
    if isinstance(node, Range) and (node.field or "").endswith(EXACT):
        raise _error(node, "a range needs the plain field or its .raw form")
    return node


def _compared(node: Term) -> Fielded:
    """Read `>1500` and its like as ranges."""
    match = _COMPARISON.fullmatch(node.text)
    if match is None:
        return node
    sign, bound = match.groups()
    up = sign[0] == ">"
    closed = len(sign) == 2
    return Range(
        start=node.start,
        end=node.end,
        field=node.field,
        low=bound if up else None,
        high=None if up else bound,
        include_low=closed if up else True,
        include_high=True if up else closed,
    )


def _numeric(node: Fielded, field: Field) -> Fielded:
    what = "years" if field.kind == "year" else "numbers"
    match node:
        case Term(text=text) | Phrase(text=text) if not _is_number(field, text):
            hint = f"; {field.name}{RAW} holds other values" if field.raw else ""
            raise _error(node, f"{field.name} holds {what}, and {text!r} is not one{hint}")
        case Range():
            for bound in (node.low, node.high):
                if bound is not None and not _is_number(field, bound):
                    raise _error(node, f"{field.name} holds {what}, and {bound!r} is not one")
        case Wildcard() | Regex() | Fuzzy():
            raise _error(node, f"{field.name} holds {what}; patterns cannot be asked of it")
    return node


def _is_number(field: Field, text: str) -> bool:
    if field.kind == "year" and number(field, text) is not None:
        return True
    try:
        return abs(float(text)) < 1e18
    except ValueError:
        return False


def _truth(node: Fielded) -> Fielded:
    match node:
        case Term(text=text) | Phrase(text=text) if text.strip().lower() in ("true", "false"):
            return node
        case Exists():
            return node
    raise _error(node, f"{node.field} is either true or false")


def _document(node: Fielded) -> Fielded:
    """Let pass what names a document: its id, its ARK or its DOI."""
    match node:
        case Term(text=text) | Phrase(text=text) if any(
            form.fullmatch(text.strip()) for form in (ID, _ARK, DOI)
        ):
            return node
        case Exists():
            return node
    raise _error(node, f"{node.field} is asked by the id, the ARK or the DOI of a document")


def _unknown(node: Fielded) -> QueryInvalid:
    near = nearest(node.field or "")
    hint = f"; did you mean {near}?" if near else ""
    if (node.field or "").lower() in ("http", "https", "ark", "doi", "info"):
        hint = "; put an address in quotes"
    return _error(node, f"there is no field {node.field}{hint}")


def _error(node: Node, reason: str) -> QueryInvalid:
    return QueryInvalid(position=node.start + 1, reason=reason.rstrip("?"))
