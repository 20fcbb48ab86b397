"""What the archive says about itself: `/corpus`, `/mapping`, `/properties`."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.search.fields import FIELDS, Field
from fonds.web.api.parameters import read_pairs, valid_callback
from fonds.web.api.searching import json_answer
from fonds.web.api.validators import fixed
from fonds.web.services import Services

_TYPES = {
    "text": "text",
    "keyword": "keyword",
    "year": "date",
    "integer": "integer",
    "float": "double",
    "boolean": "boolean",
    "document": "keyword",
    "count": "integer",
}
_encode = msgspec.json.Encoder().encode


class About:
    """The endpoints that describe the archive."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def corpus(self, request: Request) -> Response:
        """List the collections, the largest first."""
        callback = valid_callback(read_pairs(request.scope["query_string"]).get("callback", ""))
        found = [(info.name, info.documents) for info in self._services.archive.collections()]
        found.sort(key=lambda item: (-item[1], item[0]))
        content = [{"key": name, "doc_count": count} for name, count in found]
        return _answer(request, content, callback)

    def mapping(self, request: Request) -> Response:
        """Describe the fields as a tree; a leaf has a `type`, a text also its `raw` form."""
        callback = valid_callback(read_pairs(request.scope["query_string"]).get("callback", ""))
        return _answer(request, mapping(), callback)

    def properties(self, request: Request) -> Response:
        """Say when which collection last changed, in milliseconds since 1970."""
        callback = valid_callback(read_pairs(request.scope["query_string"]).get("callback", ""))
        changed = {c.name: _milliseconds(c.last) for c in self._services.archive.collections()}
        last = max(changed.values(), default=0)
        content = {"corpus": {"lastUpdate": last, **changed}}
        answer = _answer(request, content, callback)
        answer.headers["Cache-Control"] = "public, max-age=300"
        return answer


def _answer(request: Request, content: object, callback: str) -> Response:
    body = _encode(content)
    return json_answer(body, callback) if callback else fixed(request, body)


@cache
def mapping() -> dict[str, Any]:
    """Return the tree of fields."""
    tree: dict[str, Any] = {}
    for field in FIELDS:
        *parents, leaf = field.name.split(".")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[leaf] = {**node.get(leaf, {}), **_leaf(field)}
    return tree


def _leaf(field: Field) -> dict[str, Any]:
    leaf: dict[str, Any] = {"type": _TYPES[field.kind]}
    if field.raw:
        leaf["raw"] = {"type": "keyword"}
    return leaf


def _milliseconds(time: float) -> int:
    return int(time * 1000)
