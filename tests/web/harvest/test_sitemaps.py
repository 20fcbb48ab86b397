"""Sitemaps and robots.txt: pages of the collections that may be indexed, and nothing else."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.robotparser import RobotFileParser

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from fonds.archive.arrivals import Stretch
from fonds.settings import HarvestSettings, Settings, WebSettings
from fonds.web.app import create_app
from fonds.web.harvest.windows import windows
from fonds.web.services import open_services
from tests.web.conftest import COUNT, serving

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
SECOND = COUNT // 4


@pytest.fixture(scope="module")
def indexed(home: Path) -> Iterator[httpx.Client]:
    """Return a client of a server whose second collection may be indexed."""
    settings = Settings(web=WebSettings(indexing=("sec*",)))
    with (
        serving(create_app(open_services(home, settings))) as address,
        httpx.Client(base_url=address) as opened,
    ):
        yield opened


def addresses(content: bytes) -> list[str]:
    """Return the addresses of a list."""
    return [str(one.text) for one in etree.fromstring(content).iter(LOC)]


def test_landing_pages_of_indexed_collections_are_listed(indexed: httpx.Client) -> None:
    """The index leads to lists, the lists to pages that are there, and robots may go there."""
    parts = addresses(indexed.get("/sitemap.xml").content)
    pages = [
        page for part in parts for page in addresses(gzip.decompress(indexed.get(part).content))
    ]
    assert len(set(pages)) == len(pages) == SECOND
    rules = RobotFileParser()
    rules.parse(indexed.get("/robots.txt").text.splitlines())
    assert all(rules.can_fetch("Googlebot", page) for page in pages)
    asked = {"q": "*", "size": "100", "output": "corpusName,arkIstex"}
    for hit in indexed.get("/document", params=asked).json()["hits"]:
        page = f"{indexed.base_url}/notice/{hit['arkIstex']}"
        assert (page in pages) is (hit["corpusName"] == "second")
        assert rules.can_fetch("Googlebot", page) is (page in pages)
    assert indexed.get(pages[0]).status_code == 200


def test_nothing_is_indexed_unless_allowed(client: httpx.Client) -> None:
    """Without the switch the sitemap is empty and robots keep away from documents."""
    assert addresses(client.get("/sitemap.xml").content) == []
    rules = client.get("/robots.txt").text
    assert "Disallow: /notice/\n" in rules
    assert "Allow: /notice" not in rules
    assert f"Sitemap: {client.base_url}/sitemap.xml" in rules
    assert client.get("/sitemaps/1.xml.gz").status_code == 404


def test_a_withdrawn_collection_leaves_the_sitemap(home: Path) -> None:
    """What is withdrawn may not be indexed."""
    settings = Settings(
        web=WebSettings(indexing=("*",)),
        harvest=HarvestSettings(withdrawn={"first": date(2026, 1, 1)}),
    )
    with serving(create_app(open_services(home, settings))) as address:
        page = httpx.get(f"{address}/sitemaps/1.xml.gz").content
        assert len(addresses(gzip.decompress(page))) == SECOND


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 30)), max_size=8),
    st.integers(1, 20),
)
def test_windows_cover_every_place_once(packs: list[tuple[int, int]], width: int) -> None:
    """Each place of each pack is in the window of its number, and in no other."""
    stretches, at = [], 0
    for gap, size in packs:
        stretches.append(Stretch(at + gap, at + gap + size - 1, "c", 1.0))
        at += gap + size
    expected = [place for one in stretches for place in range(one.first, one.last + 1)]
    found: list[int] = []
    for window in windows(stretches, width):
        for one in window.stretches:
            places = range(one.first, one.last + 1)
            assert all((place - 1) // width + 1 == window.number for place in places)
            found += places
    assert found == expected
