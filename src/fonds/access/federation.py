"""Logins by institutions: the part `federation` of `access.toml`, and who their members are."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fonds.access.remote import is_private


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who belongs to an institution, by what a login says; everything that is named must hold.

    Several values of one condition are alternatives; several members of one institution too.
    """

    idps: tuple[str, ...] = ()  # entityID (SAML) or issuer (OpenID Connect) of who vouches
    scopes: tuple[str, ...] = ()  # right side of eduPersonScopedAffiliation
    affiliations: tuple[str, ...] = ()  # left side; "*" asks for none; empty: see `affiliated`
    entitlements: tuple[str, ...] = ()  # eduPersonEntitlement
    organizations: tuple[str, ...] = ()  # schacHomeOrganization
    persons: tuple[str, ...] = ()  # pairwise-id, for single readers

    def __post_init__(self) -> None:
        """Refuse a member whom anybody's login could claim to be."""
        if not (self.idps or self.scopes or self.organizations or self.persons):
            raise ValueError("members name idps, scopes, organizations or persons")


class OidcProvider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An OpenID Connect provider where this archive is registered as a client."""

    issuer: str
    client_id: str
    client_secret: str = ""
    name: str = ""  # shown to readers
    request: tuple[str, ...] = ("openid",)  # OAuth scopes asked for
    scopes: tuple[str, ...] = ()  # scopes of affiliations that it may speak for
    affiliation: str = "eduperson_scoped_affiliation"  # names of its claims
    entitlement: str = "eduperson_entitlement"
    organization: str = "schac_home_organization"
    person: str = "pairwise_id"

    def __post_init__(self) -> None:
        """Refuse an issuer whose answers anybody on the way could change."""
        if not is_private(self.issuer):
            raise ValueError(f"the issuer {self.issuer} is not an https address")


class MetadataSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """SAML metadata: one identity provider, or a federation's signed aggregate."""

    file: str  # in the home
    url: str = ""  # where `fonds federation refresh` fetches it from
    certificate: str = ""  # file with the federation's certificate (PEM): the signature must fit

    def __post_init__(self) -> None:
        """Refuse to believe what comes over the network unsigned."""
        if self.url and not self.certificate:
            raise ValueError(f"{self.file} is fetched: name the federation's certificate")


class MetadataQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A service that gives the metadata of one provider at a time (MDQ, SAML profile)."""

    url: str  # base: <url>/entities/<entityID>
    certificate: str  # file with the federation's certificate (PEM): the signature must fit
    hours: float = 1.0  # after this it is asked again, unless the metadata say sooner


class ProxyHeaders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headers set by a Shibboleth service provider in front, believed from its addresses alone."""

    proxies: tuple[str, ...] = ()
    issuer: str = "Shib-Identity-Provider"
    affiliation: str = "affiliation"
    entitlement: str = "entitlement"
    organization: str = "schacHomeOrganization"
    person: str = "pairwise-id"


class Federation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Logins."""

    entity_id: str = ""  # of this archive as service provider; empty: <base_url>/saml/metadata
    discovery: str = ""  # address of the federation's discovery service; empty: our own page
    contact: str = ""  # e-mail address, in our metadata and on the page of those without rights
    targets: tuple[str, ...] = ()  # other origins that a login may return to
    sign_requests: bool = False  # sign every request to sign in; else only where it is wanted
    redirect_browsers: bool = False  # send every refused browser to the login, as ISTEX does
    session_hours: int = 8
    token_days: int = 365  # longest life of a token that a reader takes out
    metadata: tuple[MetadataSource, ...] = ()
    queries: tuple[MetadataQuery, ...] = ()
    oidc: tuple[OidcProvider, ...] = ()
    headers: ProxyHeaders = ProxyHeaders()

    @property
    def offers_login(self) -> bool:
        """Tell whether somebody can log in here; a proxy in front has its own login."""
        return bool(self.metadata or self.queries or self.oidc)

    def provider(self, issuer: str) -> OidcProvider | None:
        """Return the OpenID Connect provider of an issuer."""
        return next((one for one in self.oidc if one.issuer == issuer), None)


Members = Mapping[str, tuple[Member, ...]]  # key of an institution -> who belongs to it
