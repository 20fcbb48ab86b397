"""Reads SAML metadata: identity providers with their keys, scopes and names.

An aggregate of a federation is signed as a whole; with the federation's certificate the signature
must fit, and an aggregate must say until when it is valid. eduGAIN's has some 100 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from cryptography import x509

from fonds.access.membership import Scope
from fonds.access.saml.names import (
    CATEGORY,
    HIDDEN,
    MD,
    POST,
    REDIRECT,
    SAMLP,
    SOAP,
    SPACES,
    XML,
    Element,
    parse,
    text_of,
)
from fonds.access.saml.provider import IdentityProvider, Source
from fonds.access.saml.signature import SignatureInvalid, certificate_of, signed_document
from fonds.errors import MetadataInvalid

_ENTITY, _ENTITIES = f"{{{MD}}}EntityDescriptor", f"{{{MD}}}EntitiesDescriptor"
_ATTRIBUTES = "md:Extensions/mdattr:EntityAttributes/saml:Attribute"
_LANGUAGES = ("fr", "en")


def read_metadata(
    name: str, data: bytes, certificate: x509.Certificate | None, *, now: float
) -> Source:
    """Return the identity providers of a file of metadata.

    Without a certificate the file itself is trusted: the operator put it there. Raises
    MetadataInvalid.
    """
    try:
        if certificate is None:
            root = parse(data, huge=True)
        else:
            root = signed_document(data, [certificate])
    except (ValueError, SignatureInvalid) as error:
        raise MetadataInvalid(name=name, reason=error) from error
    if root.tag not in (_ENTITY, _ENTITIES):
        raise MetadataInvalid(name=name, reason="it is no SAML metadata")
    until = _until(name, root)
    if until and until <= now:
        raise MetadataInvalid(name=name, reason=f"it was valid until {root.get('validUntil')}")
    if certificate is not None and not until:
        raise MetadataInvalid(name=name, reason="it does not say until when it is valid")
    return Source(name, until, certificate is not None, tuple(_providers(root)))


def read_certificate(name: str, data: bytes) -> x509.Certificate:
    """Read a federation's certificate, PEM or DER; raises MetadataInvalid."""
    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificate(data)
        return x509.load_der_x509_certificate(data)
    except ValueError as error:
        raise MetadataInvalid(name=name, reason=f"no certificate: {error}") from error


def _until(name: str, root: Element) -> float:
    text = root.get("validUntil", "")
    if not text:
        return 0.0
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise MetadataInvalid(name=name, reason=f"validUntil is {text[:40]!r}") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _providers(root: Element) -> Iterator[IdentityProvider]:
    entities = [root] if root.tag == _ENTITY else root.iter(_ENTITY)
    for entity in entities:
        for role in entity.findall("md:IDPSSODescriptor", SPACES):
            found = _provider(entity, role)
            if found is not None:
                yield found
                break


def _provider(entity: Element, role: Element) -> IdentityProvider | None:
    """Read one provider; None where nothing of SAML 2.0 can be used."""
    if SAMLP not in role.get("protocolSupportEnumeration", "").split():
        return None
    addresses = [
        one.get("Location", "")
        for one in role.findall("md:SingleSignOnService", SPACES)
        if one.get("Binding") == REDIRECT and is_web(one.get("Location", ""))
    ]
    certificates = tuple(_certificates(role))
    entity_id = entity.get("entityID", "")
    if not entity_id or not addresses or not certificates:
        return None
    scopes = [*entity.iterfind("md:Extensions/shibmd:Scope", SPACES)]
    scopes += role.iterfind("md:Extensions/shibmd:Scope", SPACES)
    slo, posted = _logout(role, REDIRECT), _logout(role, POST)
    return IdentityProvider(
        entity_id=entity_id,
        sso=addresses[0],
        certificates=certificates,
        scopes=tuple(Scope(text_of(one), one.get("regexp", "") in ("true", "1")) for one in scopes),
        names=_names(entity, role),
        hidden=_is_hidden(entity),
        wants_signed=role.get("WantAuthnRequestsSigned", "") in ("true", "1"),
        slo=slo.get("Location", ""),
        slo_answers=slo.get("ResponseLocation", ""),
        slo_post=posted.get("Location", ""),
        slo_post_answers=posted.get("ResponseLocation", ""),
        slo_soap=_logout(role, SOAP).get("Location", ""),
    )


def _logout(role: Element, binding: str) -> Mapping[str, str]:
    for one in role.findall("md:SingleLogoutService", SPACES):
        if one.get("Binding") == binding and is_web(one.get("Location", "")):
            return {str(key): str(value) for key, value in one.items()}
    return {}


def is_web(address: str) -> bool:
    """Tell whether a browser can be sent to an address."""
    return address.startswith(("https://", "http://"))


def _certificates(role: Element) -> Iterator[str]:
    for key in role.findall("md:KeyDescriptor", SPACES):
        if key.get("use", "signing") != "signing":
            continue
        for one in key.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", SPACES):
            text = "".join(text_of(one).split())
            try:
                certificate_of(text)
            except ValueError:
                continue
            yield text


def _names(entity: Element, role: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    shown = role.findall("md:Extensions/mdui:UIInfo/mdui:DisplayName", SPACES)
    legal = entity.findall("md:Organization/md:OrganizationDisplayName", SPACES)
    for one in (*shown, *legal):
        language = one.get(f"{{{XML}}}lang", "en")
        if language in _LANGUAGES or not found:
            found.setdefault(language, " ".join(text_of(one).split())[:200])
    return found


def _is_hidden(entity: Element) -> bool:
    return any(
        text_of(value) == HIDDEN
        for attribute in entity.findall(_ATTRIBUTES, SPACES)
        if attribute.get("Name") == CATEGORY
        for value in attribute.findall("saml:AttributeValue", SPACES)
    )
