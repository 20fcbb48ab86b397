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

from fonds.access.rights import Rights, read_rights
from fonds.access.tokens import Tokens
from fonds.errors import SettingInvalid

Mode = Literal["", "ip", "jwt", "operator"]
_OPEN = "isOpenAccess"
_BEARER = "bearer "
_MOST_HOPS = 20  # of X-Forwarded-For that are looked at


class Visitor(msgspec.Struct, frozen=True):
    """Who asks. Nothing of it identifies a person."""

    institutions: frozenset[str] = frozenset()
    scope: tuple[str, ...] = ()  # of a token: only these collections; empty: all
    mode: Mode = ""  # how they were recognised


OPERATOR = Visitor(mode="operator")  # at the command line, beside the files themselves


class Gate:
    """Decides over one home."""

    def __init__(self, home: Path, *, today: Callable[[], date] = date.today) -> None:
        self._path = home / "access.toml"
        self._tokens = Tokens(home)
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

    def visitor(self, peer: str, forwarded: str, authorization: str, ways: str = "") -> Visitor:
        """Recognise who asks: by token, else by address.

        `forwarded` is X-Forwarded-For, believed only from trusted proxies; `ways` is the parameter
        `auth` ("jwt" alone leaves the address out). What is no valid token is ignored.
        """
        rights = self.rights
        scheme = authorization[: len(_BEARER)].lower()
        issued = None
        if scheme == _BEARER:
            issued = self._tokens.read(authorization[len(_BEARER) :].strip())
        if issued is not None:
            return Visitor(frozenset({issued.institution}), issued.collections, "jwt")
        if ways.strip() == "jwt":
            return Visitor()
        found = rights.networks.institutions(_client(rights, peer, forwarded))
        return Visitor(found, (), "ip") if found else Visitor()

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


def _client(rights: Rights, peer: str, forwarded: str) -> str:
    """Return the address that asks: the last one that no trusted proxy has."""
    address = peer
    for hop in reversed(forwarded.split(",")[-_MOST_HOPS:]):
        if not rights.proxies.institutions(address):
            return address
        address = hop.strip() or address
    return address
