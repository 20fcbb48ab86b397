"""Tells the words of a question that mean something as a whole from what only narrows it."""

from __future__ import annotations

from fonds.search.query.tree import Boolean, Boost, Clause, Fielded, Group, Node, Phrase, Term


def plain_words(query: Node | None) -> str:
    """Return the words and phrases of a question that look into no field.

    Fields that must match, and what must not, only narrow a question. Nothing is returned where
    there are no such words, or where patterns, or fields beside them, widen it.
    """
    found: list[str] = []
    return " ".join(found) if query is not None and _gather(query, found) else ""


def _gather(node: Node, found: list[str]) -> bool:
    if isinstance(node, Term | Phrase):
        found.append(node.text)
        return node.field is None and "*" not in node.text
    if isinstance(node, Boost):
        return _gather(node.child, found)
    if isinstance(node, Group):
        return node.field is None and _gather(node.child, found)
    if isinstance(node, Boolean):
        return all(_narrows(one) or _gather(one.node, found) for one in node.clauses)
    return False


def _narrows(clause: Clause) -> bool:
    return clause.occur == "must_not" or (clause.occur == "must" and _looks_into(clause.node))


def _looks_into(node: Node) -> bool:
    """Tell whether all of a part of a question looks into fields."""
    if isinstance(node, Fielded):
        return node.field is not None
    if isinstance(node, Boost | Group):
        return _looks_into(node.child)
    return isinstance(node, Boolean) and all(_looks_into(one.node) for one in node.clauses)
