"""The gate: who stands before it, and what they may read.

Every way to a document's text asks here. The rights are read again when their file changes; a file
that cannot be read leaves the rights as they were and says so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from fonds.access.membership import institutions_of
from fonds.access.rights import Rights, read_rights
from fonds.access.sessions import Session, Sessions
from fonds.access.shibboleth import Headers, claims_of
from fonds.access.tokens import Tokens
from fonds.errors import SettingInvalid

Mode = Literal["", "ip", "fede", "jwt", "operator"]
Ways = frozenset[str]
_OPEN = "isOpenAccess"
_BEARER = "bearer "
_MOST_HOPS = 20  # of X-Forwarded-For that are looked at
_WAYS: Ways = frozenset({"jwt", "fede", "ip"})


class Visitor(msgspec.Struct, frozen=True):
    """Who asks. Nothing of it identifies a person."""

    institutions: frozenset[str] = frozenset()
    scope: tuple[str, ...] = ()  # of a token: only these collections; empty: all
    mode: Mode = ""  # how they were recognised


OPERATOR = Visitor(mode="operator")  # at the command line, beside the files themselves


class Caller(msgspec.Struct, frozen=True):
    """What a request says of who sends it; nothing of it is believed yet."""

    peer: str  # address of the other end of the connection
    forwarded: str = ""  # X-Forwarded-For
    authorization: str = ""
    ways: str = ""  # the parameter `auth`
    session: str = ""  # the cookie
    headers: Headers = lambda name: ()  # every other header


class Gate:
    """Decides over one home."""

    def __init__(self, home: Path, *, today: Callable[[], date] = date.today) -> None:
        self._path = home / "access.toml"
        self.tokens = Tokens(home)
        self.sessions = Sessions(home)
        self._today = today
        self._lock = threading.Lock()
        self._signature: tuple[int, int] | None = None
        self.problem: SettingInvalid | None = None  # of the file as it is now
        self._rights = read_rights(self._path)
        self._signature = self._stamp()

    @property
    def rights(self) -> Rights:
        """Return the rights in force."""
        stamp = self._stamp()
        if stamp != self._signature:
            with self._lock:
                self._reload(stamp)
        return self._rights

    def visitor(self, caller: Caller) -> Visitor:
        """Recognise who asks: by token, else by login and address.

        What is no valid token or session is ignored; X-Forwarded-For and the headers of a login are
        believed from configured proxies alone. `auth` leaves ways out that it does not name; a
        token always counts.
        """
        rights = self.rights
        scheme = caller.authorization[: len(_BEARER)].lower()
        issued = None
        if scheme == _BEARER:
            issued = self.tokens.read(caller.authorization[len(_BEARER) :].strip())
        if issued is not None:
            return Visitor(frozenset({issued.institution}), issued.collections, "jwt")
        ways = ways_of(caller.ways)
        login = self.login(caller) if "fede" in ways else None
        found = frozenset(login.institutions) if login is not None else frozenset()
        if "ip" in ways:
            address = _client(rights, caller.peer, caller.forwarded)
            found |= rights.networks.institutions(address)
        mode: Mode = "fede" if login is not None else "ip"
        return Visitor(found, (), mode) if found else Visitor()

    def visitor_of(self, session: Session) -> Visitor:
        """Return who is signed in as a visitor."""
        return Visitor(frozenset(session.institutions), (), "fede")

    def login(self, caller: Caller) -> Session | None:
        """Return who is signed in: by the session of a cookie, or at a trusted proxy."""
        session = self.sessions.session(caller.session) if caller.session else None
        if session is not None:
            return session
        rights = self.rights
        if not rights.shibboleth.institutions(caller.peer):
            return None
        claims = claims_of(rights.federation.headers, caller.headers)
        if claims is None:
            return None
        found = tuple(sorted(institutions_of(rights.members, claims)))
        return Session(found, claims.issuer, "proxy") if found else None

    def address(self, peer: str, forwarded: str) -> str:
        """Return the address that asks: the last one that no trusted proxy has."""
        return _client(self.rights, peer, forwarded)

    def allows(self, visitor: Visitor, collection: str, content_type: str = "") -> bool:
        """Tell whether the text and files of a document may be read.

        `content_type` is the record's `accessCondition.contentType`.
        """
        rule = self.rights.rule(collection)
        if rule.access == "open" or (rule.open_access and content_type == _OPEN):
            return True
        return self.entitled(visitor, collection)

    def entitled(self, visitor: Visitor, collection: str) -> bool:
        """Tell whether somebody has rights to a whole collection."""
        if visitor.mode == "operator" or self.rights.rule(collection).access == "open":
            return True
        if visitor.scope and collection not in visitor.scope:
            return False
        today = self._today()
        return any(self.rights.entitled(one, collection, today) for one in visitor.institutions)

    def closed(self, visitor: Visitor, collections: Sequence[str]) -> tuple[str, ...]:
        """Return the collections that somebody may not read, in order."""
        if not self.rights.restricts:
            return ()
        return tuple(name for name in collections if not self.entitled(visitor, name))

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_size

    def _reload(self, stamp: tuple[int, int] | None) -> None:
        if stamp is None and self._signature is not None:
            # a file that vanishes must not open everything: it is put back, or the server restarted
            self.problem = SettingInvalid(path=self._path, reason="it is not there any more")
            return
        try:
            self._rights = read_rights(self._path)
            self.problem = None
        except SettingInvalid as error:
            self.problem = error
        self._signature = stamp


def ways_of(text: str) -> Ways:
    """Return the ways to be recognised that the parameter `auth` names; all, if it names none."""
    return frozenset(part.strip() for part in text.split(",")) & _WAYS or _WAYS


def _client(rights: Rights, peer: str, forwarded: str) -> str:
    """Return the address that asks: the last one that no trusted proxy has."""
    address = peer
    for hop in reversed(forwarded.split(",")[-_MOST_HOPS:]):
        if not rights.proxies.institutions(address):
            return address
        address = hop.strip() or address
    return address
