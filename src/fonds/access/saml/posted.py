"""Messages in forms and SOAP envelopes (SAML 2.0 Bindings 3.5, 3.2): signed within the XML."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from lxml import etree
from signxml.algorithms import CanonicalizationMethod
from signxml.signer import XMLSigner

from fonds.access.saml.names import DS, SAMLP, SOAP_ENVELOPE, SPACES, Element, made, parse
from fonds.access.saml.redirect import LARGEST, Kind
from fonds.access.saml.signature import signed

_KINDS: Mapping[str, Kind] = {
    f"{{{SAMLP}}}LogoutRequest": "SAMLRequest",
    f"{{{SAMLP}}}LogoutResponse": "SAMLResponse",
}


class Posted(msgspec.Struct, frozen=True):
    """A message with its signature inside. Nothing of it is believed before `verified`."""

    kind: Kind
    root: Element
    relay_state: str = ""

    def verified(self, certificates: Sequence[x509.Certificate]) -> Element:
        """Return the message as one of the keys signed it; raises SignatureInvalid."""
        return signed(self.root, certificates)


def posted(form: Mapping[str, str]) -> Posted:
    """Read the message of a form; raises ValueError."""
    kinds: tuple[Kind, Kind] = ("SAMLRequest", "SAMLResponse")
    found = [kind for kind in kinds if kind in form]
    if len(found) != 1:
        raise ValueError("it carries no message")
    kind = found[0]
    try:
        data = base64.b64decode("".join(form[kind].split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it is no Base64") from error
    return Posted(kind, parse(_bounded(data)), form.get("RelayState", ""))


def enveloped(data: bytes) -> Posted:
    """Read the one message of a SOAP envelope; raises ValueError."""
    root = parse(_bounded(data))
    body = root.find("soap:Body", SPACES)
    if root.tag != f"{{{SOAP_ENVELOPE}}}Envelope" or body is None or len(body) != 1:
        raise ValueError("it is no SOAP envelope with one message")
    kind = _KINDS.get(str(body[0].tag))
    if kind is None:
        raise ValueError("it is no message of a logout")
    return Posted(kind, body[0])


def with_signature(message: Element, key: RSAPrivateKey, certificate: str) -> Element:
    """Return a message of ours signed by our key, which `certificate` names (DER in Base64)."""
    place = etree.Element(f"{{{DS}}}Signature", Id="placeholder")
    message.insert(1, place)  # behind the issuer, as the schema wants it
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    known = x509.load_der_x509_certificate(base64.b64decode(certificate))
    number = message.get("ID")
    return signer.sign(message, key=key, cert=[known], reference_uri=number, id_attribute="ID")


def encoded(message: Element) -> str:
    """Return a message as the field of a form has it."""
    return base64.b64encode(etree.tostring(message)).decode()


def envelope(content: Element) -> bytes:
    """Return something in a SOAP envelope."""
    body = made(SOAP_ENVELOPE, "Body", content)
    return etree.tostring(made(SOAP_ENVELOPE, "Envelope", body), encoding="UTF-8")


def fault(reason: str) -> bytes:
    """Return why a message is not taken (SOAP 1.1, 4.4)."""
    told = etree.Element(f"{{{SOAP_ENVELOPE}}}Fault")
    etree.SubElement(told, "faultcode").text = f"{told.prefix}:Client"
    etree.SubElement(told, "faultstring").text = reason
    return envelope(told)


def _bounded(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise ValueError("it is too large")
    return data
