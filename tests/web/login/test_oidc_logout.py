"""Logout by OpenID Connect: at a real provider, and as a provider tells us."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from lxml import html

from tests.web.login.conftest import Archive
from tests.web.login.providers import Claims, Liar, honest_provider, lying_provider
from tests.web.login.test_oidc import MEMBERS, PEOPLE, begun, signed_in

EVENTS: Claims = {"http://schemas.openid.net/event/backchannel-logout": {}}


@pytest.fixture
def liar(archive: Archive) -> Iterator[Liar]:
    """Return a provider that says what a test wants."""
    with lying_provider() as provider:
        archive.rights(MEMBERS.format(issuer=provider.issuer))
        yield provider


def test_signing_out_at_the_provider(archive: Archive) -> None:
    """Here at once; the provider is asked with what its specification wants, and comes back."""
    with honest_provider(PEOPLE) as issuer, archive.browser() as browser:
        archive.rights(MEMBERS.format(issuer=issuer))
        assert signed_in(archive, browser, issuer, "ada").status_code == 303
        assert browser.get("/logout/provider").headers["location"] == "/logout"
        assert "/logout/provider" in browser.post("/logout").text
        assert browser.get(archive.text_of("first")).status_code == 403
        address = browser.get("/logout/provider").headers["location"]
        asked = parse_qs(urlsplit(address).query)
        assert asked["client_id"] == ["fonds"]
        assert asked["post_logout_redirect_uri"] == [f"{archive.address}/logout/done"]
        assert asked["id_token_hint"][0].count(".") == 2
        page = html.fromstring(httpx.get(address).text)
        action = str(page.xpath("string(//form/@action)"))
        uri = str(page.xpath("string(//input[@name='redirect_uri']/@value)"))
        confirmed = httpx.post(httpx.URL(address).join(action), data={"redirect_uri": uri})
        back = confirmed.headers["location"]
        assert back.startswith(f"{archive.address}/logout/done?state=")
        assert "terminée aussi" in browser.get(back).text
        assert "terminée aussi" not in browser.get("/logout/done?state=other").text


def member(archive: Archive, browser: httpx.Client, liar: Liar) -> None:
    """Sign in at the provider that a test tells what to say."""
    address = begun(browser, liar.issuer, "/")
    liar.said = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    answer = browser.get("/login/oidc", params={"code": "c", "state": liar.said["state"]})
    assert answer.status_code == 303, answer.text
    assert browser.get(archive.text_of("first")).status_code == 200


def test_a_provider_without_logout(archive: Archive, liar: Liar) -> None:
    """Signed out here; asked to sign out there, the page says that this did not work."""
    with archive.browser() as browser:
        member(archive, browser, liar)
        assert browser.post("/logout").status_code == 200
        assert browser.get(archive.text_of("first")).status_code == 403
        page = browser.get("/logout/provider")
        assert (page.status_code, "n’a pas pu" in page.text) == (200, True)


def logout_claims(liar: Liar, number: str) -> Claims:
    """Return a true logout token."""
    now = int(time.time())
    claims = {"iss": liar.issuer, "aud": "fonds", "sub": "1", "iat": now, "exp": now + 120}
    return {**claims, "jti": number, "events": EVENTS}


def told(archive: Archive, token: str) -> httpx.Response:
    """Bring a logout token, as a provider does."""
    return httpx.post(f"{archive.address}/login/oidc/backchannel", data={"logout_token": token})


def test_a_provider_ends_a_session(archive: Archive, liar: Liar) -> None:
    """From server to server, once; a session of another person or session goes on."""
    liar.change = lambda claims: {**claims, "sid": "s1"}
    with archive.browser() as browser:
        member(archive, browser, liar)
        text = archive.text_of("first")
        other = liar.signed({**logout_claims(liar, "a"), "sub": "2"})
        assert told(archive, other).status_code == 200
        other = liar.signed({**logout_claims(liar, "b"), "sid": "s2"})
        assert told(archive, other).status_code == 200
        assert browser.get(text).status_code == 200
        true = liar.signed({**logout_claims(liar, "c"), "sid": "s1"})
        answer = told(archive, true)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert browser.get(text).status_code == 403
        assert told(archive, true).status_code == 400
        liar.change = lambda claims: claims
        member(archive, browser, liar)
        assert told(archive, liar.signed(logout_claims(liar, "d"))).status_code == 200
        assert browser.get(text).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        lambda claims: {**claims, "aud": "another"},
        lambda claims: {**claims, "nonce": "n"},
        lambda claims: {**claims, "events": {}},
        lambda claims: {**claims, "iss": "https://evil.example"},
        lambda claims: {**claims, "iat": 1, "exp": 2},
        lambda claims: {k: v for k, v in claims.items() if k != "jti"},
        lambda claims: {k: v for k, v in claims.items() if k != "sub"},
    ],
    ids=["audience", "nonce", "event", "issuer", "old", "number", "person"],
)
def test_other_tokens_end_nothing(
    archive: Archive, liar: Liar, change: Callable[[Claims], Claims]
) -> None:
    """Refused as the specification says: 400 and JSON."""
    answer = told(archive, liar.signed(change(logout_claims(liar, "x"))))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_nonsense_is_refused(archive: Archive, liar: Liar) -> None:
    """No token, no JWT, another key."""
    good = liar.signed(logout_claims(liar, "y"))
    for token in ("", "a.b.c", good[:-8] + "AAAAAAAA", "x" * 20_000):
        assert told(archive, token).status_code == 400
