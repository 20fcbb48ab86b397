"""Headers, CORS, errors and absurd requests (istex-api.md 1.0)."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest


def spoken(address: str, target: bytes) -> tuple[int, bytes, bytes]:
    """Ask as a shell does, without a client in between; return status, head and body."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as raw:
        raw.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b""
        while part := raw.recv(65_536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head, body


def test_headers_of_every_answer(client: httpx.Client) -> None:
    """Those recorded on the original service, and nosniff."""
    for path in ("/corpus", "/document?q=(", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-dns-prefetch-control"] == "off"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["x-download-options"] == "noopen"
        assert headers["x-xss-protection"] == "1; mode=block"
        assert headers["x-content-type-options"] == "nosniff"


def test_cross_origin_requests(client: httpx.Client) -> None:
    """The origin is echoed, with credentials; a preflight is answered 204."""
    origin = {"Origin": "https://search.istex.fr"}
    asked = {"Access-Control-Request-Method": "POST"}
    preflight = client.options("/document", headers={**origin, **asked})
    assert (preflight.status_code, preflight.content) == (204, b"")
    for answer in (preflight, client.get("/document?q=*", headers=origin)):
        assert answer.headers["access-control-allow-origin"] == origin["Origin"]
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
        assert answer.headers["access-control-allow-headers"] == "Authorization, Content-Type"
        assert "Origin" in answer.headers["vary"]
    assert client.get("/corpus").headers["access-control-allow-origin"] == "*"


def test_credentials_are_ignored_on_open_resources(client: httpx.Client) -> None:
    """Dummy credentials of harvesters never matter."""
    for value in ("Bearer cyIsImxhc3ROYW1lIjoiQk9ORE8iLCJ", "Basic Og=="):
        assert client.get("/document?q=*", headers={"Authorization": value}).status_code == 200


@pytest.mark.parametrize("path", ["/document", "/document/", "/api/document", "/api/document/"])
def test_slashes_and_the_prefix(client: httpx.Client, path: str) -> None:
    """Every address works with a slash at its end and below /api, which addresses keep."""
    content = client.get(f"{path}?q=*&size=1&output=fulltext").json()
    prefix = "/api" if path.startswith("/api") else ""
    assert content["firstPageURI"].startswith(f"{client.base_url}{prefix}/document/?q=*")
    uri = content["hits"][0]["fulltext"][0]["uri"]
    assert uri.startswith(f"{client.base_url}{prefix}/ark:/")
    assert client.get(uri).status_code == 200


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("title:(", 8),
        ('language:ger AND publicationDate:[1301 TO 1400]")', 48),
        ("titel:brain", 1),
        ("brain AND publicationDate:new", 11),
        ("", 1),
    ],
)
def test_a_wrong_query_names_its_place(client: httpx.Client, query: str, position: int) -> None:
    """400, a French sentence, the code, an English sentence and the character."""
    answer = client.get("/document", params={"q": query})
    assert answer.status_code == 400
    content = answer.json()
    assert content["position"] == position
    assert str(position) in content["_error"]
    assert content["code"] == "query-invalid"
    assert content["message"] and content["action"]


@pytest.mark.parametrize(
    "query",
    [
        "size=abc",
        "size=-1",
        "size=1e3",
        "from=x",
        "from=-5",
        "sortBy=nofield",
        "sortBy=title[up]",
        "sortBy=abstract.raw.raw",
        "rankBy=best",
        "randomSeed=x&rankBy=random",
        "defaultOperator=XOR",
        "facet=nofield",
        "facet=title",
        "facet=corpusName[",
        "facet=publicationDate[9-1]",
        "scroll=forever",
        "scroll=99999999999999999999m",
    ],
)
def test_a_wrong_parameter_is_400(client: httpx.Client, query: str) -> None:
    """Each with its own code, never a 5xx."""
    answer = client.get(f"/document?q=*&{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] in ("parameter-invalid", "facet-invalid")


def test_a_stored_query_that_is_not_there(client: httpx.Client) -> None:
    """`q_id` without a stored query is a documented error."""
    answer = client.get("/document?q_id=0f5c0f5c0f5c0f5c0f5c0f5c0f5c0f5c&size=1")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"


def test_a_very_long_address_gets_an_answer(address: str, client: httpx.Client) -> None:
    """One megabyte of query string is 414, forty kilobytes are answered."""
    status, _, body = spoken(address, b"/document?q=" + b"a" * 1_048_576)
    assert status == 414
    assert msgspec.json.decode(body)["code"] == "request-too-large"
    assert client.get("/document?size=1&q=" + "a%20" * 10_000).status_code == 200


def test_bodies(client: httpx.Client) -> None:
    """Too large is 413; what is not JSON or has no query is 400."""
    answer = client.post("/document", json={"qString": "a" * 4_000_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "request-too-large")
    long = client.post("/document", json={"qString": "a" * 1_500_000})
    assert (long.status_code, long.json()["code"]) == (400, "query-invalid")
    for body in (b"{", b"[]", b'{"qString": 1}', b"", b"\xff"):
        refused = client.post("/document", content=body)
        assert (refused.status_code, refused.json()["code"]) == (400, "parameter-invalid")


def test_unknown_addresses_and_methods(client: httpx.Client) -> None:
    """JSON 404 and 405, with what is allowed."""
    answer = client.get("/api/nowhere")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    refused = client.delete("/document")
    assert (refused.status_code, refused.json()["code"]) == (405, "method-not-allowed")
    assert "GET" in refused.headers["allow"]


@pytest.mark.parametrize(
    "target",
    [
        b'/document?q=title:"lunar rover"&size=1'.replace(b" ", b"+"),
        b"/document?q=publicationDate:[1990+TO+2000]&facet=corpusName[*],host.title[5]>language",
        b"/document?q=/fung(i|us)/+OR+{brain}&size=1",
        "/document?q=évolution&size=1".encode(),
        b"/document?q=%FF%FE&size=1",
        b"/document?q=<brain>&size=1",
    ],
)
def test_unescaped_addresses(address: str, target: bytes) -> None:
    """What shells and old clients send without escapes reaches the search."""
    status, head, body = spoken(address, target)
    assert status in (200, 400)
    assert body.startswith(b'{"total":' if status == 200 else b'{"_error":')
    assert b"connection: close" in head.lower()


def test_the_host_header_is_not_believed_blindly(client: httpx.Client) -> None:
    """A host that is none does not end up in addresses."""
    answer = client.get("/document?q=*&size=1", headers={"Host": 'evil"><script>'})
    assert "script" not in answer.text


def test_what_is_not_http_gets_json(address: str) -> None:
    """The connection is answered before it is closed."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as raw:
        raw.sendall(b"nonsense\x00\r\n\r\n")
        head, _, body = raw.recv(65_536).partition(b"\r\n\r\n")
    assert b" 400 " in head
    assert msgspec.json.decode(body)["code"] == "http-invalid"
