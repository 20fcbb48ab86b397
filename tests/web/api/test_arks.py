"""What an ARK says about itself, and ARKs of others (integrations.md 1.8)."""

from __future__ import annotations

from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def first(client: httpx.Client) -> dict[str, Any]:
    """Return a record."""
    found = client.get("/document?q=doi.raw:%2210.1000/xyz.0%22&output=*").json()
    hit: dict[str, Any] = found["hits"][0]
    return hit


@pytest.mark.parametrize("ending", ["?info", "??", "/?info="])
def test_info_tells_who_what_when_where(
    client: httpx.Client, first: dict[str, Any], ending: str
) -> None:
    """ERC as ANVL text: the work, then what is promised about it."""
    answer = client.get(f"/{first['arkIstex']}{ending}")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["thump-status"] == "0.6 200 OK"
    assert answer.headers["link"] == f'</{first["arkIstex"]}>; rel="describes"'
    lines = answer.text.splitlines()
    assert lines[:6] == [
        "erc:",
        "who:   Ada Exemple 0; Bob Sample",
        "what:  Le cerveau study 0",
        "when:  1990",
        f"where: {client.base_url}/{first['arkIstex']}",
        "erc-support:",
    ]
    assert lines[6] == "who:   Fonds"
    assert lines[7].startswith("what:  Not guaranteed: the NAAN 99999 is for tests")
    assert lines[8].removeprefix("when:  ").isdigit()


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("ark:/12148/bpt6k107371t", "12148/bpt6k107371t"),
        ("ark:12148/bpt6k107371t/f1.item", "12148/bpt6k107371t/f1.item"),
        ("api/ark:/b5488/x%20y", "b5488/x%20y"),
        ("12148/bpt6k107371t", "12148/bpt6k107371t"),
    ],
)
def test_arks_of_other_authorities_are_sent_on(client: httpx.Client, path: str, rest: str) -> None:
    """302 to the resolver that knows all authorities, with JSON for those who do not follow."""
    answer = client.get(f"/{path}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"https://n2t.net/ark:/{rest}"
    assert answer.json()["code"] == "ark-elsewhere"


@pytest.mark.parametrize("path", ["ark:/99999/nonsense", "ark:/a/b", "ark:/x!/GT4-FJLCPBW9-Q"])
def test_what_is_no_ark_is_not_sent_on(client: httpx.Client, path: str) -> None:
    """400 with the contract's text."""
    answer = client.get(f"/{path}")
    assert answer.status_code == 400
    assert answer.json()["_error"] == "L'identifiant ARK saisi n'a pas le format requis."
