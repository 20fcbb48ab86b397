"""What the archive says about itself (istex-api.md 1.9 to 1.11)."""

from __future__ import annotations

import json
from typing import Any

import httpx

from fonds.search.fields import FIELDS


def paths(node: dict[str, Any], above: str = "") -> list[str]:
    """List the leaves as two known clients do: a node with a string `type` is a leaf."""
    if isinstance(node.get("type"), str):
        return [above]
    found = []
    for name, below in node.items():
        found += paths(below, f"{above}.{name}" if above else name)
    return found


def test_mapping_lists_every_field(client: httpx.Client) -> None:
    """The clients' own way through the tree finds exactly the fields."""
    content = client.get("/mapping/?sid=demo").json()
    assert sorted(paths(content)) == sorted(field.name for field in FIELDS)
    assert content["title"] == {"type": "text", "raw": {"type": "keyword"}}
    assert content["host"]["volume"] == {"type": "integer", "raw": {"type": "keyword"}}
    assert content["publicationDate"]["type"] == "date"


def test_collections_largest_first(client: httpx.Client) -> None:
    """Key and count, also as JSONP."""
    expected = [{"key": "first", "doc_count": 45}, {"key": "second", "doc_count": 15}]
    assert client.get("/corpus").json() == expected
    answer = client.get("/corpus/?callback=f")
    assert json.loads(answer.text.removeprefix("f(").removesuffix(");")) == expected


def test_properties_change_with_loads_and_may_be_cached(client: httpx.Client) -> None:
    """The time of the last load, in milliseconds, for each collection and for all."""
    answer = client.get("/properties")
    content = answer.json()["corpus"]
    assert content["lastUpdate"] == max(content["first"], content["second"]) > 1_600_000_000_000
    assert answer.headers["cache-control"] == "public, max-age=300"
