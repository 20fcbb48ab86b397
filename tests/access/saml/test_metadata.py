"""Metadata of federations: read, checked by their signature, refused when they have expired."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from lxml import etree
from signxml.signer import XMLSigner

from fonds.access.federation import Federation, MetadataSource
from fonds.access.membership import Claims, Scope
from fonds.access.saml.metadata import read_certificate, read_metadata
from fonds.access.saml.own_key import own_key
from fonds.access.saml.provider import Providers, Source
from fonds.access.saml.refresh import Refreshed, refresh
from fonds.errors import MetadataInvalid

NOW = datetime.now(UTC)
SPACES = (
    'xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:shibmd="urn:mace:shibboleth:metadata:1.0" '
    'xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
)


def entity(name: str, certificate: str, *, scopes: str = "", extra: str = "") -> str:
    """Return the metadata of one provider."""
    key = f"<ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data>"
    return f"""<EntityDescriptor {SPACES} entityID="https://{name}.example/idp">
      <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <Extensions>{scopes}<mdui:UIInfo>
          <mdui:DisplayName xml:lang="fr">Université {name}</mdui:DisplayName>
          <mdui:DisplayName xml:lang="en">University {name}</mdui:DisplayName></mdui:UIInfo>
        </Extensions>
        <KeyDescriptor use="signing"><ds:KeyInfo>{key}</ds:KeyInfo></KeyDescriptor>
        <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
          Location="https://{name}.example/sso"/></IDPSSODescriptor>{extra}</EntityDescriptor>"""


def aggregate(content: str, *, until: datetime | None = NOW + timedelta(days=7)) -> str:
    """Return the metadata of a federation."""
    valid = f' validUntil="{until.isoformat().replace("+00:00", "Z")}"' if until else ""
    return f'<EntitiesDescriptor {SPACES} ID="_1"{valid}>{content}</EntitiesDescriptor>'


class Federating:
    """A federation with its key, and a home."""

    def __init__(self, folder: Path) -> None:
        self.key, self.certificate = own_key(folder)
        self.home = folder
        pem = (folder / "access" / "saml.pem").read_bytes()
        (folder / "federation.pem").write_bytes(pem[pem.index(b"-----BEGIN CERTIFICATE") :])

    def signed(self, text: str) -> bytes:
        """Return an aggregate, signed."""
        private = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        certificate = (self.home / "federation.pem").read_text()
        root = XMLSigner(c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#").sign(
            etree.fromstring(text), key=private, cert=certificate, reference_uri="_1"
        )
        return etree.tostring(root)

    def trusted(self) -> x509.Certificate:
        """Return the certificate."""
        return read_certificate("federation.pem", (self.home / "federation.pem").read_bytes())

    def read(self, data: bytes) -> Source:
        """Read signed metadata."""
        return read_metadata("f.xml", data, self.trusted(), now=NOW.timestamp())


@pytest.fixture
def federation(tmp_path: Path) -> Federating:
    """Return a federation."""
    return Federating(tmp_path)


def test_providers_are_read(federation: Federating) -> None:
    """Keys, scopes with patterns, names; what cannot sign in by SAML 2.0 is left out."""
    scopes = "<shibmd:Scope regexp='false'>univ.example</shibmd:Scope>"
    scopes += "<shibmd:Scope regexp='true'>^.+\\.univ\\.example$</shibmd:Scope>"
    first = entity("one", federation.certificate, scopes=scopes)
    keyless = entity("two", "bm90IGEga2V5")
    found = federation.read(federation.signed(aggregate(first + keyless)))
    (one,) = found.providers
    assert (one.entity_id, one.sso) == ("https://one.example/idp", "https://one.example/sso")
    assert (one.name("fr"), one.name("en")) == ("Université one", "University one")
    assert one.scopes == (
        Scope("univ.example"),
        Scope("^.+\\.univ\\.example$", regexp=True),
    )
    said = Claims("x", ("member@Univ.example", "staff@law.univ.example", "staff@evil.example"))
    kept = ("member@Univ.example", "staff@law.univ.example")
    assert said.within(one.scopes).affiliations == kept


def test_what_is_not_the_federations_is_refused(federation: Federating, tmp_path: Path) -> None:
    """Unsigned, changed, signed by another, expired, without end, no metadata, a bomb."""
    text = aggregate(entity("one", federation.certificate))
    good = federation.signed(text)
    other = Federating(tmp_path / "other")
    for data in (
        text.encode(),
        good.replace(b"one.example/sso", b"evil.example/sso"),
        other.signed(text),
        federation.signed(aggregate("", until=NOW - timedelta(days=1))),
        federation.signed(aggregate("", until=None)),
        b"<html/>",
        b"",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    ):
        with pytest.raises(MetadataInvalid):
            federation.read(data)
    assert len(federation.read(good).providers) == 1


@contextmanager
def published(folder: Path) -> Iterator[str]:
    """Serve a folder, as a federation does."""
    folder.mkdir(exist_ok=True)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(20)
        server.server_close()


def test_refresh_keeps_the_last_good_file(federation: Federating, tmp_path: Path) -> None:
    """What is forged or cannot be fetched replaces nothing, until the last good one expires."""
    good = federation.signed(aggregate(entity("one", federation.certificate)))
    folder = tmp_path / "site"
    with published(folder) as base:
        source = MetadataSource("f.xml", f"{base}/f.xml", "federation.pem")
        settings = Federation(metadata=(source,))

        def refreshed(moment: datetime = NOW) -> Refreshed:
            (found,) = refresh(federation.home, settings, now=moment.timestamp())
            return found

        assert refreshed().source is None
        (folder / "f.xml").write_bytes(good)
        assert refreshed().problem == ""
        (folder / "f.xml").write_bytes(good.replace(b"one.example", b"evil.example"))
        kept = refreshed()
        assert kept.source is not None
        assert kept.source.providers[0].entity_id == "https://one.example/idp"
        assert "signature" in kept.problem
        assert refreshed(NOW + timedelta(days=8)).source is None
    providers = Providers(federation.home, clock=(NOW + timedelta(days=8)).timestamp)
    providers.write((kept.source,))
    assert providers.find("https://one.example/idp") is None
    assert providers.all() == ()
