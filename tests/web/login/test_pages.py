"""The pages of logins: what they offer, and that other sites cannot press their buttons."""

from __future__ import annotations

import httpx
import pytest
from lxml import html

from fonds.access.sessions import Session, new_number
from tests.web.login.conftest import Archive

SEVERAL = "".join(
    f"""
[[federation.oidc]]
issuer = "https://login{number}.example"
client_id = "fonds"
name = "Université {number}"
"""
    for number in range(12)
)


def page(browser: httpx.Client, address: str, language: str = "en") -> html.HtmlElement:
    """Return a page as a tree."""
    answer = browser.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    return html.fromstring(answer.text)


def test_choosing(archive: Archive) -> None:
    """Every login is a link that keeps the target; words find it without accents and case."""
    archive.rights(SEVERAL)
    with archive.browser() as browser:
        tree = page(browser, "/login?target=/?q=water")
        links = tree.xpath("//ul[contains(@class,'providers')]//a/@href")
        assert len(links) == 12
        assert "entityID=https%3A%2F%2Flogin0.example&target=%2F%3Fq%3Dwater" in links[0]
        found = page(browser, "/login?target=/&search=UNIVERSITE+11")
        assert found.xpath("//span[@class='name']/text()") == ["Université 11"]
        nothing = page(browser, "/login?search=zzz", "fr")
        assert "Aucun établissement" in nothing.text_content()
        assert browser.get("/login?target=//evil.example").status_code == 400


def test_discovery(archive: Archive) -> None:
    """With the federation's discovery service alone, the way there is direct."""
    service = "https://discovery.renater.example/wayf"
    settings = f'[federation]\ndiscovery = "{service}"\n'
    archive.rights(settings + '[[federation.metadata]]\nfile = "idp.xml"\n')
    with archive.browser() as browser:
        answer = browser.get("/login?target=/?q=x")
        assert answer.headers["location"] == (
            f"{service}?entityID={archive.address.replace(':', '%3A').replace('/', '%2F')}"
            "%2Fsaml%2Fmetadata&return="
            f"{archive.address.replace(':', '%3A').replace('/', '%2F')}"
            "%2Flogin%3Ftarget%3D%252F%253Fq%253Dx&returnIDParam=entityID"
        )
        archive.rights(settings + SEVERAL)
        links = page(browser, "/login").xpath("//p[@class='actions']/a/@href")
        assert links[0].startswith(service)


@pytest.fixture
def browser(archive: Archive) -> httpx.Client:
    """Return a browser that is signed in."""
    archive.rights(SEVERAL)
    opened = archive.browser()
    session = Session(("lorraine",), "https://login1.example", "oidc", new_number())
    signed = archive.services.gate.sessions.sign(session, seconds=60)
    opened.cookies.set("fonds_session", signed, domain="127.0.0.1")
    return opened


def test_the_token_page(archive: Archive, browser: httpx.Client) -> None:
    """A token is made, shown once, opens what it says, and is taken back."""
    text = archive.address + archive.text_of("first")
    assert page(browser, "/account/token").xpath("//button")
    answer = browser.post("/account/token", data={"days": "30"})
    token = str(html.fromstring(answer.text).findtext(".//textarea"))
    bearer = {"Authorization": f"Bearer {token}"}
    assert httpx.get(text, headers=bearer).status_code == 200
    assert token not in browser.get("/account/token").text
    taken = browser.post("/account/token/revoke", data={"token": token})
    assert taken.status_code == 200
    assert httpx.get(text, headers=bearer).status_code == 403
    assert browser.post("/account/token/revoke", data={"token": token}).status_code == 404
    with archive.browser() as stranger:
        away = stranger.get("/account/token")
        assert away.headers["location"].endswith("/login?target=/account/token")
        assert stranger.post("/account/token").status_code == 303
    browser.close()


def test_other_sites_press_no_buttons(archive: Archive, browser: httpx.Client) -> None:
    """A form that comes from elsewhere is refused; one from here is not."""
    evil = {"Origin": "https://evil.example"}
    for address in ("/logout", "/account/token", "/account/token/revoke"):
        assert browser.post(address, headers=evil).status_code == 403
        assert browser.post(address, headers={"Origin": "null"}).status_code == 403
    own = {"Origin": archive.address}
    assert browser.post("/account/token", data={}, headers=own).status_code == 200
    assert browser.post("/account/token", content=b"x" * 600_000).status_code == 413
    assert browser.get("/logout").status_code == 200
    assert "fonds_session" in browser.cookies
    browser.post("/logout", headers=own)
    assert "fonds_session" not in browser.cookies
    browser.close()
