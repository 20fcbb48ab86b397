"""`explain` adds how a query is understood; without it, no client sees a new key."""

from __future__ import annotations

import httpx


def test_explain(client: httpx.Client) -> None:
    """Parts, counts and advice in both languages."""
    answer = client.get("/document?q=brain+AND+zzzz&size=0&explain").json()
    found = answer["explain"]
    assert found["total"] == answer["total"] == 0
    assert [part["source"] for part in found["parts"]] == ["brain", "zzzz"]
    assert found["parts"][0]["matches"] > 0
    advice = {one["code"]: one for one in found["advice"]}
    assert advice["without-empty-parts"]["query"] == "brain"
    assert advice["without-empty-parts"]["message"]
    assert advice["without-empty-parts"]["_message"]


def test_only_when_asked(client: httpx.Client) -> None:
    """Strict clients fail on unknown keys, so there are none."""
    assert "explain" not in client.get("/document?q=brain&size=0").json()
    assert "explain" not in client.get("/document?q=brain&size=0&explain=0").json()
