"""What this archive sends: requests to sign in, and its own metadata as a service provider."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime
from urllib.parse import urlencode

import msgspec
from lxml import etree

from fonds.access.saml.encryption import CIPHERS, KEY_TRANSPORTS
from fonds.access.saml.names import (
    DS,
    ENTITLEMENT,
    HOME_ORGANIZATION,
    IDPDISC,
    MD,
    MDUI,
    PAIRWISE_ID,
    POST,
    SAML,
    SAMLP,
    SCOPED_AFFILIATION,
    TRANSIENT,
    URI_FORMAT,
    XML,
    Element,
)
from fonds.access.saml.provider import IdentityProvider

_ASKED = (
    (SCOPED_AFFILIATION, "eduPersonScopedAffiliation", "true"),
    (ENTITLEMENT, "eduPersonEntitlement", "false"),
    (HOME_ORGANIZATION, "schacHomeOrganization", "false"),
    (PAIRWISE_ID, "pairwise-id", "false"),
)


_LANGUAGES = ("fr", "en")
_PREFIXES = {
    "md": MD,
    "ds": DS,
    "mdui": MDUI,
    "idpdisc": IDPDISC,
    "saml": SAML,
    "samlp": SAMLP,
}


class ServiceProvider(msgspec.Struct, frozen=True):
    """This archive, as federations know it."""

    entity_id: str
    acs: str  # where answers are sent (HTTP-POST)
    login: str  # where a discovery service returns to
    name: str
    certificate: str  # providers encrypt for its key
    contact: str = ""


def request_id(number: str) -> str:
    """Return the ID of the request of a login: XML wants a letter first."""
    return f"_{number}"


def request_address(provider: IdentityProvider, own: ServiceProvider, number: str) -> str:
    """Return where the browser goes to sign in (HTTP-Redirect binding, 3.4)."""
    request = _made(
        SAMLP,
        "AuthnRequest",
        _made(SAML, "Issuer", own.entity_id),
        _made(SAMLP, "NameIDPolicy", Format=TRANSIENT, AllowCreate="true"),
        ID=request_id(number),
        Version="2.0",
        IssueInstant=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        Destination=provider.sso,
        AssertionConsumerServiceURL=own.acs,
        ProtocolBinding=POST,
    )
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    data = deflater.compress(etree.tostring(request)) + deflater.flush()
    asked = {"SAMLRequest": base64.b64encode(data).decode(), "RelayState": number}
    return f"{provider.sso}{'&' if '?' in provider.sso else '?'}{urlencode(asked)}"


def own_metadata(own: ServiceProvider) -> bytes:
    """Return our metadata, for the federation to register."""
    role = _made(
        MD,
        "SPSSODescriptor",
        _made(
            MD,
            "Extensions",
            _made(MDUI, "UIInfo", *_named(MDUI, "DisplayName", own.name)),
            _made(IDPDISC, "DiscoveryResponse", Binding=IDPDISC, Location=own.login, index="1"),
        ),
        _key(own.certificate),
        _made(MD, "NameIDFormat", TRANSIENT),
        _made(
            MD,
            "AssertionConsumerService",
            Binding=POST,
            Location=own.acs,
            index="1",
            isDefault="true",
        ),
        _made(
            MD,
            "AttributeConsumingService",
            *_named(MD, "ServiceName", own.name),
            *(_requested(*one) for one in _ASKED),
            index="1",
        ),
        protocolSupportEnumeration=SAMLP,
        AuthnRequestsSigned="false",
        WantAssertionsSigned="true",
    )
    entity = _made(MD, "EntityDescriptor", role, entityID=own.entity_id)
    if own.contact:
        address = _made(MD, "EmailAddress", f"mailto:{own.contact}")
        entity.append(_made(MD, "ContactPerson", address, contactType="technical"))
    return etree.tostring(entity, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _key(certificate: str) -> Element:
    held = _made(DS, "X509Data", _made(DS, "X509Certificate", certificate))
    methods = [_made(MD, "EncryptionMethod", Algorithm=one) for one in (*CIPHERS, *KEY_TRANSPORTS)]
    return _made(MD, "KeyDescriptor", _made(DS, "KeyInfo", held), *methods, use="encryption")


def _requested(name: str, friendly: str, required: str) -> Element:
    return _made(
        MD,
        "RequestedAttribute",
        Name=name,
        FriendlyName=friendly,
        NameFormat=URI_FORMAT,
        isRequired=required,
    )


def _named(space: str, name: str, text: str) -> list[Element]:
    made = [_made(space, name, text) for _ in _LANGUAGES]
    for one, language in zip(made, _LANGUAGES, strict=True):
        one.set(f"{{{XML}}}lang", language)
    return made


def _made(space: str, name: str, *content: Element | str, **attributes: str) -> Element:
    element = etree.Element(f"{{{space}}}{name}", attributes, nsmap=_PREFIXES)
    for one in content:
        if isinstance(one, str):
            element.text = one
        else:
            element.append(one)
    return element
