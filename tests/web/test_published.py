"""Knowledge bases and search engines fetch their files from the server."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import etree

from fonds.holdings.kbart_rules import BACON_NAME, faults
from fonds.settings import HoldingsSettings, Settings, WebSettings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.web.conftest import serving

SETTINGS = Settings(
    web=WebSettings(base_url="https://archive.example.org", name="Université"),
    holdings=HoldingsSettings(provider="UX", region="France", pubmed_provider="4711"),
)


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[httpx.Client]:
    """Return a client of the whole application with settings for these services."""
    opened = open_services(home, SETTINGS)
    with serving(create_app(opened)) as base, httpx.Client(base_url=base, timeout=30) as made:
        yield made


def test_kbart(server: httpx.Client) -> None:
    """The list names files that are there, valid, and together hold what the archive holds."""
    listed = server.get("/kbart").json()
    assert [one["package"] for one in listed] == ["AllTitles", "first", "second"]
    for one in listed:
        answer = server.get(f"/kbart/{one['package']}")
        assert answer.headers["content-type"].startswith("text/tab-separated-values")
        assert f'filename="{one["file"]}"' in answer.headers["content-disposition"]
        assert BACON_NAME.fullmatch(one["file"])
        assert faults(answer.text) == []
        assert server.get(f"/kbart/{one['file']}").text == answer.text
        rows = list(csv.DictReader(io.StringIO(answer.text), delimiter="\t"))
        assert len({row["title_id"] for row in rows}) == one["titles"] == 1
        assert all(row["title_url"].startswith("https://archive.example.org/") for row in rows)


def test_google_scholar(server: httpx.Client, shared: Path) -> None:
    """The entry names files that are there; both are valid for Google's DTDs."""
    links = server.get("/google-scholar/institutional_links.xml")
    assert links.headers["content-type"].startswith("application/xml")
    for name, content in (
        ("links", links.content),
        ("holdings", server.get("/google-scholar/institutional_holdings_0.xml").content),
    ):
        dtd = etree.DTD(str(shared / "refs" / f"institutional_{name}.dtd"))
        assert dtd.validate(etree.fromstring(content)), dtd.error_log
    assert "institutional_holdings_0.xml" in links.text
    assert server.get("/google-scholar/institutional_holdings_1.xml").status_code == 404


def test_pubmed_and_europe_pmc(server: httpx.Client) -> None:
    """What is configured is there; what is not says which setting is missing, in JSON."""
    assert "<ProviderId>4711</ProviderId>" in server.get("/pubmed/providerinfo.xml").text
    assert server.get("/pubmed/resources_0.xml").status_code == 404  # no article has a number
    missing = server.get("/europepmc/providers.xml")
    assert missing.status_code == 404
    assert missing.json()["code"] == "not-configured"
    assert "europepmc_provider" in missing.json()["_error"]


@pytest.mark.parametrize(
    "address",
    ["/kbart/none", "/kbart/..%2f..%2fetc%2fpasswd", "/google-scholar/x.xml",
     "/google-scholar/institutional_holdings_99999.xml", "/pubmed/resources_%D9%A3.xml"],
)  # fmt: skip
def test_what_is_not_there(server: httpx.Client, address: str) -> None:
    """Unknown names are 404 in JSON."""
    answer = server.get(address)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
