"""The query language as the rest of Fonds uses it: text in, checked tree out."""

from __future__ import annotations

import re

from fonds.errors import QueryInvalid
from fonds.search.query.checks import check
from fonds.search.query.parser import Operator, parse
from fonds.search.query.tree import Node
from fonds.settings import SearchSettings

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
    return check(tree)
