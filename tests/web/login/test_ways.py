"""`auth=`, `/auth`, `/authFede`, `/token`, headers of a proxy: who is known, who goes where."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import jwt
import pytest

from fonds.access.sessions import Session, new_number
from tests.web.login.conftest import Archive

FEDERATION = """
[[institutions.lorraine.members]]
scopes = ["univ.example"]

[[federation.oidc]]
issuer = "https://login.example"
client_id = "fonds"
name = "Exemple"
"""
PROXY = """
[federation.headers]
proxies = ["127.0.0.1"]
"""
HEADERS = {
    "Shib-Identity-Provider": "https://idp.univ.example",
    "affiliation": "student@univ.example;member@univ.example",
}


@pytest.fixture(autouse=True)
def rights(archive: Archive) -> None:
    """Offer a login."""
    archive.rights(FEDERATION)


@pytest.fixture
def member(archive: Archive) -> Iterator[httpx.Client]:
    """Return a browser that is signed in."""
    session = Session(("lorraine",), "https://login.example", "oidc", new_number())
    with archive.browser() as browser:
        signed = archive.services.gate.sessions.sign(session, seconds=60)
        browser.cookies.set("fonds_session", signed)
        yield browser


def test_programs_get_json(archive: Archive) -> None:
    """403 with the address of the login in it; never a redirect, never HTML."""
    text = archive.text_of("first")
    for address in (text, f"{text}?auth=fede", f"{text}?auth=ip,fede", "/auth", "/auth?auth=fede",
                    "/authFede/?target=/", "/token/", "/token", "/api/token"):  # fmt: skip
        for headers in (
            {},
            {"Accept": "*/*"},
            {"Accept": "text/html", "Authorization": "Bearer forged"},
            {"Accept": "text/html", "Sec-Fetch-Mode": "cors"},
        ):
            answer = httpx.get(archive.address + address, headers=headers)
            assert answer.status_code == 403, address
            assert answer.headers["content-type"].startswith("application/json")
            assert answer.json()["login"].startswith(f"{archive.address}/login?target=")


def test_browsers_that_ask_are_sent_to_the_login(archive: Archive) -> None:
    """`auth=fede` and `auth=ip,fede` redirect a browser; without them it gets JSON, too."""
    text = archive.text_of("first")
    with archive.browser() as browser:
        for ways in ("fede", "ip,fede"):
            answer = browser.get(f"{text}?auth={ways}&sid=ebsco")
            assert answer.status_code == 302
            assert answer.headers["location"].startswith(
                f"{archive.address}/login?target={archive.address}{text}"
            )
        assert browser.get("/auth?auth=fede").status_code == 302
        export = browser.get("/document?q=*&extract=fulltext[txt]&auth=fede")
        assert export.status_code == 302
        for address in (text, f"{text}?auth=jwt", f"{text}?auth=ip", "/auth"):
            assert browser.get(address).status_code == 403
        assert browser.get("/document?q=*&auth=fede").status_code == 200
        assert browser.get("/authFede/?target=/").headers["location"] == (
            f"{archive.address}/login?target=/"
        )
        assert browser.get("/token/").headers["location"].endswith(f"={archive.address}/token/")
        assert browser.get("/authFede/?target=https://evil.example").status_code == 400


def test_the_operator_may_send_every_browser(archive: Archive) -> None:
    """`redirect_browsers` does what ISTEX does, for browsers alone."""
    archive.rights(FEDERATION.replace("[[fed", "[federation]\nredirect_browsers = true\n[[fed"))
    with archive.browser() as browser:
        answer = browser.get("/auth")
        assert answer.status_code == 302
        assert answer.headers["location"].endswith(f"?target={archive.address}/auth")
        assert browser.get("/auth?auth=jwt").status_code == 403
    assert httpx.get(f"{archive.address}/auth").status_code == 403


def test_a_session_opens_where_it_is_asked_for(archive: Archive, member: httpx.Client) -> None:
    """By `fede` and by default, not by `ip` or `jwt`; what is not open is said on a page."""
    first, second = archive.text_of("first"), archive.text_of("second")
    for ways, status in (("", 200), ("fede", 200), ("ip,fede", 200), ("ip", 403), ("jwt", 403)):
        assert member.get(first, params={"auth": ways}).status_code == status
    assert member.get("/authFede/?target=/?q=x").headers["location"] == "/?q=x"
    denied = member.get(f"{second}?auth=fede")
    assert denied.headers["location"] == f"{archive.address}/login/denied?collection=second"
    page = member.get(denied.headers["location"])
    assert (page.status_code, "second" in page.text) == (403, True)


def test_a_token_is_taken_out(archive: Archive, member: httpx.Client) -> None:
    """`/token/` gives what its clients read; it names the institution and no person."""
    answer = member.get("/token/")
    content = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers
    assert content["_comment"].startswith("Votre token d'identification a bien été généré")
    said = jwt.decode(content["_accessToken"], options={"verify_signature": False})
    assert set(said) == {"aud", "jti", "sub", "iat", "exp"}
    bearer = {"Authorization": f"Bearer {content['_accessToken']}"}
    address = archive.address + archive.text_of("first")
    assert httpx.get(f"{address}?auth=jwt", headers=bearer).status_code == 200
    assert member.get("/token/?institution=lyon").status_code == 400
    statuses = [member.get("/token").status_code for _ in range(11)]
    assert statuses == [200] * 9 + [429] * 2


def test_sessions_are_not_forged(archive: Archive) -> None:
    """A token, a login under way, another key, another algorithm open nothing as a session."""
    address = archive.address + archive.text_of("first")
    gate = archive.services.gate
    session = Session(("lorraine",), "x", "oidc", "1")
    good = gate.sessions.sign(session, seconds=60)
    say = {"say": {"institutions": ["lorraine"], "issuer": "x", "way": "oidc", "number": "1"}}
    claims = {"aud": "fonds-session", "exp": 9_999_999_999, **say}
    forged = (
        gate.tokens.create("lorraine", days=1),
        jwt.encode(claims, "x" * 32, "HS256"),
        jwt.encode(claims, "", "none"),
        gate.sessions.sign(session, seconds=-1),
        good[:-4] + "AAAA",
        "x",
        "x" * 5_000,
    )
    for text in forged:
        assert httpx.get(address, cookies={"fonds_session": text}).status_code == 403
    assert httpx.get(address, headers={"Authorization": f"Bearer {good}"}).status_code == 403
    assert httpx.get(address, cookies={"fonds_session": good}).status_code == 200


def test_headers_count_from_the_proxy_alone(archive: Archive) -> None:
    """From elsewhere, doubled, of a foreign scope or without an issuer they open nothing."""
    address = archive.address + archive.text_of("first")
    forged = {**HEADERS, "X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}
    assert httpx.get(address, headers=forged).status_code == 403
    archive.rights(FEDERATION + PROXY.replace("127.0.0.1", "192.0.2.1"))
    assert httpx.get(address, headers=forged).status_code == 403
    assert httpx.get(address, headers={**forged, "X-Forwarded-For": "192.0.2.1"}).status_code == 403
    archive.rights(FEDERATION + PROXY)
    assert httpx.get(address, headers=HEADERS).status_code == 200
    assert httpx.get(f"{archive.address}/auth", headers=HEADERS).json()["mode"] == "fede"
    alumni = {**HEADERS, "affiliation": "alum@univ.example"}
    assert httpx.get(address, headers=alumni).status_code == 403
    assert httpx.get(address, headers={"affiliation": "member@univ.example"}).status_code == 403
    twice = [*HEADERS.items(), ("affiliation", "member@univ.example")]
    assert httpx.get(address, headers=twice).status_code == 403


def test_without_providers_there_is_no_login(archive: Archive) -> None:
    """Pages say so, refusals are as before."""
    archive.rights("")
    text = archive.text_of("first")
    with archive.browser() as browser:
        assert browser.get("/login").status_code == 404
        answer = browser.get(f"{text}?auth=fede")
        assert (answer.status_code, "login" in answer.json()) == (403, False)
        assert "/login" not in browser.get("/").text
