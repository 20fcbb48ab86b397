"""Encrypted assertions (XML Encryption 1.1): AES-GCM under a key that RSA-OAEP carries.

AES-CBC is refused: without authentication it lets an attacker who may ask often read the text. Our
metadata say so, and providers choose by them.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fonds.access.saml.names import DS, SPACES, XENC, XENC11, Element, parse, text_of

CIPHERS = {f"{XENC11}aes{bits}-gcm": bits // 8 for bits in (128, 192, 256)}
_OAEP_SHA1 = f"{XENC}rsa-oaep-mgf1p"  # mask by SHA-1, fixed
_OAEP = f"{XENC11}rsa-oaep"
_DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    f"{DS}sha1": hashes.SHA1,
    f"{XENC}sha256": hashes.SHA256,
    f"{XENC}sha512": hashes.SHA512,
}
_MASKS: dict[str, type[hashes.HashAlgorithm]] = {
    f"{XENC11}mgf1sha1": hashes.SHA1,
    f"{XENC11}mgf1sha256": hashes.SHA256,
    f"{XENC11}mgf1sha512": hashes.SHA512,
}
_NONCE = 12  # bytes
KEY_TRANSPORTS = (_OAEP, _OAEP_SHA1)


def decrypted(encrypted: Element, key: RSAPrivateKey) -> Element:
    """Return the element inside an EncryptedAssertion; raises ValueError."""
    data = encrypted.find("xenc:EncryptedData", SPACES)
    if data is None:
        raise ValueError("there is nothing encrypted in it")
    algorithm = _algorithm(data)
    if algorithm not in CIPHERS:
        raise ValueError(f"it is encrypted by {algorithm[:100] or 'nothing'}; AES-GCM is expected")
    secret = _secret(encrypted, data, key)
    content = _bytes(data)
    if len(secret) != CIPHERS[algorithm] or len(content) <= _NONCE:
        raise ValueError("it cannot be decrypted by our key")
    try:
        plain = AESGCM(secret).decrypt(content[:_NONCE], content[_NONCE:], None)
    except InvalidTag as error:
        raise ValueError("it cannot be decrypted by our key") from error
    return parse(plain)


def _secret(encrypted: Element, data: Element, key: RSAPrivateKey) -> bytes:
    """Return the key of the content; it may be for several readers."""
    paths = ("ds:KeyInfo/xenc:EncryptedKey",)
    carried = [one for path in paths for one in data.findall(path, SPACES)]
    carried += encrypted.findall("xenc:EncryptedKey", SPACES)
    for one in carried[:10]:
        padding = _padding(one)
        if padding is not None:
            try:
                return key.decrypt(_bytes(one), padding)
            except ValueError:  # for another reader
                continue
    raise ValueError("its key is not encrypted for us by RSA-OAEP")


def _padding(carried: Element) -> OAEP | None:
    algorithm = _algorithm(carried)
    if algorithm not in KEY_TRANSPORTS:
        return None
    method = carried.find("xenc:EncryptionMethod", SPACES)
    assert method is not None
    digest = method.find("ds:DigestMethod", SPACES)
    mask = method.find("xenc11:MGF", SPACES)
    named = "" if digest is None else digest.get("Algorithm", "")
    masked = "" if mask is None else mask.get("Algorithm", "")
    outer = _DIGESTS.get(named or f"{DS}sha1")
    inner = _MASKS.get(masked or f"{XENC11}mgf1sha1") if algorithm == _OAEP else hashes.SHA1
    if outer is None or inner is None:
        return None
    return OAEP(MGF1(inner()), outer(), None)


def _algorithm(element: Element) -> str:
    method = element.find("xenc:EncryptionMethod", SPACES)
    return "" if method is None else method.get("Algorithm", "")


def _bytes(element: Element) -> bytes:
    value = text_of(element.find("xenc:CipherData/xenc:CipherValue", SPACES))
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("what is encrypted is no Base64") from error
