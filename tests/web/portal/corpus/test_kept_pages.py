"""Keeping a corpus by the page, and its own page: files, changes, citation, list."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from fonds.settings import CorporaSettings, Settings
from fonds.web.services import open_services
from tests.web.portal.conftest import serving
from tests.web.portal.trees import find, tree_of

FORM = {"q": "plants", "take": "random", "size": "8", "seed": "5", "title": "Plants <b>& more</b>",
        "author": "A. Exemple"}  # fmt: skip


@pytest.fixture
def page(keeper: httpx.Client) -> str:
    """Keep a corpus and return the address of its page; twice is once."""
    answer = keeper.post("/corpus/keep", data=FORM)
    assert answer.status_code == 303, answer.text
    assert keeper.post("/corpus/keep", data=FORM).headers["location"] == answer.headers["location"]
    return answer.headers["location"]


def test_the_page_of_a_kept_corpus(keeper: httpx.Client, page: str) -> None:
    """Title, number, seed, ARK, citation, documents; the size shown is the size taken."""
    tree = tree_of(keeper, f"{page}?use=nooj")
    said = " ".join(tree.text_content().split())
    assert find(tree, "//h1")[0].text_content() == FORM["title"]
    assert not find(tree, "//main//b")
    assert "8 documents of 2" in said
    assert "exactly the same documents" in said
    ark = find(tree, "//a[@id='ark']/@href")[0]
    assert ark in find(tree, "//p[@id='citation']")[0].text_content()
    assert r"Plants <b>\& more</b>" in find(tree, "//code[@id='bibtex']")[0].text_content()
    assert len(find(tree, "//section//ol[@class='related']/li")) == 8
    address = find(tree, "//a[@id='download']/@href")[0]
    taken = keeper.get(address).content
    assert int(find(tree, "//a[@id='download']/@data-size")[0]) == len(taken)
    name = page.rpartition("/")[2]
    drawn = tree_of(keeper, "/corpus/new?q=plants&take=random&size=8&seed=5")
    lines = keeper.get(f"/corpora/{name}.corpus").text.splitlines()
    file = keeper.get(find(drawn, "//a[@download][not(@id)]/@href")[0]).text.splitlines()
    assert [one for one in lines if one.startswith("ark")] == [
        one for one in file if one.startswith("ark ")
    ]
    listed = keeper.get("/corpus/kept")
    assert "Plants &lt;b&gt;" in listed.text
    assert page in listed.text


def test_an_ark_leads_a_browser_to_the_page(keeper: httpx.Client, page: str) -> None:
    """A program gets JSON at the same address."""
    ark = find(tree_of(keeper, page), "//a[@id='ark']/@href")[0]
    browser = keeper.get(ark, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (browser.status_code, browser.headers["vary"]) == (302, "Accept, Origin")
    assert browser.headers["location"].endswith(page)
    assert keeper.get(ark).json()["title"] == FORM["title"]


def test_who_may_not_keep_is_told(keeper: httpx.Client, demo_home: Path) -> None:
    """Where nobody may; by a page of another site; with a wrong question; unknown names."""
    settings = Settings(corpora=CorporaSettings(kept_by="nobody"))
    with serving(open_services(demo_home, settings)) as address:
        refused = httpx.post(f"{address}/corpus/keep", data=FORM)
    assert refused.status_code == 403
    assert "Seuls les membres" in refused.text
    assert "Vous ne pouvez pas conserver" in refused.text
    foreign = keeper.post("/corpus/keep", data=FORM, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert keeper.post("/corpus/keep", data={"q": "title:("}).status_code == 400
    assert keeper.post("/corpus/keep", data={"q": "zzzzqqqq", "title": "t"}).status_code == 400
    for name in ("CRP-00000000-0", "..%2F..%2Fx", "<script>"):
        assert keeper.get(f"/corpus/{name}").status_code == 404
