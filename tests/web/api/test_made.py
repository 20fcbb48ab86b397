"""Forms made when someone asks: by id, by ARK, with ranges and tags, never with our origin."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

FORMS = {
    "bibtex": ("application/x-bibtex", "@article{", "bib"),
    "ris": ("application/x-research-info-systems", "TY  - JOUR", "ris"),
    "csl": ("application/vnd.citationstyles.csl+json", "[", "csl"),
    "dc": ("application/xml", "<?xml", "dc"),
}


@pytest.fixture(scope="module")
def first(client: httpx.Client) -> dict[str, Any]:
    """Return the record of a document."""
    found = client.get("/document?q=doi.raw:%2210.1000/xyz.0%22&output=*").json()
    hit: dict[str, Any] = found["hits"][0]
    return hit


@pytest.mark.parametrize("name", sorted(FORMS))
def test_citations(client: httpx.Client, first: dict[str, Any], name: str) -> None:
    """The same bytes by id, by ARK and by extension; typed, named, sandboxed."""
    mimetype, start, extension = FORMS[name]
    answer = client.get(f"/document/{first['id']}/metadata/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{mimetype}; charset=utf-8"
    assert answer.headers["content-disposition"].endswith(f'.{extension}"')
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.text.startswith(start)
    assert first["doi"][0] in answer.text
    for path in (f"record.{name}", f"metadata.{name}", f"record.{extension}"):
        assert client.get(f"/{first['arkIstex']}/{path}").content == answer.content


def test_ranges_and_tags(client: httpx.Client, first: dict[str, Any]) -> None:
    """A part, and nothing when it is known already."""
    address = f"/document/{first['id']}/metadata/ris"
    whole = client.get(address)
    part = client.get(address, headers={"Range": "bytes=0-4"})
    assert (part.status_code, part.content) == (206, whole.content[:5])
    known = client.get(address, headers={"If-None-Match": whole.headers["etag"]})
    assert known.status_code == 304
    head = client.head(address)
    assert head.headers["content-length"] == str(len(whole.content))


def test_they_are_listed(client: httpx.Client, first: dict[str, Any]) -> None:
    """The formats of the record by its ARK name them, and the addresses answer."""
    formats = client.get(f"/{first['arkIstex']}/record").json()["formats"]
    addresses = {one["format"]: one["uri"] for one in formats}
    assert addresses.keys() >= FORMS.keys()
    assert all(client.get(addresses[name]).status_code == 200 for name in FORMS)


def test_what_cannot_be_made(client: httpx.Client, first: dict[str, Any]) -> None:
    """No HTML without structured text; a form of the record is none of the full text."""
    for path in ("fulltext/html", "fulltext/bibtex", "metadata/html", "metadata/nonsense"):
        assert client.get(f"/document/{first['id']}/{path}").status_code == 404
