"""Every page of the portal, in every look: nothing for axe to say, and it fits the screen."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Browser
from starlette.routing import Route

from fonds.web.portal.routes import portal_routes
from fonds.web.services import Services
from tests.web.portal.browsing import LOOKS, browser, check_looks, opened

__all__ = ["browser"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# addresses that give no page of their own: files, data, redirects
NO_PAGES = ("/notice/ark:/{naan}/{name}/linkset", "/unapi", "/statistics/{report}.{format}",
            "/journals/kbart", "/journals/{name}/kbart", "/journals/{name}/search",
            "/about/status.json", "/docs", "/corpus/keep")  # fmt: skip


@pytest.fixture(scope="module")
def pages(portal: str) -> tuple[str, ...]:
    """Return addresses of each kind of page, in each state that looks different."""
    asked = {"q": "_exists_:qualityIndicators.pdfWordCount AND corpusName:mdpi",
             "output": "arkIstex", "size": "1"}  # fmt: skip
    ark = httpx.get(f"{portal}/document", params=asked).json()["hits"][0]["arkIstex"]
    return (
        "/",
        "/?q=plants&f=corpusName:pensoft&x=genre:editorial&first=2010&last=2018",
        "/?q=plants&page=2&explain=1",
        "/?q=zzzzqqqq",
        "/?q=title:(water",
        "/?q=10.1371/journal.pone.0008519",
        "/assisted?j0=any&f0=title&h0=words&v0=plants&j1=all",
        "/identifiers",
        f"/notice/{ark}",
        f"/notice/{ark}/read",
        f"/notice/{ark}/references",
        f"/notice/{ark}/cite",
        f"/notice/{ark}/view?q=the",
        "/notice/nothing",
        "/journals",
        "/journals?q=plos&type=serial&first=2005&last=2026",
        "/journals?q=zzzz",
        "/journals/2050-084X",
        "/journals/2050-084X/cited",
        "/journals/2050-084X?year=2015",
        "/journals/2050-084X/embed",
        "/journals/2050-084X/share",
        "/openurl",
        "/openurl?rft.aulast=Silva&rft.date=2015",
        "/openurl?id=pmid:99999999",
        "/librarians",
        "/explore",
        "/explore?q=plants",
        "/explore/profile?q=plants",
        "/explore/networks?q=plants&of=authors",
        "/explore/comparison?q=plants",
        "/corpus/new",
        "/corpus/new?q=plants",
        "/corpus/kept",
        "/corpus/CRP-none",
        "/about",
        "/about/api",
        "/about/api/run?call=/document?q=plants",
        "/about/api/run?call=nothing",
        "/about/tutorials",
        "/about/tutorials/search",
        "/about/tutorials/corpus",
        "/about/tutorials/script",
        "/about/status",
        "/about/accessibility",
    )


@pytest.mark.parametrize("locale", LOOKS)
def test_axe_finds_nothing(
    browser: Browser, portal: str, pages: tuple[str, ...], locale: str
) -> None:
    """In both colour schemes, wide and on a phone; no script fails."""
    context = opened(browser, locale=locale)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in pages:
        page.goto(portal + address)
        check_looks(page, locale, address)
    closed = httpx.get(f"{portal}/statistics", headers={"Accept-Language": locale})
    page.route("**/statistics", lambda route: route.fulfill(  # a browser asks for a key itself
        status=200, content_type="text/html", body=closed.text))  # fmt: skip
    page.goto(f"{portal}/statistics")
    check_looks(page, locale, "/statistics, closed")
    page.goto(f"{portal}/identifiers")
    page.fill("#list", "10.1371/journal.pone.0008519\n10.1000/none\nno identifier at all")
    page.click("form.lists button")
    page.wait_for_selector(".outcome")
    check_looks(page, locale, "what a list found")
    page.goto(f"{portal}/about/api")
    page.click("form.trial button")
    page.wait_for_selector(".ran pre")
    assert page.locator("form.trial + [role=status]").inner_text().startswith("200 ")
    page.click("#addresses ~ details summary >> nth=0")
    check_looks(page, locale, "a call run in place")
    assert not complaints
    context.close()


def test_no_page_is_forgotten(services: Services, pages: tuple[str, ...]) -> None:
    """Each address of the portal is looked at, or gives no page."""
    paths = ["/statistics", *(address.partition("?")[0] for address in pages)]
    for route in portal_routes(services):
        if isinstance(route, Route) and route.path not in NO_PAGES:
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", route.path))
            assert any(pattern.fullmatch(path) for path in paths), route.path
