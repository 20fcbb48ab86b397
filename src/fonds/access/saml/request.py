"""What this archive sends: requests to sign in, and its own metadata as a service provider."""

from __future__ import annotations

from datetime import UTC, datetime

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
    REDIRECT,
    SAML,
    SAMLP,
    SCOPED_AFFILIATION,
    SOAP,
    TRANSIENT,
    URI_FORMAT,
    XML,
    Element,
    made,
)
from fonds.access.saml.provider import IdentityProvider

_ASKED = (
    (SCOPED_AFFILIATION, "eduPersonScopedAffiliation", "true"),
    (ENTITLEMENT, "eduPersonEntitlement", "false"),
    (HOME_ORGANIZATION, "schacHomeOrganization", "false"),
    (PAIRWISE_ID, "pairwise-id", "false"),
)


_LANGUAGES = ("fr", "en")


class ServiceProvider(msgspec.Struct, frozen=True):
    """This archive, as federations know it."""

    entity_id: str
    acs: str  # where answers are sent (HTTP-POST)
    login: str  # where a discovery service returns to
    name: str
    slo: str  # where logouts are asked for and answered (HTTP-Redirect, HTTP-POST)
    slo_soap: str  # where providers ask for them from server to server
    certificate: str  # of the key that we sign with and providers encrypt for
    contact: str = ""
    signs: bool = False  # every request to sign in; else only where a provider wants it


def request_id(number: str) -> str:
    """Return the ID of the request of a login: XML wants a letter first."""
    return f"_{number}"


def instant() -> str:
    """Return the time as SAML writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def authn_request(provider: IdentityProvider, own: ServiceProvider, number: str) -> Element:
    """Return the request to sign in."""
    return made(
        SAMLP,
        "AuthnRequest",
        made(SAML, "Issuer", own.entity_id),
        made(SAMLP, "NameIDPolicy", Format=TRANSIENT, AllowCreate="true"),
        ID=request_id(number),
        Version="2.0",
        IssueInstant=instant(),
        Destination=provider.sso,
        AssertionConsumerServiceURL=own.acs,
        ProtocolBinding=POST,
    )


def own_metadata(own: ServiceProvider) -> bytes:
    """Return our metadata, for the federation to register."""
    role = made(
        MD,
        "SPSSODescriptor",
        made(
            MD,
            "Extensions",
            made(MDUI, "UIInfo", *_named(MDUI, "DisplayName", own.name)),
            made(IDPDISC, "DiscoveryResponse", Binding=IDPDISC, Location=own.login, index="1"),
        ),
        _key(own.certificate, "signing"),
        _key(own.certificate, "encryption"),
        *(made(MD, "SingleLogoutService", Binding=b, Location=at) for b, at in _logouts(own)),
        made(MD, "NameIDFormat", TRANSIENT),
        made(
            MD,
            "AssertionConsumerService",
            Binding=POST,
            Location=own.acs,
            index="1",
            isDefault="true",
        ),
        made(
            MD,
            "AttributeConsumingService",
            *_named(MD, "ServiceName", own.name),
            *(_requested(*one) for one in _ASKED),
            index="1",
        ),
        protocolSupportEnumeration=SAMLP,
        AuthnRequestsSigned="true" if own.signs else "false",
        WantAssertionsSigned="true",
    )
    entity = made(MD, "EntityDescriptor", role, entityID=own.entity_id)
    if own.contact:
        address = made(MD, "EmailAddress", f"mailto:{own.contact}")
        entity.append(made(MD, "ContactPerson", address, contactType="technical"))
    return etree.tostring(entity, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _logouts(own: ServiceProvider) -> list[tuple[str, str]]:
    return [(REDIRECT, own.slo), (POST, own.slo), (SOAP, own.slo_soap)]


def _key(certificate: str, use: str) -> Element:
    held = made(DS, "X509Data", made(DS, "X509Certificate", certificate))
    algorithms = (*CIPHERS, *KEY_TRANSPORTS) if use == "encryption" else ()
    methods = [made(MD, "EncryptionMethod", Algorithm=one) for one in algorithms]
    return made(MD, "KeyDescriptor", made(DS, "KeyInfo", held), *methods, use=use)


def _requested(name: str, friendly: str, required: str) -> Element:
    return made(
        MD,
        "RequestedAttribute",
        Name=name,
        FriendlyName=friendly,
        NameFormat=URI_FORMAT,
        isRequired=required,
    )


def _named(space: str, name: str, text: str) -> list[Element]:
    found = [made(space, name, text) for _ in _LANGUAGES]
    for one, language in zip(found, _LANGUAGES, strict=True):
        one.set(f"{{{XML}}}lang", language)
    return found
