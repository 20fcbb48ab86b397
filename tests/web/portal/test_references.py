"""A long list of references: some on the article's page, all of them on pages of their own."""

from __future__ import annotations

import httpx
import pytest

from fonds.web.portal import document_pages
from tests.web.portal.trees import find, tree_of


def test_a_long_list(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The article's page stays small, and no reference is lost, each with its number."""
    monkeypatch.setattr(document_pages, "REFERENCES_PAGE", 30)
    asked = {"q": "_exists_:refBibs", "size": "200", "output": "arkIstex,refBibs"}
    hits = client.get("/document", params=asked).json()["hits"]
    longest = max(hits, key=lambda hit: len(hit["refBibs"]))
    count = len(longest["refBibs"])
    assert count > 60
    address = f"/notice/{longest['arkIstex']}"
    content = client.get(address, headers={"Accept-Language": "en"})
    assert len(content.content) < 60_000
    tree = tree_of(client, address)
    assert len(find(tree, "//ol[@class='references']/li")) == 50
    (link,) = find(tree, "//a[contains(@href, '/references')]/@href")
    numbers: list[int] = []
    while link:
        tree = tree_of(client, link)
        (listed,) = find(tree, "//ol[@class='references']")
        first = int(listed.get("start") or "1")
        numbers += range(first, first + len(listed.findall("li")))
        following = find(tree, "//a[@rel='next']/@href")
        link = f"{address}/references{following[0]}" if following else ""
    assert numbers == list(range(1, count + 1))


def test_pages_that_are_none(client: httpx.Client) -> None:
    """A page beyond the last is the last; a document that is none is said."""
    hit = client.get("/document?q=_exists_:refBibs&size=1&output=arkIstex").json()["hits"][0]
    assert client.get(f"/notice/{hit['arkIstex']}/references?page=999").status_code == 200
    assert client.get("/notice/ark:/99999/XXX-00000000-0/references").status_code == 404
