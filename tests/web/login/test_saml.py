"""Logins by SAML 2.0 against a real identity provider: pysaml2, whose signatures xmlsec1 makes."""

from __future__ import annotations

import base64
import shutil
import time
from collections.abc import Callable, Iterator
from copy import deepcopy
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
from lxml import etree

from tests.web.login.conftest import Archive
from tests.web.login.identity import MEMBERS, Idp, identity_provider

pytestmark = pytest.mark.skipif(
    shutil.which("xmlsec1") is None,
    reason="xmlsec1 is not installed: no login is tried against a SAML identity provider",
)

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"


@pytest.fixture(scope="module")
def idp(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Idp]:
    """Run the provider."""
    with identity_provider(archive, tmp_path_factory.mktemp("idp")) as running:
        yield running


@pytest.fixture(autouse=True)
def rights(idp: Idp) -> None:
    """Put the rights of these tests in force."""
    idp.archive.rights(MEMBERS.format(issuer=idp.issuer))


@pytest.mark.parametrize(
    "way",
    [
        {"sign": "assertion"},
        {"sign": "response"},
        {"sign": "response assertion"},
        {"sign": "assertion", "encrypt": "gcm"},
        {"sign": "response", "encrypt": "gcm"},
    ],
    ids=lambda way: " ".join(way.values()),
)
def test_a_member_reads(idp: Idp, way: dict[str, str]) -> None:
    """Signed in each way, encrypted or not; back to the text; nothing of the person is kept."""
    text = idp.archive.text_of("first")
    with idp.archive.browser() as browser:
        answer = idp.bring(browser, idp.answer(browser, text, **way))
        assert (answer.status_code, answer.headers.get("location")) == (303, text), answer.text
        assert browser.get(text).status_code == 200
        assert browser.get(idp.archive.text_of("second")).status_code == 403
        assert browser.get("/auth").json()["mode"] == "fede"


def test_entitlements_and_foreign_scopes(idp: Idp) -> None:
    """An entitlement opens what its rule says; affiliations of other scopes count for nothing."""
    terms = {"eduPersonEntitlement": ["urn:mace:dir:entitlement:common-lib-terms"]}
    with idp.archive.browser() as browser:
        assert idp.bring(browser, idp.answer(browser, attributes=terms)).status_code == 303
        assert browser.get(idp.archive.text_of("second")).status_code == 200
        assert browser.get(idp.archive.text_of("first")).status_code == 403
    idp.archive.rights(MEMBERS.format(issuer=idp.issuer).replace("univ.example", "sorbonne.fr"))
    forged = {"eduPersonScopedAffiliation": ["member@sorbonne.fr"]}
    for attributes in (forged, {"givenName": ["Ada"]}, {}):
        with idp.archive.browser() as browser:
            answer = idp.bring(browser, idp.answer(browser, attributes=attributes))
            assert answer.status_code == 403
            assert "common-lib" not in answer.text
            assert "fonds_session" not in browser.cookies


def test_an_answer_counts_once_and_in_its_browser(idp: Idp) -> None:
    """Not again, not in another browser, not for a request that we did not make."""
    with idp.archive.browser() as browser, idp.archive.browser() as other:
        answer = idp.answer(browser)
        posted = httpx.post(f"{idp.archive.address}/saml/acs", data={"SAMLResponse": answer})
        ticket = posted.headers["location"]
        assert other.get(ticket).status_code == 403
        assert browser.get(ticket).status_code == 303
        assert browser.get(ticket).status_code == 403
        again = idp.bring(browser, answer)
        assert (again.status_code, "used before" in again.text) == (403, True)
        unasked = idp.answer(browser, arguments={"in_response_to": "_nothing"})
        assert idp.bring(browser, unasked).status_code == 403
        unasked = idp.answer(browser, arguments={"in_response_to": ""})
        assert "no request" in idp.bring(browser, unasked).text


def test_for_another_service(idp: Idp) -> None:
    """Wrong audience, wrong address: refused, though the signature is good."""
    with idp.archive.browser() as browser:
        other = {"sp_entity_id": f"{idp.archive.address}/other"}
        said = idp.bring(browser, idp.answer(browser, arguments=other))
        assert (said.status_code, "for another service" in said.text) == (403, True)
        message = idp.answer(browser, sign="assertion")
        moved = _changed(message, lambda root: root.set("Destination", "https://evil.example/acs"))
        assert "sent to another service" in idp.bring(browser, moved).text


def test_expired(idp: Idp, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time, and before it."""
    with idp.archive.browser() as browser:
        for seconds, words in ((3_600, "has expired"), (-3_600, "not valid yet")):
            answer = idp.answer(browser)
            now = time.time() + seconds
            with monkeypatch.context() as patched:
                patched.setattr("fonds.web.login.saml.clock", lambda now=now: now)
                said = idp.bring(browser, answer)
            assert (said.status_code, words in said.text) == (403, True)


def test_old_ciphers(idp: Idp) -> None:
    """Encryption without authentication, signatures over SHA-1: refused with the reason."""
    with idp.archive.browser() as browser:
        sha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
        said = idp.bring(browser, idp.answer(browser, algorithm=sha1))
        assert (said.status_code, "RSA_SHA1 forbidden" in said.text) == (403, True)
        said = idp.bring(browser, idp.answer(browser, encrypt="cbc"))
        assert (said.status_code, "AES-GCM is expected" in said.text) == (403, True)


def test_a_refusal_of_the_provider(idp: Idp) -> None:
    """What the provider gives as the reason is said."""
    with idp.archive.browser() as browser:
        message = idp.answer(browser)
        code = ".//{urn:oasis:names:tc:SAML:2.0:protocol}StatusCode"
        denied = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"
        said = idp.bring(browser, _changed(message, lambda r: _first(r, code).set("Value", denied)))
        assert (said.status_code, "AuthnFailed" in said.text) == (403, True)


def _first(root: etree._Element, path: str) -> etree._Element:
    found = root.find(path)
    assert found is not None
    return found


def _changed(message: str, change: Callable[[etree._Element], object]) -> str:
    root = etree.fromstring(base64.b64decode(message))
    change(root)
    return base64.b64encode(etree.tostring(root)).decode()


def _assertion(root: etree._Element) -> etree._Element:
    return _first(root, f"{{{SAML}}}Assertion")


def _value(root: etree._Element) -> etree._Element:
    return _first(root, f".//{{{SAML}}}AttributeValue")


def promoted(root: etree._Element) -> None:
    """Change a value."""
    _value(root).text = "member@univ.example "


def unsigned(root: etree._Element) -> None:
    """Take the signature away."""
    assertion = _assertion(root)
    assertion.remove(_first(assertion, "{http://www.w3.org/2000/09/xmldsig#}Signature"))


def _forged(root: etree._Element) -> etree._Element:
    """Return a copy of the assertion that says something else, without a signature."""
    forged = deepcopy(_assertion(root))
    forged.remove(_first(forged, "{http://www.w3.org/2000/09/xmldsig#}Signature"))
    forged.set("ID", "_forged")
    _first(forged, f".//{{{SAML}}}AttributeValue").text = "member@univ.example"
    return forged


def before(root: etree._Element) -> None:
    """Wrapping: a forged assertion before the signed one."""
    root.insert(1, _forged(root))


def around(root: etree._Element) -> None:
    """Wrapping: the signed assertion inside a forged one."""
    real, forged = _assertion(root), _forged(root)
    root.remove(real)
    etree.SubElement(forged, f"{{{SAML}}}Advice").append(real)
    root.append(forged)


def in_extensions(root: etree._Element) -> None:
    """Wrapping: the signed assertion hidden in extensions of the response."""
    real, forged = _assertion(root), _forged(root)
    root.remove(real)
    hidden = etree.Element("{urn:oasis:names:tc:SAML:2.0:protocol}Extensions")
    hidden.append(real)
    root.insert(1, hidden)
    root.append(forged)


def borrowed(root: etree._Element) -> None:
    """Wrapping: the forged assertion carries the signature, whose object is the signed one."""
    real, forged = _assertion(root), _forged(root)
    root.remove(real)
    signature = _first(real, "{http://www.w3.org/2000/09/xmldsig#}Signature")
    real.remove(signature)
    forged.insert(1, signature)
    etree.SubElement(signature, "{http://www.w3.org/2000/09/xmldsig#}Object").append(real)
    root.append(forged)


def same_id(root: etree._Element) -> None:
    """Wrapping: two assertions of one ID."""
    forged = _forged(root)
    forged.set("ID", _assertion(root).get("ID") or "")
    root.append(forged)


@pytest.mark.parametrize(
    "tamper",
    [promoted, unsigned, before, around, in_extensions, borrowed, same_id],
    ids=lambda one: one.__name__,
)
def test_tampered_answers_are_refused(idp: Idp, tamper: Callable[[etree._Element], None]) -> None:
    """Changed values, missing signatures and every form of signature wrapping."""
    alumni = {"eduPersonScopedAffiliation": ["alum@univ.example"]}
    with idp.archive.browser() as browser:
        message = idp.answer(browser, attributes=alumni)
        answer = idp.bring(browser, _changed(message, tamper))
        assert answer.status_code == 403
        assert "fonds_session" not in browser.cookies


def test_comments_cut_no_value(idp: Idp) -> None:
    """A comment, which signatures do not see, leaves the value whole (CVE-2017-11427)."""
    longer = {"eduPersonScopedAffiliation": ["member@univ.example.evil.example"]}

    def comment(root: etree._Element) -> None:
        value = _value(root)
        value.text = "member@univ.example"
        made = etree.Comment("x")
        made.tail = ".evil.example"
        value.append(made)

    with idp.archive.browser() as browser:
        message = _changed(idp.answer(browser, attributes=longer), comment)
        assert "Attributs utiles" in idp.bring(browser, message).text
        assert "fonds_session" not in browser.cookies


def test_unknown_providers_and_nonsense(idp: Idp) -> None:
    """An issuer without metadata, keys of another, no XML, bombs: a page that says so."""
    with idp.archive.browser() as browser:
        message = idp.answer(browser)
        issuer = f"{{{SAML}}}Issuer"
        renamed = _changed(
            message, lambda root: setattr(_first(root, issuer), "text", "https://evil.example")
        )
        assert idp.bring(browser, renamed).status_code == 404
        bomb = b'<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r>&b;</r>'
        for data in (b"", b"no xml", b"<a/>", bomb, b"<Response xmlns='urn:x'/>", b"\xff" * 99):
            answer = idp.bring(browser, base64.b64encode(data).decode())
            assert answer.status_code == 403
        assert idp.bring(browser, "***").status_code == 403
        sources = idp.archive.services.providers.sources()
        stranger = msgspec.structs.replace(
            sources[0].providers[0], certificates=(_own_certificate(idp),)
        )
        idp.archive.services.providers.write(
            (msgspec.structs.replace(sources[0], providers=(stranger,)),)
        )
        answer = idp.bring(browser, idp.answer(browser))
        idp.archive.services.providers.write(sources)
        assert (answer.status_code, "does not fit" in answer.text) == (403, True)


def _own_certificate(idp: Idp) -> str:
    found = etree.parse(idp.folder / "sp.xml").find(".//{*}X509Certificate")
    assert found is not None
    return found.text or ""


def test_our_request_and_metadata(idp: Idp) -> None:
    """What we send is what the profile asks for; metadata that expired open no login."""
    with idp.archive.browser() as browser:
        asked = browser.get("/login", params={"entityID": idp.issuer, "target": "/x"})
        query = parse_qs(urlsplit(asked.headers["location"]).query)
        assert len(query["RelayState"][0]) <= 80
        assert "/x" not in query["RelayState"][0]
        sources = idp.archive.services.providers.sources()
        old = msgspec.structs.replace(sources[0], until=time.time() - 1)
        idp.archive.services.providers.write((old,))
        assert browser.get("/login", params={"entityID": idp.issuer}).status_code == 404
        idp.archive.services.providers.write(sources)
        assert "Université d&#39;exemple" in browser.get("/login").text
