"""The pages of logins in a real browser: nothing for axe to say, and they fit a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from fonds.access.sessions import Session, new_number
from tests.web.login.conftest import Archive
from tests.web.login.test_pages import SEVERAL
from tests.web.portal.browsing import LOOKS, browser, check_looks, opened

__all__ = ["browser"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OUTSIDE = ("/login?target=/", "/login?search=zzz", "/login?entityID=x", "/logout")
INSIDE = ("/account/token", "/logout", "/login/denied?collection=first", "/")


@pytest.mark.parametrize("locale", LOOKS)
def test_axe_finds_nothing(browser: Browser, archive: Archive, locale: str) -> None:
    """Signed out and signed in, also the page with a new token, in every look."""
    archive.rights(SEVERAL)
    context = opened(browser, locale=locale)
    page = context.new_page()
    for address in OUTSIDE:
        page.goto(archive.address + address)
        check_looks(page, locale, address)
    session = Session(("lorraine",), "https://login1.example", "oidc", new_number())
    signed = archive.services.gate.sessions.sign(session, seconds=600)
    context.add_cookies([{"name": "fonds_session", "value": signed, "url": archive.address}])
    for address in INSIDE:
        page.goto(archive.address + address)
        check_looks(page, locale, address)
    page.goto(f"{archive.address}/account/token")
    page.click("form.card button >> nth=0")
    check_looks(page, locale, "a new token")
    page.click("header form[action='/logout'] button")
    assert "fonds_session" not in {one.get("name") for one in context.cookies()}
    context.close()
