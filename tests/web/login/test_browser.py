"""The pages of logins in a real browser: nothing for axe to say, and they fit a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from fonds.access.sessions import Session, new_number
from tests.web.login.conftest import Archive
from tests.web.login.test_pages import SEVERAL
from tests.web.portal.test_browser import browser, opened

__all__ = ["browser"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OUTSIDE = ("/login?target=/", "/login?search=zzz", "/login?entityID=x", "/logout")
INSIDE = ("/account/token", "/logout", "/login/denied?collection=first", "/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser: Browser, archive: Archive, scheme: str, width: int) -> None:
    """Signed out and signed in, also the page with a new token."""
    archive.rights(SEVERAL)
    context = opened(browser, viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()

    def check(address: str) -> None:
        results = Axe().run(page)
        found = [one["id"] for one in results.response["violations"]]
        assert not found, f"{address}: {results.generate_report()}"
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, address

    for address in OUTSIDE:
        page.goto(archive.address + address)
        check(address)
    session = Session(("lorraine",), "https://login1.example", "oidc", new_number())
    signed = archive.services.gate.sessions.sign(session, seconds=600)
    context.add_cookies([{"name": "fonds_session", "value": signed, "url": archive.address}])
    for address in INSIDE:
        page.goto(archive.address + address)
        check(address)
    page.goto(f"{archive.address}/account/token")
    page.click("form.card button >> nth=0")
    check("a new token")
    page.click("header form[action='/logout'] button")
    assert "fonds_session" not in {one.get("name") for one in context.cookies()}
    context.close()
