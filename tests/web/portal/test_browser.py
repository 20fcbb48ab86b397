"""In a real browser: nothing for axe to say, and everything works without JavaScript."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update"]  # fmt: skip
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PICTURE = ROOT / "docs" / "images" / "portal.png"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; where there is none the tests say so."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("chromium is not installed: the pages are not tried in a browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(portal: str) -> tuple[str, ...]:
    """Return one address of each kind of page."""
    asked = {"q": "_exists_:qualityIndicators.pdfWordCount AND corpusName:mdpi",
             "output": "arkIstex", "size": "1"}  # fmt: skip
    ark = httpx.get(f"{portal}/document", params=asked).json()["hits"][0]["arkIstex"]
    return (
        "/",
        "/?q=plants&f=corpusName:pensoft&first=2010&last=2018",
        "/?q=zzzzqqqq",
        "/?q=title:(water",
        "/assisted?j0=any&f0=title&h0=words&v0=plants&j1=all",
        "/identifiers",
        f"/notice/{ark}",
        f"/notice/{ark}/read",
        "/journals",
        "/journals/2050-084X",
        "/journals/2050-084X/cited",
        "/journals/2050-084X/embed",
        "/journals/2050-084X/share",
        f"/notice/{ark}/cite",
        f"/notice/{ark}/view?q=the",
        "/openurl",
        "/openurl?rft.aulast=Silva&rft.date=2015",
        "/openurl?id=pmid:99999999",
        "/librarians",
        "/notice/nothing",
    )


def opened(browser: Browser, **options: object) -> BrowserContext:
    """Open a context that fails on slow pages soon."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    return context


@pytest.mark.parametrize(
    ("locale", "scheme", "size"),
    [
        ("fr-FR", "light", WIDE),
        ("fr-FR", "dark", PHONE),
        ("en-GB", "light", PHONE),
        ("en-GB", "dark", WIDE),
    ],
    ids=["french-light-wide", "french-dark-phone", "english-light-phone", "english-dark-wide"],
)
def test_axe_finds_nothing(
    browser: Browser, portal: str, pages: tuple[str, ...], scheme: str, size: object, locale: str
) -> None:
    """Each page is accessible in each language and scheme, wide or on a phone, and fits."""
    context = opened(browser, viewport=size, color_scheme=scheme, locale=locale)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in pages:
        page.goto(portal + address)
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        found = [v["id"] for v in results.response["violations"]]
        assert not found, f"{address}: {results.generate_report()}"
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{address} is {overflow} px too wide"
    assert not complaints
    context.close()


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
    "menu": "/openurl?rft.aulast=Silva&rft.jtitle=Bragantia",
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(browser: Browser, portal: str, pages: tuple[str, ...], name: str) -> None:
    """The pictures of the docs are pictures of these pages; FONDS_SCREENSHOTS=1 writes them."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    ark = next(one for one in pages if one.startswith("/notice/ark")).removeprefix("/notice/")
    page.goto(portal + PICTURES[name].format(ark=ark))
    if name == "viewer":
        page.wait_for_selector("#viewer[data-ready]")
        page.wait_for_selector(".textLayer .highlight")
        page.wait_for_timeout(500)  # pages are drawn one after another
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    path = PICTURE.with_name(f"{name}.png")
    if os.environ.get("FONDS_SCREENSHOTS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture)
    assert path.is_file()
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


def test_a_style_is_written_in_place(browser: Browser, portal: str, pages: tuple[str, ...]) -> None:
    """A click on a style replaces the citation and tells which one it is."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(portal + next(one for one in pages if one.startswith("/notice/ark")))
    before = page.inner_text("#citation")
    page.click(".styles a >> text=Vancouver")
    page.wait_for_function(
        "text => document.getElementById('citation').textContent != text", arg=before
    )
    assert page.inner_text(".styles [aria-current]") == "Vancouver"
    assert "/cite" not in page.url
    context.close()
