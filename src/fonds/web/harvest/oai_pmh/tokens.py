"""Resumption tokens: the question and the place reached, signed; the server remembers nothing."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec

from fonds.web.harvest.oai_pmh.faults import OaiFault

_SIGNATURE = 12  # bytes
_LONGEST = 2_000  # characters


class Place(msgspec.Struct, frozen=True, array_like=True):
    """How far a list has come."""

    verb: str
    prefix: str
    since: str
    until: str
    set: str
    last: int  # ord of the last record given
    given: int  # records given before
    size: int  # of the whole list when it was begun


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Place).decode


def seal(place: Place, key: bytes) -> str:
    """Write a token."""
    data = _encode(place)
    return urlsafe_b64encode(_sign(data, key) + data).decode().rstrip("=")


def unseal(token: str, verb: str, key: bytes) -> Place:
    """Read a token of ours for this verb; raises OaiFault."""
    try:
        if len(token) > _LONGEST:
            raise ValueError(token)
        data = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
        if not hmac.compare_digest(data[:_SIGNATURE], _sign(data[_SIGNATURE:], key)):
            raise ValueError(token)
        place = _decode(data[_SIGNATURE:])
    except (ValueError, msgspec.DecodeError) as error:
        raise OaiFault("badResumptionToken", "this server never gave this token") from error
    if place.verb != verb:
        raise OaiFault("badResumptionToken", f"the token belongs to {place.verb}")
    return place


def _sign(data: bytes, key: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()[:_SIGNATURE]
