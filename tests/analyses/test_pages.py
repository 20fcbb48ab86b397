"""The pages that explore a corpus, in a browser, over a real server; a researcher's hour."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from fonds.analyses.door import analysis_names, load_analyses, load_analysis
from fonds.analyses.synthesis.wording import wording
from fonds.settings import read_settings
from fonds.web.portal import early
from fonds.web.portal.texts import texts
from fonds.web.services import open_services
from tests.conftest import ROOT
from tests.pictures import keep
from tests.web.portal.browsing import LOOKS, WIDE, browser, check_looks, opened
from tests.web.portal.conftest import serving

__all__ = ["browser"]  # a fixture

pytestmark = pytest.mark.browser

NOTEBOOK = ROOT / "docs" / "notebooks" / "mining.ipynb"
QUESTION = "species OR patients OR escola"
# of the tutorial: picture, and the page it shows
HOUR = {
    "explore-profile": f"/explore/profile?q={QUESTION}",
    "explore-terminology": f"/explore/terminology?q={QUESTION}",
    "explore-concordance": "/explore/concordance?q=species&words=new+species",
    "explore-trends": f"/explore/trends?q={QUESTION}",
    "explore-themes": f"/explore/themes?q={QUESTION}",
    "explore-networks": f"/explore/networks?q={QUESTION}&of=terms",
    "explore-comparison": "/explore/comparison?q=corpusName:pensoft&beside=corpusName:plos",
    "explore-synthesis": f"/explore/synthesis?q={QUESTION}&language=en",
}


@pytest.fixture(scope="module")
def portal(enriched_home: Path) -> Iterator[str]:
    with serving(open_services(enriched_home, read_settings(enriched_home))) as address:
        yield address


@pytest.mark.parametrize("locale", sorted(LOOKS))
def test_axe_finds_nothing(browser: Browser, portal: str, locale: str) -> None:
    """Every analysis has a page that is accessible in each look, and that fits."""
    context = opened(browser, viewport=WIDE, locale=locale)
    context.set_default_timeout(60_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in (*HOUR.values(), "/explore/profile?q=zzzzqqqq"):
        answer = page.goto(portal + address)
        assert answer is not None
        assert answer.status in (200, 404), address
        check_looks(page, locale, address)
    assert not complaints
    context.close()


def test_methods_are_said_in_both_languages() -> None:
    """In English as the analysis says it, in French in French; a report says its own."""
    for analysis in load_analyses():
        english = texts("en").value("method", analysis.name)
        french = texts("fr").value("method", analysis.name)
        assert english == analysis.provenance
        assert french not in (english, analysis.name)
    assert wording("en")("method") == load_analysis("synthesis").provenance


def test_every_analysis_of_ours_is_in_the_hour() -> None:
    assert {f"explore-{name}" for name in analysis_names()} == set(HOUR)


@pytest.mark.parametrize("name", HOUR)
def test_pictures(browser: Browser, portal: str, name: str) -> None:
    """The pictures of the tutorial are pictures of these pages; FONDS_SCREENSHOTS=1 writes them."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(portal + HOUR[name])
    assert not page.query_selector(".problem"), page.inner_text(".problem")
    assert page.query_selector("table, figure"), "nothing was found"
    keep(page, name)
    context.close()


def test_from_a_page_to_its_numbers(browser: Browser, portal: str) -> None:
    """The files of a page hold what its table shows, and a row leads to its documents."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(f"{portal}/explore/profile?q={QUESTION}")
    page.click("#hosts summary")
    shown = page.inner_text("#hosts tbody tr:first-child td >> nth=0")
    address = page.get_attribute("#hosts .take a:has-text('CSV')", "href")
    assert address is not None
    file = httpx.get(portal + address).text.splitlines()
    assert file[1].split(",")[1] == shown
    page.click("#hosts tbody tr:first-child a")
    assert page.inner_text("h1").split()[0] == shown
    context.close()


def test_the_notebook_does_what_it_shows(
    portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FONDS_ADDRESS", portal)
    monkeypatch.setenv("FONDS_QUESTION", QUESTION)
    names: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), str(NOTEBOOK), "exec"), names)
    assert Path("terms.gexf").read_bytes().startswith(b"<?xml")
    assert Path("terms.tbx").stat().st_size
    assert Path("report.md").stat().st_size > 1_000
    rows = names["rows"]
    assert isinstance(rows, list)
    assert rows


def test_a_picture_comes_first(portal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large corpus the years are there before the analysis is, and then all of its page."""
    address = f"{portal}/explore/networks?q=species&of=entities&lang=en"
    monkeypatch.setattr(early, "LEAST", 1)
    for encoding in ("identity", "gzip"):
        asked = {"Accept-Encoding": encoding}
        with httpx.stream("GET", f"{address}&nodes={len(encoding)}", headers=asked) as answer:
            assert answer.headers.get("content-encoding", "identity") == encoding
            assert "content-length" not in answer.headers
            pieces = list(answer.iter_text())
        first = pieces[0]
        assert 'class="early"' in first
        assert "<rect" in first
        assert 'class="coverage"' not in first
        page = "".join(pieces)
        assert page.count("</html>") == page.count('class="coverage"') == 1
    kept = httpx.get(f"{address}&nodes=4")
    assert 'class="early"' not in kept.text
    assert kept.text.partition(early.SEAM)[2] == page.partition(early.SEAM)[2]
    empty = httpx.get(f"{portal}/explore/networks?q=zzzzqqqq")
    assert empty.status_code == 404
