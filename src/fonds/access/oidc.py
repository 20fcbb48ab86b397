"""Logins by OpenID Connect Core 1.0: the authorization code flow with PKCE (RFC 7636).

The provider's answer is believed when its ID token is signed by a key the provider publishes, is
for us, is of this login (nonce) and has not expired.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote_plus, urlencode

import jwt
import msgspec

from fonds.access.federation import OidcProvider
from fonds.access.membership import Claims, Scope
from fonds.access.remote import RemoteFault, get_json, post_form
from fonds.access.sessions import Pending
from fonds.errors import LoginRefused

# asymmetric ones only: a shared secret would let us sign what we check
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
_LEEWAY = 60  # seconds that clocks may differ
_DISCOVERY = "/.well-known/openid-configuration"


class Endpoints(msgspec.Struct, frozen=True):
    """What a provider says of itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    end_session_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Person(msgspec.Struct, frozen=True):
    """Who signed in, for as long as the answer to them is made."""

    claims: Claims
    subject: str
    index: str  # of the provider's session (sid)
    token: str  # the ID token


def authorization_address(provider: OidcProvider, pending: Pending, redirect_uri: str) -> str:
    """Return where the browser goes to sign in; raises LoginRefused."""
    challenge = hashlib.sha256(pending.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(dict.fromkeys(("openid", *provider.request))),
        "state": pending.number,
        "nonce": pending.nonce,
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = endpoints(provider).authorization_endpoint
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def person_of(provider: OidcProvider, pending: Pending, code: str, redirect_uri: str) -> Person:
    """Return what the provider says of a person, for the code it sent; raises LoginRefused."""
    known = endpoints(provider)
    try:
        answer = _exchange(provider, known, pending, code, redirect_uri)
        token = str(answer.get("id_token", ""))
        said = _id_token(provider, known, pending, token)
        if known.userinfo_endpoint and "access_token" in answer:
            bearer = {"Authorization": f"Bearer {answer['access_token']}"}
            more = get_json(known.userinfo_endpoint, bearer)
            if more.get("sub") != said["sub"]:
                raise RemoteFault("the user information is about somebody else")
            said = {**more, **said}
    except (RemoteFault, jwt.PyJWTError) as error:
        raise LoginRefused(issuer=provider.issuer, reason=error) from error
    claims = Claims(
        provider.issuer,
        _texts(said, provider.affiliation),
        _texts(said, provider.entitlement),
        _texts(said, provider.organization),
        _texts(said, provider.person),
    )
    sid = str(said.get("sid", ""))
    within = claims.within([Scope(one) for one in provider.scopes])
    return Person(within, str(said["sub"]), sid, token)


def new_verifier() -> str:
    """Return a PKCE verifier."""
    return secrets.token_urlsafe(48)


def endpoints(provider: OidcProvider) -> Endpoints:
    """Return the addresses of a provider; raises LoginRefused."""
    try:
        content = get_json(provider.issuer.rstrip("/") + _DISCOVERY)
        found = msgspec.convert(content, Endpoints)
    except (RemoteFault, msgspec.ValidationError) as error:
        raise LoginRefused(issuer=provider.issuer, reason=error) from error
    if found.issuer.rstrip("/") != provider.issuer.rstrip("/"):
        raise LoginRefused(issuer=provider.issuer, reason=f"it calls itself {found.issuer[:200]}")
    return found


def _exchange(
    provider: OidcProvider, known: Endpoints, pending: Pending, code: str, redirect_uri: str
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": provider.client_id,
        "code_verifier": pending.verifier,
    }
    headers: dict[str, str] = {}
    if provider.client_secret:
        if "client_secret_basic" in known.token_endpoint_auth_methods_supported:
            pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_secret"] = provider.client_secret
    return post_form(known.token_endpoint, form, headers)


def _id_token(
    provider: OidcProvider, known: Endpoints, pending: Pending, token: str
) -> dict[str, Any]:
    """Check an ID token (OpenID Connect Core 1.0, 3.1.3.7); raises PyJWTError."""
    said = read_token(provider, known, token, ("exp", "iat", "sub", "aud", "iss", "nonce"))
    if not secrets.compare_digest(str(said["nonce"]).encode(), pending.nonce.encode()):
        raise jwt.InvalidTokenError("the nonce is of another login")
    if said.get("azp", provider.client_id) != provider.client_id:
        raise jwt.InvalidTokenError("it was given out for another client")
    return said


def read_token(
    provider: OidcProvider, known: Endpoints, token: str, required: Sequence[str]
) -> dict[str, Any]:
    """Check who signed a token, for whom and until when; raises PyJWTError and RemoteFault."""
    keys = jwt.PyJWKSet.from_dict(get_json(known.jwks_uri))
    said: dict[str, Any] = jwt.decode(
        token,
        _key(keys, jwt.get_unverified_header(token)),
        algorithms=_ALGORITHMS,
        audience=provider.client_id,
        issuer=known.issuer,
        leeway=_LEEWAY,
        options={"require": list(required)},
    )
    return said


def _key(keys: jwt.PyJWKSet, header: Mapping[str, Any]) -> jwt.PyJWK:
    fitting = [one for one in keys.keys if header.get("kid") in (None, one.key_id)]
    if not fitting:
        raise jwt.InvalidKeyError("the provider publishes no such key")
    return fitting[0]


def _texts(said: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = said.get(name, ())
    values = value if isinstance(value, list) else [value]
    return tuple(one for one in values if isinstance(one, str))
