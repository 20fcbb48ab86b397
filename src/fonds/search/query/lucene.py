"""The query language as the rest of Fonds uses it: text in, checked tree out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fonds.errors import QueryInvalid
from fonds.search.query.checks import check
from fonds.search.query.parser import Operator, parse
from fonds.search.query.tree import Boolean, Boost, Fuzzy, Group, Node, Phrase, Regex, Wildcard
from fonds.settings import SearchSettings

_IN_A_PHRASE = 10  # patterns that one in a phrase counts as
_HALF = re.compile("[\ud800-\udfff]")


def read_query(
    text: str, *, default_operator: Operator = "OR", settings: SearchSettings | None = None
) -> Node:
    """Read and check a query; raises QueryInvalid with the place and the reason."""
    limits = settings or SearchSettings()
    if len(text.encode("utf-8", "replace")) > limits.query_bytes:
        reason = f"the query is longer than {limits.query_bytes} bytes"
        raise QueryInvalid(position=1, reason=reason)
    text = _HALF.sub("\ufffd", text)  # half a pair is no character, and no engine takes it
    tree = parse(text, default_operator, depth=limits.query_depth, clauses=limits.query_clauses)
    if sum(map(_patterns, _nodes(tree))) > limits.query_patterns:
        reason = f"it has more than {limits.query_patterns} patterns (*, ?, ~, /.../)"
        raise QueryInvalid(position=1, reason=reason)
    return check(tree)


def _patterns(node: Node) -> int:
    """Return how many patterns a node counts as; in a phrase, every way to fill one is asked."""
    match node:
        case Fuzzy() | Regex():
            return 1
        case Wildcard(pattern=text):
            return max(1, _signs(text))
        case Phrase(text=text):
            return _IN_A_PHRASE * _signs(text)
    return 0


def _signs(text: str) -> int:
    return text.count("*") + text.count("?")


def _nodes(tree: Node) -> Iterator[Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Boolean):
            waiting += [clause.node for clause in node.clauses]
        elif isinstance(node, Boost | Group):
            waiting.append(node.child)
