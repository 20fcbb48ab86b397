"""Each person's way to the PDF, walked as that person would; `docs/paths.md` shows the pictures."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from fonds.settings import PortalSettings, Settings
from fonds.web.services import open_services
from tests.conftest import ROOT
from tests.pictures import keep
from tests.web.portal.browsing import WIDE, browser, opened
from tests.web.portal.conftest import serving

__all__ = ["browser"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# as a bibliography prints it: initials, an abbreviated journal
PASTED = (
    "Taghavi T, Kim C, Rahemi A. Role of Natural Volatiles and Essential Oils in Extending Shelf "
    "Life and Controlling Postharvest Microorganisms of Small Fruits. Microorganisms. 2018;6:104."
)
DOI = "10.3390/microorganisms6040104"


@pytest.fixture(scope="module")
def library(demo_home: Path) -> Iterator[str]:
    """Serve the home as a library has set it up: with its loans, its catalogue, its address."""
    portal = PortalSettings(
        interlibrary_loan="https://ill.example.org/form",
        catalogue="https://catalogue.example.org/search?issn={issn}",
        report="mailto:library@example.org",
    )
    with serving(open_services(demo_home, Settings(portal=portal))) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a wide screen, in English."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    yield context.new_page()
    context.close()


def pdf_at(address: str) -> bytes:
    """Return what a reader's browser gets at an address; it must be a PDF."""
    answer = httpx.get(address, follow_redirects=True)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


def test_from_a_pasted_reference(page: Page, library: str) -> None:
    """The one box takes the whole reference; the PDF is one click away."""
    page.goto(library)
    page.fill("#q", PASTED)
    page.keyboard.press("Enter")
    expect(page.locator(".understood")).to_contain_text("Role of Natural Volatiles")
    keep(page, "path-reference")
    address = page.get_attribute("ol.hits a.pdf", "href")
    assert address is not None
    assert pdf_at(library + address).startswith(b"%PDF")


def test_from_google_scholar(library: str) -> None:
    """Scholar's library link is an OpenURL 0.1; it is the PDF itself, without a page between."""
    asked = {
        "sid": "google", "auinit": "T", "aulast": "Taghavi", "date": "2018", "pages": "104",
        "title": "Microorganisms", "volume": "6", "issue": "4", "id": f"doi:{DOI}",
    }  # fmt: skip
    address = f"{library}/openurl?{urlencode(asked)}"
    assert httpx.get(address).status_code == 302
    assert pdf_at(address).startswith(b"%PDF")


def test_from_pubmed(page: Page, library: str) -> None:
    """The icon on a record of PubMed sends a number alone; what is not held has other ways."""
    page.goto(f"{library}/openurl?sid=Entrez:PubMed&id=pmid:12345678")
    expect(page.locator("h1")).to_have_text("Find this document")
    ways = page.locator(".ways-out")
    expect(ways.get_by_role("link", name="PubMed")).to_have_attribute(
        "href", "https://pubmed.ncbi.nlm.nih.gov/12345678/"
    )
    loan = ways.get_by_role("link", name="interlibrary loan").get_attribute("href") or ""
    assert loan.startswith("https://ill.example.org/form?")
    assert "pmid%2F12345678" in loan  # the reference goes with the reader
    keep(page, "path-pubmed")


def test_from_journal_and_year(page: Page, library: str) -> None:
    """The list of journals, the title, the year, the issue, the PDF."""
    page.goto(f"{library}/journals")
    page.get_by_role("link", name="eLife", exact=True).click()
    page.get_by_text("2010–2019").click()  # the decades are closed, but for the one shown
    page.locator("a[href$='year=2016#contents']").click()
    page.wait_for_url("**year=2016**")
    expect(page.locator("ol.entries a.pdf").first).to_be_visible()
    keep(page, "path-journal-year")
    address = page.get_attribute("ol.entries a.pdf", "href")
    assert address is not None
    assert pdf_at(library + address).startswith(b"%PDF")


def test_a_librarian_sets_the_tools_up(page: Page, library: str) -> None:
    """The page prints this server's lines, and each stands under its tool."""
    page.goto(f"{library}/librarians")
    page.get_by_role("link", name="Primo and Alma").click()
    expect(page.locator("#primo")).to_be_in_viewport()
    assert f"{library}/openurl?rft_id=info:doi/{{rft.doi}}" in page.inner_text("main")
    keep(page, "path-settings")


def test_a_librarian_publishes_holdings(page: Page, library: str) -> None:
    """The titles as a file for knowledge bases, one of a single journal beside its page."""
    page.goto(f"{library}/journals?q=elife")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="KBART").first.click()
    rows = Path(waiting.value.path()).read_text("utf-8").splitlines()
    assert rows[0].startswith("publication_title\tprint_identifier\tonline_identifier")
    assert rows[1].startswith("eLife\t")


def test_a_librarian_embeds_contents(page: Page, library: str, tmp_path: Path) -> None:
    """The code that the page gives works in a page of another server."""
    page.goto(f"{library}/journals/2050-084X/share")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("eLife")
    keep(page, "path-embed")
    code = page.input_value("#code")
    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html><html lang='en'><head><title>Our library</title></head><body>"
        f"<h1>Our library</h1>{code}</body></html>"
    )
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://localhost:{server.server_address[1]}/index.html")
        inside = page.frame_locator("iframe")
        expect(inside.locator("ol.entries li").first).to_be_visible()
        with page.context.expect_page() as waiting:
            inside.locator("ol.entries a").first.click()
        waiting.value.wait_for_load_state()
        assert waiting.value.url.startswith(f"{library}/notice/ark:/")
        server.shutdown()


def test_with_a_keyboard_alone(page: Page, library: str) -> None:
    """Two keys lead over facets and header to the results; where one is can be seen."""
    page.goto(f"{library}/?{urlencode({'q': 'shelf life fruits'})}")
    for key in ("Tab", "Tab", "Enter"):  # the second skip link
        page.keyboard.press(key)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "pdf":
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.startswith("Open the PDF of ")  # not one "PDF" among twenty
    keep(page, "path-keyboard")


def test_with_a_screen_reader(page: Page, library: str) -> None:
    """What a screen reader is told of an article begins as the docs show it."""
    found = httpx.get(f"{library}/document?q=doi:%22{DOI}%22&output=arkIstex").json()
    page.goto(f"{library}/notice/{found['hits'][0]['arkIstex']}")
    tree = page.locator("main article > header").aria_snapshot()
    told = [line for line in tree.splitlines() if "/url" not in line]
    shown = (ROOT / "docs" / "paths.md").read_text("utf-8")
    assert "\n".join(told[:8]) in shown, "\n".join(told)
