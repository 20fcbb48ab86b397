"""The HTTP-Redirect binding (SAML 2.0 Bindings 3.4): messages in addresses, and their signatures.

A signature is over the very characters of the address: what a browser brings is checked before it
is decoded. SHA-1 is refused.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Sequence
from typing import Literal
from urllib.parse import quote, unquote_plus

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

from fonds.access.saml.names import Element, parse
from fonds.access.saml.signature import SignatureInvalid

Kind = Literal["SAMLRequest", "SAMLResponse"]
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_OURS = f"{_MORE}rsa-sha256"
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
LARGEST = 256 * 1024  # bytes of a message; one has some 1,000
_SIGNED = ("RelayState", "SigAlg")


class Received(msgspec.Struct, frozen=True):
    """A message that a browser brought. Nothing of it is believed before `verified`."""

    kind: Kind
    root: Element
    relay_state: str
    signed: bytes  # what the signature is over
    algorithm: str
    signature: bytes

    def verified(self, certificates: Sequence[x509.Certificate]) -> Element:
        """Return the message as one of the keys signed it; raises SignatureInvalid."""
        if not self.signature:
            raise SignatureInvalid("it is not signed")
        family, _, digest = self.algorithm.removeprefix(_MORE).partition("-")
        if not self.algorithm.startswith(_MORE) or digest not in _HASHES:
            raise SignatureInvalid(f"{self.algorithm[:100] or 'no algorithm'} is not accepted")
        for certificate in certificates:
            if _fits(certificate, family, _HASHES[digest](), self.signature, self.signed):
                return self.root
        raise SignatureInvalid("the signature does not fit")


def message_address(
    address: str, kind: Kind, message: Element, relay_state: str, key: RSAPrivateKey | None
) -> str:
    """Return an address that carries a message, signed where a key is given."""
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    data = deflater.compress(etree.tostring(message)) + deflater.flush()
    query = f"{kind}={_quoted(base64.b64encode(data).decode())}"
    if relay_state:
        query += f"&RelayState={_quoted(relay_state)}"
    if key is not None:
        query += f"&SigAlg={_quoted(_OURS)}"
        signature = key.sign(query.encode(), PKCS1v15(), hashes.SHA256())
        query += f"&Signature={_quoted(base64.b64encode(signature).decode())}"
    return f"{address}{'&' if '?' in address else '?'}{query}"


def received(query: bytes) -> Received:
    """Read the message in the query of an address; raises ValueError."""
    raw: dict[str, str] = {}
    for pair in query.decode("latin-1").split("&"):
        name, _, value = pair.partition("=")
        if name in raw:
            raise ValueError(f"{name[:40]} comes twice")
        raw[name] = value
    kinds: tuple[Kind, Kind] = ("SAMLRequest", "SAMLResponse")
    found = [kind for kind in kinds if kind in raw]
    if len(found) != 1:
        raise ValueError("it carries no message")
    kind = found[0]
    parts = [kind, *(name for name in _SIGNED if name in raw)]
    return Received(
        kind=kind,
        root=parse(_inflated(_bytes(raw[kind]))),
        relay_state=unquote_plus(raw.get("RelayState", "")),
        signed="&".join(f"{name}={raw[name]}" for name in parts).encode("latin-1"),
        algorithm=unquote_plus(raw.get("SigAlg", "")),
        signature=_bytes(raw.get("Signature", "")),
    )


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode("".join(unquote_plus(text).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it is no Base64") from error


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = inflater.decompress(data, LARGEST)
    except zlib.error as error:
        raise ValueError("it is not deflated") from error
    if inflater.unconsumed_tail:
        raise ValueError("it is too large")
    return plain


def _fits(
    certificate: x509.Certificate,
    family: str,
    digest: hashes.HashAlgorithm,
    signature: bytes,
    data: bytes,
) -> bool:
    key = certificate.public_key()
    try:
        if family == "rsa" and isinstance(key, RSAPublicKey):
            key.verify(signature, data, PKCS1v15(), digest)
            return True
        if family == "ecdsa" and isinstance(key, EllipticCurvePublicKey):
            half = len(signature) // 2  # XML signatures hold r and s side by side
            numbers = (int.from_bytes(one, "big") for one in (signature[:half], signature[half:]))
            key.verify(encode_dss_signature(*numbers), data, ECDSA(digest))
            return True
    except InvalidSignature:
        pass
    return False
