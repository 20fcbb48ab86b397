"""A plan: what one export holds, fixed to a snapshot, under a name that says it all.

The name is a digest of the request and of the documents in their order: the same request on the
same snapshot has the same name and gives the same bytes. Plans are kept on disk for as long as
someone may wish to resume a download; `archive/` is not involved, they can be deleted.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import struct
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from fonds.errors import HomeNotWritable, NotThere
from fonds.search.engine import Ords
from fonds.settings import CorporaSettings

_MAGIC = b"FONDSPL1"
_HEAD = struct.Struct("<8sI")
_KEY = re.compile(r"[0-9a-f]{32}")


class Snapshot(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """The archive as an export saw it."""

    last_ord: int  # of the index
    time: float  # of the last load, seconds since 1970
    documents: int
    turn: int = 0  # number of the last batch of enrichments that goes out


class Asked(msgspec.Struct, frozen=True, rename="camel"):
    """What was asked."""

    query: str  # as typed
    tree: str  # the query as understood, in Lucene syntax with OR between words
    parameters: dict[str, str]  # as given, in the order of the contract
    extract: str  # the selection, written out
    archive_type: str
    total: int  # documents the query finds
    size: int  # documents asked for


class Plan(msgspec.Struct, frozen=True):
    """What one export holds."""

    asked: Asked
    snapshot: Snapshot
    rights: str  # key of what was withheld
    ords: Ords  # in the order of the result

    @property
    def key(self) -> str:
        """Return the name of the plan."""
        digest = hashlib.sha256(self.head())
        digest.update(np.ascontiguousarray(self.ords, "<u4").data)
        return digest.hexdigest()[:32]

    def head(self) -> bytes:
        """Return everything but the list of documents."""
        return msgspec.json.encode(_Head(self.asked, self.snapshot, self.rights))


class _Head(msgspec.Struct, frozen=True):
    asked: Asked
    snapshot: Snapshot
    rights: str


class PlanStore:
    """The plans of one home, in one folder; bounded in age and bytes."""

    def __init__(
        self, folder: Path, settings: CorporaSettings, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._clock = clock

    def keep(self, plan: Plan, request: str = "") -> str:
        """Keep a plan and return its name; `request` is found again by `last`.

        Raises HomeNotWritable.
        """
        key = plan.key
        path = self._path(key)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if path.exists():
                os.utime(path)
            else:
                head = plan.head()
                body = np.ascontiguousarray(plan.ords, "<u4")
                _write(path, _HEAD.pack(_MAGIC, len(head)) + head, body.data)
                self.sweep()
            if request:
                _write(self._request(request), key.encode())
        except OSError as error:
            raise HomeNotWritable(path=self._folder, reason=error.strerror) from error
        return key

    def read(self, key: str) -> Plan:
        """Return a plan by its name; raises NotThere when it is not kept (any more)."""
        try:
            if _KEY.fullmatch(key) is None:  # also keeps names from leaving the folder
                raise FileNotFoundError(key)
            path = self._path(key)
            with path.open("rb") as file:
                magic, size = _HEAD.unpack(file.read(_HEAD.size))
                head = msgspec.json.decode(file.read(size), type=_Head)
                ords = np.frombuffer(file.read(), "<u4")
            if magic != _MAGIC:
                raise FileNotFoundError(key)
            os.utime(path)
        except (FileNotFoundError, struct.error, msgspec.DecodeError) as error:
            raise NotThere(what="export", name=key[:80]) from error
        return Plan(head.asked, head.snapshot, head.rights, ords)

    def last(self, request: str) -> Plan | None:
        """Return what a request gave the last time, if it is still kept."""
        try:
            return self.read(self._request(request).read_text("ascii"))
        except (FileNotFoundError, UnicodeDecodeError, NotThere):
            return None

    def sweep(self) -> None:
        """Remove what nobody used for long, then what was used longest ago beyond the limit."""
        kept = []
        for path in self._folder.iterdir():
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            if status.st_mtime < self._clock() - self._settings.plan_seconds:
                path.unlink(missing_ok=True)
            else:
                kept.append((status.st_mtime, status.st_size, path))
        used = 0
        for count, (_, size, path) in enumerate(sorted(kept, reverse=True)):
            used += size
            if used > self._settings.plan_bytes and count:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.plan"

    def _request(self, request: str) -> Path:
        return self._folder / f"{hashlib.sha256(request.encode()).hexdigest()[:32]}.request"


def _write(path: Path, *parts: bytes | memoryview) -> None:
    """Write a file so that it is there wholly or not at all."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with fresh.open("wb") as file:
            for part in parts:
                file.write(part)
        fresh.rename(path)
    finally:
        fresh.unlink(missing_ok=True)
