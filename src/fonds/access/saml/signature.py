"""XML signatures, checked so that only what was signed is read on.

The attack to fear is signature wrapping: a valid signature over one element, and another element
that the program then reads. Here the signature must be a child of the element it signs, and what
is returned is parsed again from the very bytes whose digest was checked; the rest of the message
is never looked at. The key is the one of the metadata; keys inside the message count for nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

import msgspec
from cryptography import x509
from lxml import etree
from signxml.exceptions import InvalidCertificate, InvalidInput, InvalidSignature
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from fonds.access.saml.names import SPACES, Element, parse


class SignatureInvalid(ValueError):
    """A signature that is missing, forged or over something else."""


def signed(element: Element, certificates: Sequence[x509.Certificate]) -> Element:
    """Return an element as it was signed by one of the keys; raises SignatureInvalid."""
    return _checked(_alone(element), certificates)


def signed_document(data: bytes, certificates: Sequence[x509.Certificate]) -> Element:
    """Return a whole document, however large, as it was signed.

    It is parsed three times, but held once. Raises SignatureInvalid and ValueError.
    """
    return _checked(_alone(parse(data, huge=True)), certificates)


class _Alone(msgspec.Struct, frozen=True):
    """An element without what was around it, so that nothing of that can be meant."""

    data: bytes
    tag: str
    number: str | None


def _alone(element: Element) -> _Alone:
    if len(element.findall("ds:Signature", SPACES)) != 1:
        raise SignatureInvalid("it is not signed")
    data = etree.tostring(element, with_tail=False)
    return _Alone(data, str(element.tag), element.get("ID"))


def _checked(alone: _Alone, certificates: Sequence[x509.Certificate]) -> Element:
    reason = "the metadata names no key"
    for certificate in certificates:
        try:
            found = _verified(alone.data, certificate)
        except (InvalidSignature, InvalidInput, InvalidCertificate, ValueError, TypeError) as error:
            reason = str(error) or type(error).__name__
            continue
        if found is None or found.tag != alone.tag or found.get("ID") != alone.number:
            raise SignatureInvalid("the signature is over something else")
        return found
    raise SignatureInvalid(f"the signature does not fit: {reason[:200]}")


def certificate_of(text: str) -> x509.Certificate:
    """Read a certificate as metadata have it (Base64 of DER); raises ValueError."""
    return x509.load_der_x509_certificate(base64.b64decode("".join(text.split()), validate=True))


def _verified(data: bytes, certificate: x509.Certificate) -> Element | None:
    # the metadata vouch for the key; the dates in the certificate mean nothing (SAML2Int 4.2)
    at: datetime = certificate.not_valid_before_utc
    wanted = SignatureConfiguration(location="./", verification_time=at)
    result = XMLVerifier().verify(
        data, x509_cert=certificate, expect_config=wanted, id_attribute="ID"
    )
    assert isinstance(result, VerifyResult)
    return result.signed_xml
