"""Signing out at an OpenID Connect provider, and being told by one that somebody signed out.

OpenID Connect RP-Initiated Logout 1.0 and Back-Channel Logout 1.0.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import jwt
import msgspec

from fonds.access.federation import OidcProvider
from fonds.access.oidc import endpoints, read_token
from fonds.access.remote import RemoteFault
from fonds.errors import LoginRefused, LoginUnknown

_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_LIFE = 300.0  # seconds that a token without an end is good for
_LONGEST = 16_384  # characters of a token


class LogoutToken(msgspec.Struct, frozen=True):
    """A provider says that somebody signed out."""

    issuer: str
    number: str  # jti
    person: str  # sub
    indexes: tuple[str, ...]  # sid; none: all sessions of this person
    until: float


def logout_address(provider: OidcProvider, id_token: str, back: str, number: str) -> str:
    """Return where the browser goes to sign out; empty where the provider has no such address."""
    try:
        address = endpoints(provider).end_session_endpoint
    except LoginRefused:
        return ""
    if not address:
        return ""
    asked = {
        "client_id": provider.client_id,
        "post_logout_redirect_uri": back,
        "state": number,
        **({"id_token_hint": id_token} if id_token else {}),
    }
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def logout_token(providers: Sequence[OidcProvider], text: str) -> LogoutToken:
    """Return what a provider says, after all checks; raises LoginRefused and LoginUnknown."""
    issuer = "nobody"
    try:
        if len(text) > _LONGEST:
            raise jwt.InvalidTokenError("it is too long")
        issuer = str(jwt.decode(text, options={"verify_signature": False}).get("iss", issuer))
        provider = next((one for one in providers if one.issuer == issuer), None)
        if provider is None:
            raise LoginUnknown(issuer=issuer[:200])
        said = read_token(provider, endpoints(provider), text, ("iat", "aud", "iss", "jti", "sub"))
        return _read(provider, said)
    except (RemoteFault, jwt.PyJWTError) as error:
        raise LoginRefused(issuer=issuer[:200], reason=error) from error


def _read(provider: OidcProvider, said: dict[str, Any]) -> LogoutToken:
    if not isinstance(said.get("events"), dict) or _EVENT not in said["events"]:
        raise jwt.InvalidTokenError("it is no logout token")
    if "nonce" in said:  # an ID token must never pass for one
        raise jwt.InvalidTokenError("a logout token has no nonce")
    until = min(float(said.get("exp", said["iat"] + _LIFE)), said["iat"] + _LIFE) + _LIFE
    if until < time.time():
        raise jwt.InvalidTokenError("it is too old")
    indexes = (str(said["sid"]),) if said.get("sid") else ()
    return LogoutToken(provider.issuer, str(said["jti"]), str(said["sub"]), indexes, until)
