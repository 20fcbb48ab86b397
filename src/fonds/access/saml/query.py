"""Metadata of one provider on demand (MDQ: draft-young-md-query, draft-young-md-query-saml).

A signed answer is kept in `access/mdq/` and in memory until it is old; where the service cannot be
reached, the last answer stays in force until its validUntil. What nobody knows is not asked again
for a minute, and only so many unknown names are asked for in a minute: anybody can make them up.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from urllib.parse import quote

import msgspec

from fonds.access.federation import Federation, MetadataQuery
from fonds.access.remote import RemoteFault, get_metadata
from fonds.access.saml.metadata import read_certificate, read_metadata
from fonds.access.saml.provider import IdentityProvider
from fonds.errors import MetadataInvalid

_MINUTE = 60.0
_MOST_UNKNOWN = 30  # asked for in a minute by one process
_MOST_KEPT = 2_000  # in memory
_MOST_BYTES = 4 * 1024 * 1024  # of one provider's metadata
_LONGEST = 1_024  # characters of an entityID (SAML 2.0 Metadata 2.2.1)


class Answer(msgspec.Struct, frozen=True):
    """What a service said of one provider."""

    provider: IdentityProvider | None
    until: float  # seconds since 1970 (validUntil)
    fresh: float  # until then it is not asked again


class MetadataQueries:
    """Asks the services of one home."""

    def __init__(
        self,
        home: Path,
        federation: Callable[[], Federation],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._home = home
        self._federation = federation
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, Answer] = {}
        self._unknown: deque[float] = deque(maxlen=_MOST_UNKNOWN)

    def find(self, entity_id: str) -> IdentityProvider | None:
        """Return a provider that one of the services vouches for."""
        services = self._federation().queries
        if not services or not 0 < len(entity_id) <= _LONGEST:
            return None
        now = self._clock()
        known = self._known(entity_id)
        if known is not None and known.fresh > now:
            return known.provider if known.provider is None or known.until > now else None
        if known is None and not self._may_ask(now):
            return None
        found = self._asked(services, entity_id, known, now)
        self._keep(entity_id, found)
        return found.provider

    def _asked(
        self,
        services: tuple[MetadataQuery, ...],
        entity_id: str,
        known: Answer | None,
        now: float,
    ) -> Answer:
        withdrawn = True
        for service in services:
            try:
                return self._fetched(service, entity_id, now)
            except RemoteFault as fault:
                withdrawn &= fault.status in (404, 410)
            except (MetadataInvalid, OSError):
                withdrawn = False
        if known is not None and known.until > now and not withdrawn:
            return msgspec.structs.replace(known, fresh=now + _MINUTE)
        return Answer(None, 0.0, now + _MINUTE)

    def _fetched(self, service: MetadataQuery, entity_id: str, now: float) -> Answer:
        address = f"{service.url.rstrip('/')}/entities/{quote(entity_id, safe='')}"
        data = get_metadata(address, most=_MOST_BYTES)
        pem = (self._home / service.certificate).read_bytes()
        certificate = read_certificate(service.certificate, pem)
        source = read_metadata(address, data, certificate, now=now)
        provider = next((one for one in source.providers if one.entity_id == entity_id), None)
        fresh = min(source.until, now + service.hours * 3_600)
        return Answer(provider, source.until, fresh)

    def _may_ask(self, now: float) -> bool:
        with self._lock:
            if len(self._unknown) == _MOST_UNKNOWN and now - self._unknown[0] < _MINUTE:
                return False
            self._unknown.append(now)
            return True

    def _known(self, entity_id: str) -> Answer | None:
        found = self._kept.get(entity_id)
        if found is None:
            try:
                found = msgspec.json.decode(self._path(entity_id).read_bytes(), type=Answer)
            except (OSError, msgspec.DecodeError):
                return None
        return found

    def _keep(self, entity_id: str, answer: Answer) -> None:
        with self._lock:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[entity_id] = answer
        if answer.provider is None:
            return  # names that anybody makes up fill no disk
        path = self._path(entity_id)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(msgspec.json.encode(answer))
            draft.replace(path)
        except OSError:  # a home that cannot be written: asked again after a restart
            draft.unlink(missing_ok=True)

    def _path(self, entity_id: str) -> Path:
        name = sha1(entity_id.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        return self._home / "access" / "mdq" / f"{name}.json"
