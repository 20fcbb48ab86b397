"""Logins by OpenID Connect, against a real provider and against one that lies."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.web.login.conftest import Archive
from tests.web.login.providers import Liar, honest_provider, lying_provider

MEMBERS = """
[[institutions.lorraine.members]]
idps = ["{issuer}"]
scopes = ["univ.example"]

[[federation.oidc]]
issuer = "{issuer}"
client_id = "fonds"
client_secret = "s3cret & more"
scopes = ["univ.example"]
"""
PEOPLE: list[dict[str, Any]] = [
    {"sub": "ada", "eduperson_scoped_affiliation": ["staff@univ.example"], "name": "Ada"},
    {"sub": "old", "eduperson_scoped_affiliation": "alum@univ.example"},
    {"sub": "guest"},
    {"sub": "forger", "eduperson_scoped_affiliation": ["member@elsewhere.example"]},
]


@pytest.fixture(scope="module")
def honest() -> Iterator[str]:
    """Return the issuer of a real provider."""
    with honest_provider(PEOPLE) as issuer:
        yield issuer


@pytest.fixture
def liar(archive: Archive) -> Iterator[Liar]:
    """Return a provider that says what a test wants."""
    with lying_provider() as provider:
        archive.rights(MEMBERS.format(issuer=provider.issuer))
        yield provider


def begun(browser: httpx.Client, issuer: str, target: str) -> str:
    """Begin a login and return the address at the provider."""
    answer = browser.get("/login", params={"entityID": issuer, "target": target})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def signed_in(archive: Archive, browser: httpx.Client, issuer: str, person: str) -> httpx.Response:
    """Sign in at the real provider and return our answer to it."""
    address = begun(browser, issuer, archive.text_of("first"))
    back = httpx.post(address, data={"sub": person}).headers["location"]
    assert back.startswith(f"{archive.address}/login/oidc?")
    return browser.get(back)


def test_a_member_reads(archive: Archive, honest: str) -> None:
    """Login, back to the text, nothing of the person in the cookie; signing out ends it."""
    archive.rights(MEMBERS.format(issuer=honest))
    with archive.browser() as browser:
        text = archive.text_of("first")
        assert browser.get(text).status_code == 403
        answer = signed_in(archive, browser, honest, "ada")
        assert (answer.status_code, answer.headers["location"]) == (303, text)
        cookie = next(c for c in answer.headers.get_list("set-cookie") if "fonds_session" in c)
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        said = jwt.decode(browser.cookies["fonds_session"], options={"verify_signature": False})
        assert set(said["say"]) == {"institutions", "issuer", "way", "number"}
        assert "ada" not in str(said).lower()
        assert browser.get(text).status_code == 200
        assert browser.get(archive.text_of("second")).status_code == 403
        assert browser.get("/auth").json()["mode"] == "fede"
        assert browser.get("/auth?auth=jwt").status_code == 403
        assert "Université de Lorraine" in browser.get("/").text
        copied = browser.cookies["fonds_session"]
        assert "fonds_session" not in browser.post("/logout").cookies
        assert browser.get(text).status_code == 403
        stolen = httpx.get(archive.address + text, cookies={"fonds_session": copied})
        assert stolen.status_code == 403


@pytest.mark.parametrize("person", ["old", "guest", "forger", "nobody"])
def test_others_learn_what_to_do(archive: Archive, honest: str, person: str) -> None:
    """Alumni, people without affiliation, of a foreign scope: a page, no session."""
    archive.rights(MEMBERS.format(issuer=honest))
    with archive.browser() as browser:
        answer = signed_in(archive, browser, honest, person)
        assert answer.status_code == 403
        assert "Demander l’accès" in answer.text
        assert "fonds_session" not in browser.cookies
        assert browser.get(archive.text_of("first")).status_code == 403


def test_an_answer_counts_once_and_in_its_browser(archive: Archive, honest: str) -> None:
    """Neither again, nor in another browser, nor with another state, nor without a code."""
    archive.rights(MEMBERS.format(issuer=honest))
    with archive.browser() as browser, archive.browser() as other:
        address = begun(browser, honest, "/")
        back = httpx.post(address, data={"sub": "ada"}).headers["location"]
        assert other.get(back).status_code == 403
        cookies = dict(browser.cookies)
        assert browser.get(back.replace("state=", "state=0")).status_code == 403
        assert browser.get(back).status_code == 303
        again = httpx.get(back, cookies=cookies)
        assert again.status_code == 403
        assert "used before" in again.text
        address = begun(other, honest, "/")
        state = parse_qs(urlsplit(address).query)["state"][0]
        refused = other.get("/login/oidc", params={"state": state, "error": "access_denied"})
        assert (refused.status_code, "access_denied" in refused.text) == (403, True)


def finish(archive: Archive, liar: Liar) -> httpx.Response:
    """Go through a login at the lying provider."""
    with archive.browser() as browser:
        address = begun(browser, liar.issuer, "/")
        liar.said = {key: value[0] for key, value in parse_qs(urlsplit(address).query).items()}
        return browser.get("/login/oidc", params={"state": liar.said["state"], "code": "c"})


def test_the_truth_is_believed(archive: Archive, liar: Liar) -> None:
    """The same provider, telling the truth, signs in; the request was made as it should be."""
    assert finish(archive, liar).status_code == 303
    assert liar.said["code_challenge_method"] == "S256"
    assert liar.said["redirect_uri"] == f"{archive.address}/login/oidc"
    assert liar.form["code_verifier"]
    assert "client_secret" not in liar.form  # it goes in the header


def hour_ago(claims: dict[str, Any]) -> dict[str, Any]:
    """Make a token old."""
    return {**claims, "exp": int(time.time()) - 3600}


LIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "wrong audience": lambda c: {**c, "aud": "another"},
    "audience of several, ours not": lambda c: {**c, "aud": ["a", "b"], "azp": "fonds"},
    "given out for another client": lambda c: {**c, "aud": ["fonds", "b"], "azp": "b"},
    "expired": hour_ago,
    "nonce of another login": lambda c: {**c, "nonce": "another"},
    "no nonce": lambda c: {k: v for k, v in c.items() if k != "nonce"},
    "another issuer": lambda c: {**c, "iss": "https://evil.example"},
    "no end": lambda c: {k: v for k, v in c.items() if k != "exp"},
    "another person than the user information": lambda c: {**c, "sub": "2"},
}


@pytest.mark.parametrize("lie", LIES)
def test_lies_are_refused(archive: Archive, liar: Liar, lie: str) -> None:
    """Each check of OpenID Connect Core 3.1.3.7 is made."""
    liar.change = LIES[lie]
    answer = finish(archive, liar)
    assert answer.status_code == 403
    assert "fonds_session" not in answer.cookies


def test_forged_signatures_are_refused(archive: Archive, liar: Liar) -> None:
    """No signature, a key of somebody else, the public key as a shared secret."""
    other = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    forgeries: tuple[Callable[[dict[str, Any]], str], ...] = (
        lambda c: jwt.encode(c, "", "none"),
        lambda c: jwt.encode(c, other, "RS256", headers={"kid": "one"}),
        lambda c: jwt.encode(c, other, "RS256", headers={"kid": "two"}),
        lambda c: jwt.encode(c, "x" * 64, "HS256", headers={"kid": "one"}),
        lambda c: liar.signed(c)[:-8] + "AAAAAAAA",
        lambda c: "no token",
    )
    for forgery in forgeries:
        liar.sign = forgery
        assert finish(archive, liar).status_code == 403


def test_a_provider_that_is_down(archive: Archive) -> None:
    """A page says so; an issuer that is not configured is unknown."""
    issuer = "http://127.0.0.1:9"
    archive.rights(MEMBERS.format(issuer=issuer))
    with archive.browser() as browser:
        answer = browser.get("/login", params={"entityID": issuer})
        assert (answer.status_code, "cannot be reached" in answer.text) == (403, True)
        answer = browser.get("/login", params={"entityID": "https://evil.example"})
        assert answer.status_code == 404
