"""A short run of the query fuzzer: in the process, and over HTTP with bytes as they come."""

from __future__ import annotations

from urllib.parse import quote_from_bytes

import httpx
import pytest

from fonds.web.services import Services
from tests.fuzz.query_strings import Strings
from tests.fuzz.query_target import QueryTarget


def test_a_short_run(services: Services) -> None:
    """Three thousand queries: answered, or refused with a reason."""
    target = QueryTarget(services.search)
    strings = Strings(seed=7)
    for _ in range(3_000):
        target.run(strings.make())
    assert set(target.outcomes) <= {
        "answered", "query-invalid", "expression-invalid", "search-too-broad",
    }  # fmt: skip
    assert target.outcomes["answered"] > 600


def test_thousands_of_patterns_are_refused(client: httpx.Client) -> None:
    """Each costs a look through a vocabulary; the limit says so."""
    for pattern, most in (("brain~ ", 500), ("br*n ", 500), ("/b.*/ ", 500), ('"past * a" ', 50)):
        answer = client.post("/document?size=1", json={"qString": pattern * (most + 1)})
        assert (answer.status_code, answer.json()["code"]) == (400, "query-invalid")
        assert client.post("/document?size=1", json={"qString": pattern * most}).status_code == 200


@pytest.mark.parametrize(
    "query", ['"a b"~99999999999999999999', '"a b"~1e400', "*\U0001f9ea" * 400]
)
def test_what_a_long_run_found(services: Services, query: str) -> None:
    """Moves beyond any number; patterns that an engine gives up."""
    QueryTarget(services.search).run(query)


def test_over_http(client: httpx.Client) -> None:
    """The same by GET and POST: 200, or 400 with the place; JSON always."""
    strings = Strings(seed=8)
    for number in range(200):
        query = strings.make()
        if number % 2:
            encoded = quote_from_bytes(query.encode("utf-8", "surrogatepass"))
            answer = client.get(f"/document?q={encoded}&size=1&explain&highlight")
        else:
            answer = client.post("/document?size=1", json={"qString": _plain(query)})
        assert answer.status_code in (200, 400, 414), (query, answer.text)
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        content = answer.json()
        assert "total" in content or content["_error"]


def _plain(text: str) -> str:
    """Return a text that UTF-8 can say; half a surrogate cannot be sent as JSON by httpx."""
    return text.encode("utf-8", "replace").decode()
