"""Writes down what was used, in a thread of its own."""

from __future__ import annotations

import logging
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from starlette.requests import Request

from fonds.access.gate import Visitor
from fonds.access.usage.counting import DOUBLE_CLICK
from fonds.access.usage.event_log import DAY, EventLog, day_before, day_of, days_of
from fonds.access.usage.events import AccessMethod, Event, Kind, pack_ords
from fonds.access.usage.gathering import GRACE, gather, usage_folder
from fonds.access.usage.robots import is_crawler, is_robot
from fonds.access.usage.salts import Salts
from fonds.archive.archive import Archive
from fonds.errors import FondsError
from fonds.settings import Settings
from fonds.web.exported import exported
from fonds.web.services import Services
from fonds.web.uses import Use
from fonds.web.visitors import SESSION_COOKIE, Openness, access_type, openness, visitor_of

_LOG = logging.getLogger(__name__)
_CHECK_SECONDS = 600  # between looks for finished days
_REMEMBERED = 20_000  # documents
_REMEMBER_SECONDS = 60
_PREFETCH = frozenset({"prefetch", "preview"})


class Seen(msgspec.Struct, frozen=True):
    """An answer that used something."""

    time: int  # milliseconds since 1970
    use: Use
    kind: Kind
    scope: Any  # of the request, which is read only
    location: str = ""  # Content-Location of the answer: an export's name


class _Found(msgspec.Struct, frozen=True):
    """A document as events name it."""

    ords: bytes
    text: Openness


class _Known:
    """Documents that were looked up lately: a reader opens one in several forms."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._found: dict[str, _Found | None] = {}
        self._until = 0.0

    def find(self, name: str) -> _Found | None:
        """Return a document by its id or ARK; None when there is none."""
        if time.monotonic() > self._until or len(self._found) >= _REMEMBERED:
            self._found = {}  # a new version is seen after a minute; it is the same item
            self._until = time.monotonic() + _REMEMBER_SECONDS
        if name not in self._found:
            by_ark = name.startswith("ark:")
            document = self._archive.by_ark(name) if by_ark else self._archive.by_id(name)
            self._found[name] = (
                _Found(pack_ords([document.ord]), openness(document.record)) if document else None
            )
        return self._found[name]


class Recorder:
    """Records what one server process gives out, and has finished days counted."""

    def __init__(self, services: Services) -> None:
        self._services = services
        folder = usage_folder(services.home)
        self._folder = folder
        self._log = EventLog(folder / "events")
        self._salts = Salts(folder / "salts")
        self._known = _Known(services.archive)
        self._queue: queue.SimpleQueue[Seen | None] = queue.SimpleQueue()
        self._counting: Any = None  # the process that counts
        self._thread = threading.Thread(target=self._run, name="usage", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def record(self, seen: Seen) -> None:
        """Take something to write down; never waits."""
        self._queue.put(seen)

    def close(self) -> None:
        """Write what is left, and end."""
        self._queue.put(None)
        if self._thread.ident is not None:
            self._thread.join()
        self._log.close()

    def write_waiting(self) -> None:
        """Write what waits, in the thread of who calls."""
        while not self._queue.empty():
            seen = self._queue.get()
            if seen is not None:
                self._write(seen)

    def _run(self) -> None:
        due = 0.0
        while True:
            if time.monotonic() >= due:
                self._count_finished()
                due = time.monotonic() + _CHECK_SECONDS
            try:
                seen = self._queue.get(timeout=_CHECK_SECONDS)
            except queue.Empty:
                continue
            if seen is None:
                return
            self._write(seen)

    def _write(self, seen: Seen) -> None:
        try:
            self._log.append(self._events(seen))
        except (OSError, FondsError):  # usage must never stand in the way of reading
            _LOG.exception("usage was not recorded")

    def _events(self, seen: Seen) -> Iterator[Event]:
        request = Request(seen.scope)
        if _PREFETCH & set(request.headers.get("sec-purpose", "").split(";")):
            return
        visitor = visitor_of(request, self._services)
        agent = request.headers.get("user-agent", "")
        mines = visitor.mode == "jwt" or seen.use.kind == "export"
        # who shows a token is known; whoever else takes out a corpus may do so by a program
        if visitor.mode != "jwt" and (is_crawler(agent) if mines else is_robot(agent)):
            return
        day = day_of(seen.time)
        path, query = seen.scope["path"], seen.scope["query_string"].decode("latin-1")
        again = str(seen.time) if seen.scope["method"] == "POST" else ""  # bodies differ
        user = self._user(request, visitor, agent)
        event = Event(
            time=seen.time,
            user=self._salts.digest(day, *user),
            address=self._salts.digest(day, path, query, again),
            kind=seen.kind,
            method=_method(mines),
            customers=tuple(sorted(visitor.institutions)),
        )
        before = day_before(seen.time) if seen.time % DAY <= DOUBLE_CLICK else ""
        for one in self._of_documents(seen, event, visitor):
            yield one
            if before:
                yield msgspec.structs.replace(
                    one,
                    user=self._salts.digest(before, *user),
                    address=self._salts.digest(before, path, query, again),
                    ords=b"",
                    echo=True,
                )

    def _of_documents(self, seen: Seen, event: Event, visitor: Visitor) -> Iterator[Event]:
        if seen.use.kind == "search":
            yield event
        elif seen.use.kind == "export":
            for kind, access, ords in exported(self._services, visitor, seen.location):
                packed = pack_ords(ords)
                yield msgspec.structs.replace(event, kind=kind, access=access, ords=packed)
        else:
            found = self._known.find(seen.use.document)
            if found is not None:
                access = access_type(self._services, found.text)
                yield msgspec.structs.replace(event, access=access, ords=found.ords)

    def _user(self, request: Request, visitor: Visitor, agent: str) -> tuple[str, ...]:
        """Return what tells users apart: the login, else address and browser."""
        if visitor.mode == "jwt":
            return ("token", request.headers.get("authorization", ""))
        session = request.cookies.get(SESSION_COOKIE, "")
        if session and visitor.mode not in ("", "ip"):
            return ("login", session)
        peer = request.client.host if request.client is not None else ""
        forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
        return ("address", self._services.gate.address(peer, forwarded), agent)

    def _count_finished(self) -> None:
        """Have finished days counted by another process, so that no request waits for it."""
        today = day_of(int((time.time() - GRACE) * 1000))
        if self._counting is not None and self._counting.is_alive():
            return
        if any(day < today for day in days_of(self._folder / "events")):
            context = multiprocessing.get_context("spawn")
            arguments = (self._services.home, self._services.settings)
            self._counting = context.Process(target=count_days, args=arguments, daemon=True)
            self._counting.start()


def _method(mines: bool) -> AccessMethod:
    return "TDM" if mines else "Regular"


def count_days(home: Path, settings: Settings) -> None:
    """Count the finished days of a home, politely."""
    os.nice(10)
    with Archive.open(home, settings) as archive:
        gather(home, archive)
