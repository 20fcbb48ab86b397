"""Single logout by forms and from server to server, against pysaml2 with xmlsec1."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from lxml import etree, html

from tests.web.login.conftest import Archive
from tests.web.login.identity import Idp, identity_provider
from tests.web.login.test_saml_logout import reads, signed_in

pytestmark = pytest.mark.skipif(
    shutil.which("xmlsec1") is None,
    reason="xmlsec1 is not installed: no logout is tried against a SAML identity provider",
)
Fields = dict[str, str]


@pytest.fixture(scope="module", params=["post", "soap"])
def idp(
    archive: Archive, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Idp]:
    """Run a provider whose metadata name one way of logouts."""
    folder = tmp_path_factory.mktemp(f"idp-{request.param}")
    with identity_provider(archive, folder, request.param) as running:
        running.rights()
        yield running


def way(idp: Idp) -> str:
    """Return how this provider's logouts go."""
    provider = idp.archive.services.providers.find(idp.issuer)
    assert provider is not None
    assert not provider.slo
    return "post" if provider.slo_post else "soap"


def form_of(page: str) -> tuple[str, Fields]:
    """Return address and fields of the form that a browser sends on."""
    for form in html.fromstring(page).iter("form"):
        fields = {one.get("name", ""): one.get("value", "") for one in form.iter("input")}
        if any(name.startswith("SAML") for name in fields):
            return form.get("action", ""), fields
    raise AssertionError("no form")


def test_our_metadata_name_every_way(idp: Idp) -> None:
    """Redirects and forms at one address, SOAP at another."""
    root = etree.fromstring(httpx.get(f"{idp.archive.address}/saml/metadata").content)
    found = {
        str(one.get("Binding")).rpartition(":")[2]: urlsplit(str(one.get("Location"))).path
        for one in root.iter("{*}SingleLogoutService")
    }
    slo = "/saml/slo"
    assert found == {"HTTP-Redirect": slo, "HTTP-POST": slo, "SOAP": f"{slo}/soap"}


@pytest.mark.parametrize("said", [{}, {"partly": True}, {"unsigned": True}])
def test_signing_out_everywhere(idp: Idp, said: dict[str, bool]) -> None:
    """Here at once; then there; what the provider says is told; an unsigned answer counts not."""
    with idp.archive.browser() as browser:
        signed_in(idp, browser)
        idp.order(**said)
        page = browser.post("/logout", headers={"Origin": idp.archive.address})
        assert "/logout/provider" in page.text
        assert not reads(idp, browser)
        sent = browser.get("/logout/provider", headers={"Accept-Language": "en"})
        if way(idp) == "soap":
            told = sent
        else:
            assert "form-action http:;" in sent.headers["content-security-policy"]
            address, fields = form_of(sent.text)
            assert (address, set(fields)) == (f"{idp.base}/slo", {"SAMLRequest", "RelayState"})
            back, answer = form_of(httpx.post(address, data=fields, timeout=60).text)
            assert back == f"{idp.archive.address}/saml/slo"
            carried = httpx.post(back, data=answer)  # a form of another site: without cookies
            if said.get("unsigned"):
                assert carried.status_code == 403
                return
            assert carried.status_code == 303
            told = browser.get(carried.headers["location"], headers={"Accept-Language": "en"})
            with idp.archive.browser() as other:
                assert "has ended as well" not in other.get(carried.headers["location"]).text
        assert told.status_code == 200
        partly = bool(said)
        assert ("not everything" in told.text, "has ended as well" in told.text) == (
            partly, not partly
        )  # fmt: skip


def asked(idp: Idp, name: str, *indexes: str, unsigned: bool = False) -> str:
    """Have the provider ask; return its form, or what it was answered from server to server."""
    archive = idp.archive
    slo = f"{archive.address}/saml/slo{'/soap' if way(idp) == 'soap' else ''}"
    entity = f"{archive.address}/saml/metadata"
    wanted = {"slo": slo, "sp": entity, "name": name, "indexes": list(indexes)}
    idp.order(logout={**wanted, "unsigned": unsigned})
    return httpx.get(f"{idp.base}/ask", timeout=60).text


def test_a_provider_signs_out(idp: Idp) -> None:
    """One session of two; answered, signed; not unsigned, not twice, not changed on the way."""
    with idp.archive.browser() as one, idp.archive.browser() as two:
        name, index = signed_in(idp, one)
        signed_in(idp, two)
        if way(idp) == "soap":
            assert asked(idp, name, index, unsigned=True).startswith("403 ")
            assert reads(idp, one)
            assert asked(idp, name, index).startswith(
                "answered urn:oasis:names:tc:SAML:2.0:status:S"
            )
        else:
            _, unsigned = form_of(asked(idp, name, index, unsigned=True))
            address, fields = form_of(asked(idp, name, index))
            message = base64.b64decode(fields["SAMLRequest"])
            changed = base64.b64encode(message.replace(name.encode(), b"x" + name.encode()))
            for wrong in (unsigned, {**fields, "SAMLRequest": changed.decode()}):
                assert httpx.post(address, data=wrong).status_code == 403
            assert reads(idp, one)
            answer = httpx.post(address, data=fields)
            to, said = form_of(answer.text)
            assert (to, said["RelayState"]) == (f"{idp.base}/slo", "theirs")
            response = etree.fromstring(base64.b64decode(said["SAMLResponse"]))
            assert response.find("{*}Signature") is not None
            assert httpx.post(address, data=fields).status_code == 403
        assert not reads(idp, one)
        assert reads(idp, two)


def test_nonsense_is_refused(idp: Idp) -> None:
    """What is no message: a page, or a fault in an envelope; never an error of ours."""
    address = f"{idp.archive.address}/saml/slo"
    for form, status in (
        ({}, 403),
        ({"SAMLRequest": "%%%"}, 403),
        ({"SAMLRequest": "AAAA"}, 403),
        ({"SAMLResponse": "PGEvPg=="}, 404),  # a message of nobody
    ):
        answer = httpx.post(address, data=form)
        assert (answer.status_code, "text/html" in answer.headers["content-type"]) == (status, True)
    empty = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>'
    for body in ("", "<a/>", "no XML", empty, empty.replace("<s:Body/>", "<s:Body><x/></s:Body>")):
        answer = httpx.post(f"{address}/soap", content=body)
        assert answer.status_code == 400
        assert etree.fromstring(answer.content).find(".//faultstring") is not None
