"""References are resolved over HTTP as the contract says: 302, 300, 404, never HTML."""

from __future__ import annotations

import httpx
import pytest

PDF = "rft_id=info:doi/10.1000/xyz.0"


def test_one_document(client: httpx.Client) -> None:
    """One document sends the reader to its PDF; sid and auth go along."""
    answer = client.get(f"/document/openurl?{PDF}&sid=ebsco&auth=ip,fede")
    assert answer.status_code == 302
    address, _, passed = answer.headers["location"].partition("?")
    assert address.endswith("/fulltext.pdf")
    assert passed == "sid=ebsco&auth=ip%2Cfede"


@pytest.mark.parametrize("flag", ["noredirect", "noredirect=1", "noredirect=true", "directlink=0"])
def test_noredirect(client: httpx.Client, flag: str) -> None:
    """The address comes as JSON, without a query string, and it works."""
    answer = client.get(f"/document/openurl?{PDF}&{flag}")
    assert answer.status_code == 200
    address = answer.json()["resourceUrl"]
    assert address.endswith("/fulltext.pdf")
    assert client.get(address).headers["content-type"] == "application/pdf"


def test_the_place_in_a_journal(client: httpx.Client) -> None:
    """ISSN, volume and page find the document; one without a PDF gives its text."""
    answer = client.get("/document/openurl?rft.issn=12345679&rft.volume=3&rft.spage=20&noredirect")
    assert answer.status_code == 200
    assert answer.json()["resourceUrl"].endswith("/fulltext.cleaned")


def test_several(client: httpx.Client) -> None:
    """An author alone is ambiguous: 300 with the candidates and their evidence."""
    answer = client.get("/document/openurl?rft.au=Bob+Sample")
    assert answer.status_code == 300
    body = answer.json()
    assert body["code"] == 300
    assert len(body["candidates"]) > 1
    assert body["candidates"][0]["agrees"] == ["author"]


@pytest.mark.parametrize(
    "query", ["rft_id=info:doi/10.9999/none", "", "rft", "rft.atitle=Nothing+like+this+here"]
)
def test_none(client: httpx.Client, query: str) -> None:
    """Nothing found and nothing asked are 404 in JSON."""
    answer = client.get(f"/document/openurl?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["code"] == 404
    assert answer.json()["_message"]


@pytest.mark.parametrize(
    "query",
    [
        "rft_id=info:doi/10.1000/%00",
        "rft.atitle=%22%22%22((((",
        "rft.au=*:*&rft.volume=[",
        "%=%&&=",
    ],
)
def test_hostile(client: httpx.Client, query: str) -> None:
    """What looks like query syntax is text; nothing fails."""
    assert client.get(f"/document/openurl?{query}").status_code in (300, 404)


def test_by_post(client: httpx.Client) -> None:
    """A form says the same as an address."""
    answer = client.post("/document/openurl", content=f"{PDF}&noredirect")
    assert answer.json()["resourceUrl"].endswith("/fulltext.pdf")


def test_many(client: httpx.Client) -> None:
    """Answers come in the order of the references, whatever their form."""
    references = [
        {"rft_id": "info:doi/10.1000/xyz.0"},
        ["doi", "10.1000/xyz.0"],
        "10.1000/xyz.0",
        "rft.au=Bob+Sample",
        {"rft_id": "info:pmid/1"},
        17,
    ]
    answer = client.post("/document/multiopenurl", json=references)
    assert answer.status_code == 200
    found = answer.json()
    assert [one.get("resourceUrl", "")[-13:] for one in found[:3]] == ["/fulltext.pdf"] * 3
    assert [one["code"] for one in found[3:]] == [300, 404, 404]


@pytest.mark.parametrize("body", ["{}", "nonsense", "[" + ",".join(["1"] * 10_001) + "]"])
def test_many_wrongly(client: httpx.Client, body: str) -> None:
    """What is no list, or too long a one, is refused."""
    answer = client.post("/document/multiopenurl", content=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "parameter-invalid"
