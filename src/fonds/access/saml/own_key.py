"""The key of this archive as a service provider: providers encrypt assertions for it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from fonds.access.keys import kept
from fonds.errors import HomeNotWritable

_BITS = 3072
_YEARS = 20  # federations trust the key itself; the date only must not come too soon
_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


def own_key(home: Path) -> tuple[rsa.RSAPrivateKey, str]:
    """Return the private key and the certificate (Base64 of DER), made the first time.

    They lie in `access/saml.pem`. Raises HomeNotWritable.
    """
    path = home / "access" / "saml.pem"
    try:
        content = kept(path, _make)
    except OSError as error:
        raise HomeNotWritable(path=path, reason=error.strerror) from error
    key = serialization.load_pem_private_key(content[: content.index(_CERTIFICATE)], None)
    assert isinstance(key, rsa.RSAPrivateKey)
    certificate = x509.load_pem_x509_certificate(content[content.index(_CERTIFICATE) :])
    der = certificate.public_bytes(serialization.Encoding.DER)
    return key, base64.b64encode(der).decode()


def _make() -> bytes:
    key = rsa.generate_private_key(public_exponent=65_537, key_size=_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fonds")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
