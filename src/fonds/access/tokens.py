"""Personal tokens: JWT (RFC 7519, HS256) sent as Bearer, with scope, end and revocation.

A token names an institution and, if wanted, fewer collections than it has rights to. It holds no
name of a person. Files: `access/token.key` (the secret), `access/tokens.jsonl` (what was issued).
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
import msgspec

from fonds.access.keys import kept, secret
from fonds.errors import HomeNotWritable, TokenUnknown

_ALGORITHM = "HS256"
_AUDIENCE = "fonds"
_LONGEST = 8_192  # characters of a token that is looked at


class Issued(msgspec.Struct, frozen=True, omit_defaults=True):
    """One token that was given out, without its signature."""

    number: str
    institution: str
    created: int  # seconds since 1970
    expires: int
    collections: tuple[str, ...] = ()  # empty: all that the institution has rights to
    note: str = ""
    revoked: bool = False
    session: str = ""  # digest of the login it was taken out in


class Tokens:
    """The tokens of one home."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._folder = home / "access"
        self._clock = clock
        self._seen: tuple[tuple[int, int], bytes, frozenset[str]] | None = None

    def create(
        self,
        institution: str,
        *,
        days: int,
        collections: tuple[str, ...] = (),
        note: str = "",
        session: str = "",
    ) -> str:
        """Issue a token; raises HomeNotWritable."""
        now = int(self._clock())
        issued = Issued(
            secrets.token_hex(8),
            institution,
            now,
            now + days * 86_400,
            collections,
            note,
            session=session,
        )
        try:
            key = self._key(create=True)
            self._append(issued)
        except OSError as error:
            raise HomeNotWritable(path=self._folder, reason=error.strerror) from error
        claims: dict[str, Any] = {
            "aud": _AUDIENCE,
            "jti": issued.number,
            "sub": institution,
            "iat": issued.created,
            "exp": issued.expires,
        }
        if collections:
            claims["scope"] = " ".join(collections)
        return jwt.encode(claims, key, algorithm=_ALGORITHM)

    def revoke(self, number: str) -> Issued:
        """Make a token worthless from now on; raises TokenUnknown."""
        known = {one.number: one for one in self.issued()}
        if number not in known:
            raise TokenUnknown(number=number)
        revoked = msgspec.structs.replace(known[number], revoked=True)
        try:
            self._append(revoked)
        except OSError as error:
            raise HomeNotWritable(path=self._folder, reason=error.strerror) from error
        return revoked

    def issued(self) -> list[Issued]:
        """Return every token that was issued, as it stands now."""
        found: dict[str, Issued] = {}
        try:
            lines = (self._folder / "tokens.jsonl").read_bytes().splitlines()
        except FileNotFoundError:
            return []
        for line in lines:
            one = msgspec.json.decode(line, type=Issued)
            found[one.number] = one
        return list(found.values())

    def read(self, token: str) -> Issued | None:
        """Return what a token grants; None when it is forged, expired, revoked or no token."""
        state = self._state()
        if state is None or len(token) > _LONGEST:
            return None
        key, valid = state
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["exp", "jti", "sub"], "verify_exp": False},
            )
            found = msgspec.convert(claims, _Claims)
        except (jwt.PyJWTError, msgspec.ValidationError):
            return None
        if found.jti not in valid or found.exp <= self._clock():
            return None
        scope = tuple(found.scope.split())
        return Issued(found.jti, found.sub, found.iat, found.exp, scope)

    def _state(self) -> tuple[bytes, frozenset[str]] | None:
        """Return the key and the numbers that are not revoked, read again when they change."""
        try:
            status = (self._folder / "tokens.jsonl").stat()
            signature = (status.st_mtime_ns, status.st_size)
            if self._seen is None or self._seen[0] != signature:
                valid = frozenset(one.number for one in self.issued() if not one.revoked)
                self._seen = (signature, self._key(create=False), valid)
        except FileNotFoundError:
            return None
        return self._seen[1], self._seen[2]

    def _key(self, *, create: bool) -> bytes:
        path = self._folder / "token.key"
        return kept(path, secret) if create else path.read_bytes()

    def _append(self, issued: Issued) -> None:
        with (self._folder / "tokens.jsonl").open("ab") as file:
            file.write(msgspec.json.encode(issued) + b"\n")
            file.flush()
            os.fsync(file.fileno())


class _Claims(msgspec.Struct, frozen=True):
    jti: str
    sub: str
    exp: int
    iat: int = 0
    scope: str = ""
