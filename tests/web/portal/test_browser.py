"""In a real browser: everything works without JavaScript, and a little better with it."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.pictures import keep
from tests.web.portal.browsing import WIDE, browser, opened

__all__ = ["browser"]  # a fixture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def ark(portal: str) -> str:
    """Return the ARK of an article that has a PDF."""
    asked = {"q": "_exists_:qualityIndicators.pdfWordCount AND corpusName:mdpi",
             "output": "arkIstex", "size": "1"}  # fmt: skip
    return str(httpx.get(f"{portal}/document", params=asked).json()["hits"][0]["arkIstex"])


def test_everything_works_without_javascript(browser: Browser, portal: str) -> None:
    """Search, facet, order, document, PDF: by links and forms alone."""
    context = opened(browser, viewport=WIDE, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(portal)
    page.fill("input[name=q]", "_exists_:qualityIndicators.pdfWordCount")
    page.click("form button")
    assert "results" in page.inner_text("h1")
    page.click("section.facet a[href*='corpusName%3Amdpi']")
    assert "mdpi" in page.inner_text("ul.chips")
    page.select_option("#sort", "newest")
    page.click("form.order button")
    assert "sort=newest" in page.url
    address = page.get_attribute("a.pdf >> nth=0", "href")
    assert address is not None
    pdf = httpx.get(portal + address)
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-disposition"].startswith("inline")
    page.click("ol.hits h2 a >> nth=0")
    assert "/notice/ark:/" in page.url
    context.close()


def test_the_small_comforts(browser: Browser, portal: str) -> None:
    """With JavaScript the order applies on change, and / goes to the search box."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(f"{portal}/?q=plants")
    page.select_option("#sort", "oldest")
    page.wait_for_url("**sort=oldest**")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    context.close()


PICTURES = {
    "portal": "/?q=water+plants",
    "assisted": "/assisted?j0=any&f0=title&h0=words&v0=plants&f0=abstract&h0=phrase&v0=new+species"
    "&j1=none&f1=language&h1=is&v1=por",
    "article": "/notice/{ark}",
    "viewer": "/notice/{ark}/view?q=results+OR+study",
    "journal": "/journals/2050-084X",
    "about": "/about",
    "api": "/about/api",
    "tutorial": "/about/tutorials/corpus",
    "status": "/about/status",
    "menu": "/openurl?rft.aulast=Silva&rft.jtitle=Bragantia",
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(browser: Browser, portal: str, ark: str, name: str) -> None:
    """The pictures of the docs are pictures of these pages; FONDS_SCREENSHOTS=1 writes them."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(portal + PICTURES[name].format(ark=ark))
    if name == "viewer":
        page.wait_for_selector("#viewer[data-ready]")
        page.wait_for_selector(".textLayer .highlight")
        page.wait_for_timeout(500)  # pages are drawn one after another
    if name == "api":
        page.click("form.trial button")
        page.wait_for_selector(".ran pre")
    keep(page, name)
    context.close()


def test_the_browser_remembers_and_forgets(browser: Browser, portal: str) -> None:
    """Searches and a selection are kept in the browser, listed, and cleared by a button."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(f"{portal}/?q=plants")
    page.click("button[data-add] >> nth=0")
    page.click("button[data-add] >> nth=1")
    assert "2 documents" in page.inner_text("#picked")
    page.click("#picked-view")
    assert page.inner_text("h1") == "2 results"
    page.click("#picked-clear")
    assert page.is_hidden("#picked")
    page.goto(portal)
    assert "plants" in page.inner_text("#history")
    page.click("#history-clear")
    assert page.is_hidden("#history")
    assert context.cookies() == []
    context.close()


def test_the_count_of_an_assisted_search_is_live(browser: Browser, portal: str) -> None:
    """The query and its count follow what is typed, by keyboard alone; Enter searches."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(f"{portal}/assisted")
    page.focus("#v0-0")
    page.keyboard.type("plants")
    expect(page.locator("#query-made")).to_have_text("plants")
    count = httpx.get(f"{portal}/document?q=plants&size=0").json()["total"]
    assert f"{count} results" in page.inner_text("#preview")
    page.select_option("#f0-0", "title")
    expect(page.locator("#query-made")).to_have_text("title:plants")
    page.focus("button[name=go]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=title*")
    context.close()


def test_a_style_is_written_in_place(browser: Browser, portal: str, ark: str) -> None:
    """A click on a style replaces the citation and tells which one it is."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(f"{portal}/notice/{ark}")
    before = page.inner_text("#citation")
    page.click(".styles a >> text=Vancouver")
    page.wait_for_function(
        "text => document.getElementById('citation').textContent != text", arg=before
    )
    assert page.inner_text(".styles [aria-current]") == "Vancouver"
    assert "/cite" not in page.url
    context.close()
