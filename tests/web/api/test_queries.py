"""Long queries are stored under their MD5 and asked for by it."""

from __future__ import annotations

import httpx
import pytest

from fonds.search.stored_queries import name_of

QUERY = 'title:"brain study" OR (' + " ".join(f"word{n}" for n in range(600)) + ")"


def test_life(client: httpx.Client) -> None:
    """Stored once, then told that it is there; given back; used in place of q."""
    name = name_of(QUERY)
    assert client.get(f"/q_id/{name}").status_code == 404
    stored = client.post(f"/q_id/{name}", json={"qString": QUERY})
    assert (stored.status_code, stored.json()) == (200, "OK")
    again = client.post(f"/q_id/{name}", data={"qString": QUERY})
    assert again.status_code == 409
    assert client.get(f"/q_id/{name}/").json() == {"req": QUERY}
    by_name = client.get(f"/document?q_id={name}&size=0").json()
    assert by_name["total"] > 0
    assert by_name == client.post("/document?size=0", json={"qString": QUERY}).json()


@pytest.mark.parametrize("name", ["0" * 32, "..%2f..%2fetc", "A" * 32, "x"])
def test_unknown(client: httpx.Client, name: str) -> None:
    """What is not stored, and what is no name, is not there."""
    answer = client.get(f"/q_id/{name}")
    assert answer.status_code == 404
    assert "_error" in answer.json()


def test_another_name(client: httpx.Client) -> None:
    """A query is stored under its own name only."""
    answer = client.post(f"/q_id/{'0' * 32}", json={"qString": "brain"})
    assert (answer.status_code, answer.json()["code"]) == (400, "parameter-invalid")
