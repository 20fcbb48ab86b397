"""Single logout and signed requests against a real identity provider: pysaml2 with xmlsec1."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from lxml import etree

from tests.web.login.conftest import Archive
from tests.web.login.identity import Idp, identity_provider

pytestmark = pytest.mark.skipif(
    shutil.which("xmlsec1") is None,
    reason="xmlsec1 is not installed: no logout is tried against a SAML identity provider",
)


@pytest.fixture(scope="module")
def idp(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Idp]:
    """Run a provider that takes signed requests alone."""
    with identity_provider(archive, tmp_path_factory.mktemp("idp"), "signed") as running:
        yield running


def signed_in(idp: Idp, browser: httpx.Client) -> tuple[str, str]:
    """Sign in, and return name and session as the provider gave them."""
    answer = idp.answer(browser)
    assert idp.bring(browser, answer).status_code == 303
    root = etree.fromstring(base64.b64decode(answer))
    name, index = root.find(".//{*}NameID"), root.find(".//{*}AuthnStatement")
    assert name is not None
    assert index is not None
    return str(name.text), str(index.get("SessionIndex"))


def reads(idp: Idp, browser: httpx.Client) -> bool:
    """Tell whether a browser may read what members may."""
    return browser.get(idp.archive.text_of("first")).status_code == 200


def test_a_signed_request(idp: Idp) -> None:
    """The provider wants requests signed, checks ours and lets the member in."""
    with idp.archive.browser() as browser:
        begun = browser.get("/login", params={"entityID": idp.issuer})
    query = parse_qs(urlsplit(begun.headers["location"]).query)
    assert query["SigAlg"] == ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]
    with idp.archive.browser() as browser:
        signed_in(idp, browser)
        assert reads(idp, browser)
    metadata = httpx.get(f"{idp.archive.address}/saml/metadata").text
    assert 'AuthnRequestsSigned="false"' in metadata
    idp.archive.rights(
        "[federation]\nsign_requests = true\n[[federation.metadata]]\nfile='idp.xml'"
    )
    assert 'AuthnRequestsSigned="true"' in httpx.get(f"{idp.archive.address}/saml/metadata").text


@pytest.fixture(autouse=True)
def rights(idp: Idp) -> None:
    """Put the rights of these tests in force."""
    idp.rights()


@pytest.mark.parametrize("partly", [False, True])
def test_signing_out_everywhere(idp: Idp, partly: bool) -> None:
    """Here at once; then there, with the name and session of the login; the answer is told."""
    with idp.archive.browser() as browser:
        name, index = signed_in(idp, browser)
        idp.order(partly=partly)
        page = browser.post("/logout", headers={"Origin": idp.archive.address})
        assert "/logout/provider" in page.text
        assert not reads(idp, browser)
        sent = browser.get("/logout/provider")
        assert sent.status_code == 302
        back = httpx.get(sent.headers["location"], timeout=60).text
        said = json.loads((idp.folder / "asked.json").read_bytes())
        assert (said["name"], said["index"]) == (name, index)
        assert back.startswith(f"{idp.archive.address}/saml/slo?SAMLResponse=")
        told = browser.get(back)
        assert told.status_code == 200
        assert ("n’a pas pu" in told.text, "terminée aussi" in told.text) == (partly, not partly)
        assert browser.get("/logout/provider").headers["location"] == "/logout"
        with idp.archive.browser() as other:
            assert other.get(back).status_code == 403
        forged = back.replace("Signature=", "Signature=AAAA")
        assert browser.get(forged).status_code == 403


def asked(idp: Idp, name: str, *indexes: str) -> str:
    """Return the address by which the provider asks for a logout."""
    archive = idp.archive
    slo, entity = f"{archive.address}/saml/slo", f"{archive.address}/saml/metadata"
    idp.order(logout={"slo": slo, "sp": entity, "name": name, "indexes": list(indexes)})
    address = httpx.get(f"{idp.base}/ask", timeout=60).text
    assert address.startswith(slo)
    return address


def test_a_provider_signs_out(idp: Idp) -> None:
    """One session of two, also without its cookie; answered, signed; not twice, not forged."""
    with idp.archive.browser() as one, idp.archive.browser() as two:
        name, index = signed_in(idp, one)
        signed_in(idp, two)
        assert reads(idp, one)
        address = asked(idp, name, index)
        unsigned = address.partition("&SigAlg")[0]
        for wrong in (unsigned, address.replace("theirs", "ours"), address[:-30]):
            assert httpx.get(wrong).status_code == 403
        assert reads(idp, one)
        answer = httpx.get(address)
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert answer.headers["location"].startswith(f"{idp.base}/slo?SAMLResponse=")
        assert query["RelayState"] == ["theirs"]
        assert "Signature" in query
        assert not reads(idp, one)
        assert reads(idp, two)
        assert httpx.get(address).status_code == 403
        strange = asked(idp, "nobody we know")
        assert httpx.get(strange).status_code == 302
        assert reads(idp, two)


def test_nonsense_is_refused(idp: Idp) -> None:
    """What is no message, or too large a one: a page that says so."""
    for query in ("", "SAMLRequest=%%%", "SAMLRequest=AAAA", "SAMLResponse=a&SAMLResponse=b"):
        answer = httpx.get(f"{idp.archive.address}/saml/slo?{query}")
        assert (answer.status_code, "text/html" in answer.headers["content-type"]) == (403, True)


def test_nothing_of_the_person_lies_here(idp: Idp) -> None:
    """The provider's name of somebody is in no file of the home, and sealed in the browser."""
    with idp.archive.browser() as browser:
        name, _ = signed_in(idp, browser)
        cookies = {one.name: one.value or "" for one in browser.cookies.jar}
        assert "fonds_departure" in cookies
        for value in cookies.values():
            assert name not in value
        for path in (idp.archive.home / "access").rglob("*"):
            assert name not in path.name
            assert path.is_dir() or name.encode() not in path.read_bytes()
