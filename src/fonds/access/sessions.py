"""Sessions and logins under way: signed statements that a browser keeps for us in cookies.

A session says which institutions, by which provider, until when; never who. What is signed is a JWT
(RFC 7519, HS256) with the key `access/session.key`; its audience says what it is for, so that none
can be taken for another, or for a token. What only we may read again is sealed (AES-GCM).
"""

from __future__ import annotations

import base64
import binascii
import secrets
import time
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Literal, TypeVar

import jwt
import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fonds.access.keys import kept, secret
from fonds.access.logins import Logins
from fonds.access.once import Once
from fonds.errors import HomeNotWritable

Way = Literal["saml", "oidc", "proxy"]
Statement = TypeVar("Statement", bound=msgspec.Struct)
_ALGORITHM = "HS256"
_LONGEST = 4_096  # characters: a browser keeps no more
_NONCE = 12  # bytes


class Session(msgspec.Struct, frozen=True):
    """Somebody who is signed in."""

    institutions: tuple[str, ...]
    issuer: str  # who vouched
    way: Way
    number: str = ""


class Pending(msgspec.Struct, frozen=True):
    """A login that has begun; `number` is known to the browser and to the provider."""

    number: str
    issuer: str
    target: str  # where to go afterwards
    nonce: str = ""  # of OpenID Connect
    verifier: str = ""  # of PKCE


class Ticket(msgspec.Struct, frozen=True):
    """What a SAML answer said, carried to the browser that asked for it."""

    number: str  # of the login under way
    session: Session
    attributes: tuple[str, ...] = ()  # names of those that came
    departure: str = ""  # sealed


class Departure(msgspec.Struct, frozen=True):
    """What signing out at a provider needs; sealed, and kept by the reader's browser alone."""

    issuer: str
    person: str  # as the provider names them
    qualifiers: dict[str, str] = {}  # of that name (SAML)
    index: str = ""  # of the provider's session
    id_token: str = ""  # OpenID Connect
    until: int = 0


class Leaving(msgspec.Struct, frozen=True):
    """A logout that a provider has been asked for."""

    number: str
    issuer: str


class Left(msgspec.Struct, frozen=True):
    """What a provider said of a logout, carried to the browser that asked for it."""

    number: str  # of the logout
    everywhere: bool


class Sessions:
    """The signatures of one home."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = home / "access" / "session.key"
        self._clock = clock
        self._once = Once(home, clock=clock)
        self._logins = Logins(home, clock=clock)
        self._key = b""

    def sign(self, statement: msgspec.Struct, *, seconds: int) -> str:
        """Return a statement as signed text that is worthless after some time.

        Raises HomeNotWritable.
        """
        now = int(self._clock())
        claims = {
            "aud": _audience(type(statement)),
            "iat": now,
            "exp": now + seconds,
            "say": msgspec.to_builtins(statement),
        }
        try:
            return jwt.encode(claims, self._secret(create=True), algorithm=_ALGORITHM)
        except OSError as error:
            raise HomeNotWritable(path=self._path, reason=error.strerror) from error

    def read(self, kind: type[Statement], text: str) -> Statement | None:
        """Return a statement; None when it is forged, expired or of another kind."""
        if not text or len(text) > _LONGEST:
            return None
        try:
            claims = jwt.decode(
                text,
                self._secret(create=False),
                algorithms=[_ALGORITHM],
                audience=_audience(kind),
                options={"require": ["exp"], "verify_exp": False, "verify_iat": False},
            )
            if int(claims["exp"]) <= self._clock():
                return None
            return msgspec.convert(claims["say"], kind)
        except (jwt.PyJWTError, msgspec.ValidationError, OSError, KeyError, TypeError, ValueError):
            return None

    def session(self, text: str) -> Session | None:
        """Return a session that has not been ended."""
        found = self.read(Session, text)
        return None if found is None or self._once.used(f"session {found.number}") else found

    def end(self, session: Session, *, seconds: int) -> None:
        """Make a session worthless, also where its cookie was copied. Raises HomeNotWritable."""
        self.spend(f"session {session.number}", seconds=seconds)

    def note(self, departure: Departure, session: Session) -> None:
        """Remember by whom a session can be ended. Raises HomeNotWritable."""
        one = departure
        try:
            self._logins.note(one.issuer, one.person, one.index, session.number, until=one.until)
        except OSError as error:
            raise HomeNotWritable(path=self._path.parent, reason=error.strerror) from error

    def end_of(self, issuer: str, person: str, indexes: Sequence[str] = (), *, seconds: int) -> int:
        """End the sessions that a provider means, and return how many. Raises HomeNotWritable."""
        numbers = self._logins.take(issuer, person, indexes)
        for number in numbers:
            self.spend(f"session {number}", seconds=seconds)
        return len(numbers)

    def seal(self, statement: Departure) -> str:
        """Return a statement as text that nobody else can read; raises HomeNotWritable."""
        nonce, plain = secrets.token_bytes(_NONCE), msgspec.json.encode(statement)
        try:
            sealed = AESGCM(self._sealing(create=True)).encrypt(nonce, plain, b"departure")
        except OSError as error:
            raise HomeNotWritable(path=self._path, reason=error.strerror) from error
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def unseal(self, text: str) -> Departure | None:
        """Return a sealed statement; None when it is forged or expired."""
        if not text or len(text) > _LONGEST:
            return None
        try:
            data = base64.urlsafe_b64decode(text.encode("ascii"))
            cipher = AESGCM(self._sealing(create=False))
            plain = cipher.decrypt(data[:_NONCE], data[_NONCE:], b"departure")
        except (binascii.Error, InvalidTag, OSError, ValueError):
            return None
        found = msgspec.json.decode(plain, type=Departure)
        return found if found.until > self._clock() else None

    def _sealing(self, *, create: bool) -> bytes:
        return blake2b(self._secret(create=create), digest_size=32, person=b"fonds-seal").digest()

    def spend(self, name: str, *, seconds: float) -> bool:
        """Note something that may happen once; False when it had. Raises HomeNotWritable."""
        return self.spend_until(name, self._clock() + seconds)

    def spend_until(self, name: str, until: float) -> bool:
        """Note something that may happen once until a moment; raises HomeNotWritable."""
        try:
            return self._once.use(name, until=until)
        except OSError as error:
            raise HomeNotWritable(path=self._path.parent, reason=error.strerror) from error

    def _secret(self, *, create: bool) -> bytes:
        if not self._key:
            self._key = kept(self._path, secret) if create else self._path.read_bytes()
        return self._key


def new_number() -> str:
    """Return a number that nobody guesses."""
    return secrets.token_hex(20)


def _audience(kind: type[msgspec.Struct]) -> str:
    return f"fonds-{kind.__name__.lower()}"
