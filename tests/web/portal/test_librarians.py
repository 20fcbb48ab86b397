"""The pages for librarians print lines that work on this very server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html

from fonds.settings import Settings
from fonds.web.portal.librarians import stanza, tools
from fonds.web.services import open_services
from tests.holdings.making import add, article
from tests.web.portal.conftest import serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server over one article."""
    home: Path = tmp_path_factory.mktemp("librarians")
    add(home, [article(1)])
    with (
        serving(open_services(home, Settings())) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_line_is_an_address_that_works(server: httpx.Client, language: str) -> None:
    """Each address of this installation that the page prints answers."""
    page = html.document_fromstring(server.get(f"/librarians?lang={language}").text)
    lines = [code.text or "" for code in page.iter("code")]
    base = str(server.base_url).rstrip("/")
    addresses = re.findall(rf"{re.escape(base)}/[^\s\"<]*", "\n".join(lines))
    assert len(addresses) > 15
    for address in addresses:
        if "multiopenurl" in address or "/ISSN/" in address:
            continue  # by POST; to be filled in
        answer = server.get(address.replace("{doi}", "10.5555/c.1"), follow_redirects=False)
        assert answer.status_code in (200, 300, 302, 404), address
        if "/document/" not in address:
            assert answer.status_code == 200, address
    sections = [heading.get("id") for heading in page.iter("h2")]
    assert sections == [
        "kbart", "scholar", "pubmed", "eds", "primo", "summon", "sfx", "ezproxy", "zotero",
        "endnote", "catalogue", "contents",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_lines_rest_upon(server: httpx.Client, language: str) -> None:
    """Each tool of others names pages of its makers; what they leave open is marked."""
    page = html.document_fromstring(server.get(f"/librarians?lang={language}").text)
    for section in page.iter("section"):
        key = section.get("aria-labelledby")
        assert bool(section.xpath(".//a[@rel='external']")) == (key != "contents"), key
        marked = bool(section.xpath(".//p[@role='note']"))
        assert marked == (key in ("scholar", "summon", "sfx", "endnote")), key


def test_zotero() -> None:
    """The hidden preference is JSON of the form that Zotero reads, with its {doi}."""
    found = {one.key: one for one in tools(Settings(), "https://archive.example.org")}
    (resolver,) = json.loads(found["zotero"].lines[1].value)
    assert resolver["mode"] == "json"
    assert "{doi}" in resolver["url"]
    assert found["pubmed"].lines[0].value.endswith("&id=pmid:")


def test_ezproxy() -> None:
    """A stanza names the host, and the domain where there is one."""
    assert stanza("Université  X", "https://archive.univ-x.fr").splitlines() == [
        "Title Université X", "URL https://archive.univ-x.fr/", "HJ https://archive.univ-x.fr",
        "DJ univ-x.fr",
    ]  # fmt: skip
    assert "HJ localhost:8080" in stanza("X", "http://localhost:8080").splitlines()
    assert "DJ" not in stanza("X", "http://192.0.2.10:8080")
    assert "DJ" not in stanza("X", "http://localhost:8080")
