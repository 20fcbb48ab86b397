"""Narrows a query so that it never looks into the text of closed collections.

For who may not even know which words stand in a text: there, words without a field are looked for
in the metadata alone, and what asks for the text, or for what enrichments read from it, matches
nothing. Counts and scores are those of the narrowed query, and facets of what was read from texts
leave the closed documents out, so none of them depends on a closed text.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.search.fields import EXACT, FIELDS, RAW, canonical, from_text
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

_OPEN_FIELDS = tuple(
    field.name for field in FIELDS if field.kind == "text" and not from_text(field.name)
)


class Closed(msgspec.Struct, frozen=True):
    """A collection whose texts may not be searched, but for those under an open licence."""

    name: str
    but_open: bool


def narrowed(query: Node | None, closed: Sequence[Closed]) -> Node | None:
    """Return a query that looks into other texts only."""
    if not closed or query is None:
        return query
    start, end = query.start, query.end
    inside = within_closed(closed, query)
    by_metadata = Boolean(
        start=start, end=end, clauses=(Clause("must", without_text(query)), Clause("must", inside))
    )
    elsewhere = Boolean(
        start=start, end=end, clauses=(Clause("must", query), Clause("must_not", inside))
    )
    return Boolean(
        start=start, end=end, clauses=(Clause("should", by_metadata), Clause("should", elsewhere))
    )


def within_closed(closed: Sequence[Closed], at: Node | None = None) -> Boolean:
    """Return what the documents match whose texts may not be searched."""
    here = at or MatchAll(start=0, end=0)
    places = tuple(Clause("should", _place(one, here)) for one in closed)
    return Boolean(start=here.start, end=here.end, clauses=places)


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
        case Fielded(field=str(name)) if from_text(canonical(_plain(name))):
            return nothing(node)
    return node


def without(query: Node | None, hidden: Node) -> Node:
    """Return a query that leaves some documents out."""
    asked = query or MatchAll(start=0, end=0)
    clauses = (Clause("must", asked), Clause("must_not", hidden))
    return Boolean(start=asked.start, end=asked.end, clauses=clauses)


def nothing(node: Node) -> Node:
    """Return what matches no document: all but everything."""
    everything = MatchAll(start=node.start, end=node.end)
    return Boolean(start=node.start, end=node.end, clauses=(Clause("must_not", everything),))


def _plain(name: str) -> str:
    return name.removesuffix(EXACT).removesuffix(RAW)
