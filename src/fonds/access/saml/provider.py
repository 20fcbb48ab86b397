"""Identity providers as this archive keeps them: what a login needs of a federation's metadata.

`fonds federation refresh` reads and checks the metadata and writes `access/providers.json`; the
server reads that file alone, so that a federation of thousands costs it little. What has expired
is not used.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from fonds.access.membership import Scope
from fonds.errors import HomeNotWritable

_NAME = "providers.json"


class IdentityProvider(msgspec.Struct, frozen=True, omit_defaults=True):
    """One identity provider."""

    entity_id: str
    sso: str  # address of its single sign-on service, HTTP-Redirect binding
    certificates: tuple[str, ...]  # of the keys it signs with, DER in Base64
    scopes: tuple[Scope, ...] = ()
    names: Mapping[str, str] = {}  # language -> name for readers
    hidden: bool = False  # asks not to be shown in lists
    wants_signed: bool = False  # requests to sign in (WantAuthnRequestsSigned)
    slo: str = ""  # address of its single logout service, HTTP-Redirect binding
    slo_answers: str = ""  # where it takes answers to its logouts, if elsewhere
    slo_post: str = ""  # the same for the HTTP-POST binding
    slo_post_answers: str = ""
    slo_soap: str = ""  # and for SOAP, where answers come at once

    @property
    def signs_out(self) -> bool:
        """Tell whether it can be asked to sign somebody out."""
        return bool(self.slo or self.slo_post or self.slo_soap)

    def name(self, language: str) -> str:
        """Return its name for readers."""
        return (
            self.names.get(language)
            or self.names.get("en")
            or next(iter(self.names.values()), self.entity_id)
        )


class Source(msgspec.Struct, frozen=True):
    """The identity providers of one file of metadata."""

    file: str
    until: float  # seconds since 1970 (validUntil); 0: the file does not say
    signed: bool
    providers: tuple[IdentityProvider, ...]


class Providers:
    """The identity providers of one home, read again when they change."""

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = home / "access" / _NAME
        self._clock = clock
        self._stamp: tuple[int, int] = (0, 0)
        self._sources: tuple[Source, ...] = ()
        self._found: dict[str, tuple[float, IdentityProvider]] = {}

    def find(self, entity_id: str) -> IdentityProvider | None:
        """Return the provider of an entityID, unless its metadata has expired."""
        self._read()
        until, provider = self._found.get(entity_id, (0.0, None))
        return provider if provider is not None and self._valid(until) else None

    def all(self) -> tuple[IdentityProvider, ...]:
        """Return every provider whose metadata is valid."""
        self._read()
        return tuple(one for until, one in self._found.values() if self._valid(until))

    def sources(self) -> tuple[Source, ...]:
        """Return the files of metadata as they were read."""
        self._read()
        return self._sources

    def write(self, sources: tuple[Source, ...]) -> None:
        """Put others in their place, at once; raises HomeNotWritable."""
        draft = self._path.with_name(f".{_NAME}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(msgspec.json.encode(sources))
            draft.replace(self._path)
        except OSError as error:
            raise HomeNotWritable(path=self._path, reason=error.strerror) from error

    def _valid(self, until: float) -> bool:
        return until == 0 or until > self._clock()

    def _read(self) -> None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp == self._stamp:
            return
        sources = msgspec.json.decode(self._path.read_bytes(), type=tuple[Source, ...])
        found: dict[str, tuple[float, IdentityProvider]] = {}
        for source in sources:
            for one in source.providers:
                found.setdefault(one.entity_id, (source.until, one))
        self._sources, self._found, self._stamp = sources, found, stamp
