"""node-istex 1.3.0, unchanged (istex-api.md 6.10)."""

from __future__ import annotations

import json

import httpx

from tests.clients.conftest import Run
from tests.web.conftest import COUNT


def test_find(node: Run, address: str) -> None:
    """A query gives what the server says."""
    found = json.loads(node("node_istex.cjs", address, "find", "?q=brain&size=3"))
    assert found["total"] == httpx.get(f"{address}/document?q=brain&size=0").json()["total"] > 3
    assert len(found["hits"]) == 3


def test_find_by_id(node: Run, address: str) -> None:
    """One record, and several in one question."""
    hits = httpx.get(f"{address}/document?q=*&size={COUNT}&output=id,title").json()["hits"]
    one = json.loads(node("node_istex.cjs", address, "one", hits[0]["id"]))
    assert (one["id"], one["title"]) == (hits[0]["id"], hits[0]["title"])
    ids = [hit["id"] for hit in hits]
    several = json.loads(node("node_istex.cjs", address, "several", *ids))
    records = several["hits"] if isinstance(several, dict) else several
    assert {record["id"] for record in records} == set(ids)
    assert all(record["host"]["genre"] for record in records)
