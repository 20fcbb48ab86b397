"""In a real browser: nothing for axe to say, and everything works without JavaScript."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, sync_playwright

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
        f"/notice/{ark}",
        f"/notice/{ark}/read",
        "/journals",
        "/journals/2050-084X",
        "/journals/2050-084X/embed",
        "/journals/2050-084X/share",
        f"/notice/{ark}/cite",
        f"/notice/{ark}/view?q=the",
        "/notice/nothing",
    )


def opened(browser: Browser, **options: object) -> BrowserContext:
    """Open a context that fails on slow pages soon."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    return context


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("locale", ["fr-FR", "en-GB"])
def test_axe_finds_nothing(
    browser: Browser, portal: str, pages: tuple[str, ...], scheme: str, size: object, locale: str
) -> None:
    """Each page is accessible in each scheme, width and language, and fits its width."""
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


def test_picture(browser: Browser, portal: str) -> None:
    """The picture of the README is a picture of this page; FONDS_SCREENSHOTS=1 writes it."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(f"{portal}/?q=water+plants")
    picture = page.screenshot()
    assert picture.startswith(b"\x89PNG")
    if os.environ.get("FONDS_SCREENSHOTS"):
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_bytes(picture)
    assert PICTURE.is_file()
    context.close()
