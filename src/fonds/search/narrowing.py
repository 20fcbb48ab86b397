"""Narrows a query so that it never looks into the text of closed collections.

For who may not even know which words stand in a text: there, words without a field are looked for
in the metadata alone, and what asks for the text matches nothing. Counts, facets and scores are
those of the narrowed query, so none of them depends on the closed text.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.search.fields import EXACT, FIELDS, RAW
from fonds.search.query.tree import (
    Boolean,
    Boost,
    Clause,
    Exists,
    Fielded,
    Group,
    MatchAll,
    Node,
    Phrase,
    Term,
)

TEXT = "fulltext"
_OPEN_FIELDS = tuple(field.name for field in FIELDS if field.kind == "text" and field.name != TEXT)


class Closed(msgspec.Struct, frozen=True):
    """A collection whose texts may not be searched, but for those under an open licence."""

    name: str
    but_open: bool


def narrowed(query: Node | None, closed: Sequence[Closed]) -> Node | None:
    """Return a query that looks into other texts only."""
    if not closed or query is None:
        return query
    start, end = query.start, query.end
    places = tuple(Clause("should", _place(one, query)) for one in closed)
    inside = Boolean(start=start, end=end, clauses=places)
    by_metadata = Boolean(
        start=start, end=end, clauses=(Clause("must", without_text(query)), Clause("must", inside))
    )
    elsewhere = Boolean(
        start=start, end=end, clauses=(Clause("must", query), Clause("must_not", inside))
    )
    return Boolean(
        start=start, end=end, clauses=(Clause("should", by_metadata), Clause("should", elsewhere))
    )


def _place(closed: Closed, at: Node) -> Node:
    """Return what the documents of a closed collection match."""
    start, end = at.start, at.end
    place = Phrase(start=start, end=end, field="corpusName" + RAW, text=closed.name)
    if not closed.but_open:
        return place
    licence = Term(start=start, end=end, field="accessCondition.contentType", text="isOpenAccess")
    clauses = (Clause("must", place), Clause("must_not", licence))
    return Boolean(start=start, end=end, clauses=clauses)


def without_text(node: Node) -> Node:
    """Return the same question asked of the metadata alone."""
    match node:
        case Boolean(clauses=clauses):
            kept = tuple(Clause(one.occur, without_text(one.node)) for one in clauses)
            return msgspec.structs.replace(node, clauses=kept)
        case Boost(child=child) | Group(child=child):
            return msgspec.structs.replace(node, child=without_text(child))
        case Fielded(field=None) if not isinstance(node, Exists):
            each = (msgspec.structs.replace(node, field=name) for name in _OPEN_FIELDS)
            clauses = tuple(Clause("should", one) for one in each)
            return Boolean(start=node.start, end=node.end, clauses=clauses)
        case Fielded(field=str(name)) if _plain(name) == TEXT:
            return nothing(node)
    return node


def nothing(node: Node) -> Node:
    """Return what matches no document: all but everything."""
    everything = MatchAll(start=node.start, end=node.end)
    return Boolean(start=node.start, end=node.end, clauses=(Clause("must_not", everything),))


def _plain(name: str) -> str:
    return name.removesuffix(EXACT).removesuffix(RAW)
