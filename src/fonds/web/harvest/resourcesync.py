"""ResourceSync 1.1: a mirror of every file that whoever asks may read (ANSI/NISO Z39.99-2017).

Source description, capability list, resource list and change list. The lists are made for who asks:
of a closed collection they name records alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from fonds.access.gate import Visitor
from fonds.archive.arrivals import Arrival, Stretch
from fonds.archive.model import StoredFile
from fonds.errors import NotThere
from fonds.renditions.xml_text import attribute
from fonds.web.api.searching import base_url
from fonds.web.harvest.datestamps import datestamp
from fonds.web.harvest.digests import Digests
from fonds.web.harvest.lists import Place, moment, sitemap, sitemap_index
from fonds.web.harvest.windows import Window, windows
from fonds.web.services import Services
from fonds.web.visitors import may_read, visitor_of

WIDTH = 2_000  # documents in one list
_CHANGES = 31 * 86_400  # seconds that a change list looks back
_DAY = 86_400
_TYPE = "application/xml; charset=utf-8"
_RS = ' xmlns:rs="http://www.openarchives.org/rs/terms/"'
_KINDS = {"fulltext": "fulltext", "metadata": "record", "annexes": "annexes", "covers": "covers"}
_Lister = Callable[[Window, Visitor, str], Iterator[Place]]


class ResourceSync:
    """The documents of ResourceSync of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._digests = Digests(services.home, services.archive)

    async def source(self, request: Request) -> Response:
        """Describe the source: it has one set of resources."""
        base = base_url(request, self._services)
        place = Place(f"{base}/resourcesync/capabilitylist.xml", 0, _md("capabilitylist"))
        return _answer(sitemap([place], _head(_md("description")), _RS))

    async def capabilities(self, request: Request) -> Response:
        """Name the lists."""
        base = base_url(request, self._services)
        names = ("resourcelist", "changelist")
        places = [Place(f"{base}/resourcesync/{one}.xml", 0, _md(one)) for one in names]
        head = _head(_up(f"{base}/.well-known/resourcesync"), _md("capabilitylist"))
        return _answer(sitemap(places, head, _RS))

    async def list(self, request: Request) -> Response:
        """Answer with the list of lists of a kind."""
        kind = _kind(request)
        base = base_url(request, self._services)
        found = windows(self._stretches(kind), WIDTH)
        places = [
            Place(f"{base}/resourcesync/{kind}-{one.number}.xml", one.time, _md(kind, "at"))
            for one in found
        ]
        return _answer(sitemap_index(places, self._list_head(kind, base), _RS))

    async def part(self, request: Request) -> Response:
        """Answer with one list of a kind."""
        kind = _kind(request)
        number: int = request.path_params["number"]
        base = base_url(request, self._services)
        visitor = visitor_of(request, self._services)
        return _answer(await to_thread.run_sync(self._part, kind, number, visitor, base))

    def _part(self, kind: str, number: int, visitor: Visitor, base: str) -> bytes:
        found = [one for one in windows(self._stretches(kind), WIDTH) if one.number == number]
        if not found:
            raise NotThere(what="list", name=f"{kind}-{number}"[:40])
        lister: _Lister = self._changes if kind == "changelist" else self._resources
        head = self._list_head(kind, base) + f'<rs:ln rel="index" href="{_href(base, kind)}"/>'
        return sitemap(lister(found[0], visitor, base), head, _RS)

    def _list_head(self, kind: str, base: str) -> str:
        up = _up(f"{base}/resourcesync/capabilitylist.xml")
        if kind == "changelist":
            return _head(up, _md(kind, "from", self._since()))
        return _head(up, _md(kind, "at"))

    def _since(self) -> float:
        """Return the moment from which changes are told: a midnight, so that lists are stable."""
        return (time.time() - _CHANGES) // _DAY * _DAY

    def _stretches(self, kind: str) -> Sequence[Stretch]:
        withdrawn = self._services.settings.harvest.withdrawn
        found = self._services.archive.stretches()
        if kind == "changelist":
            since = self._since()
            return [
                one for one in found if datestamp(self._services.settings.harvest, one) >= since
            ]
        return [one for one in found if one.collection not in withdrawn]

    def _resources(self, window: Window, visitor: Visitor, base: str) -> Iterator[Place]:
        held = self._held(window, visitor)
        digests = self._digests.of(window.number, (file for _, file in held))
        for arrival, file in held:
            yield Place(_address(base, arrival, file), arrival.stretch.time, _said(file, digests))

    def _changes(self, window: Window, visitor: Visitor, base: str) -> Iterator[Place]:
        withdrawn = self._services.settings.harvest.withdrawn
        held = self._held(window, visitor)
        told = [file for arrival, file in held if arrival.stretch.collection not in withdrawn]
        digests = self._digests.of(window.number, told)
        for arrival, file in held:
            when = datestamp(self._services.settings.harvest, arrival.stretch)
            change = "created" if arrival.located.version == 1 else "updated"
            said = f' change="{change}" datetime="{moment(when)}"'
            if arrival.stretch.collection in withdrawn:
                more = f'<rs:md change="deleted" datetime="{moment(when)}"/>'
            else:
                more = _said(file, digests, said)
            yield Place(_address(base, arrival, file), when, more)

    def _held(self, window: Window, visitor: Visitor) -> Sequence[tuple[Arrival, StoredFile]]:
        """Return the files of a window that somebody may read and that have an address."""
        found: list[tuple[Arrival, StoredFile]] = []
        for arrival in self._services.archive.arrivals(window.stretches, 0, WIDTH):
            files = arrival.located.files
            named = [(file.typology, file.extension) for file in files]
            free = self._is_free(arrival, visitor)
            for file, name in zip(files[1:], named[1:], strict=True):
                open_to_all = file.typology == "metadata" and not file.original
                alone = named.count(name) == 1 and file.typology in _KINDS
                if alone and (free or open_to_all):
                    found.append((arrival, file))
        return found

    def _is_free(self, arrival: Arrival, visitor: Visitor) -> bool:
        gate, collection = self._services.gate, arrival.stretch.collection
        if gate.entitled(visitor, collection):
            return True
        if not gate.rights.rule(collection).open_access:
            return False
        record = self._services.archive.read(arrival.located.files[0])
        return may_read(self._services, visitor, record)


def _kind(request: Request) -> str:
    kind: str = request.path_params["kind"]
    if kind not in ("resourcelist", "changelist"):
        raise NotThere(what="list", name=kind[:40])
    return kind


def _address(base: str, arrival: Arrival, file: StoredFile) -> str:
    return f"{base}/{arrival.located.ark}/{_KINDS[file.typology]}.{file.extension}"


def _said(file: StoredFile, digests: dict[bytes, str], more: str = "") -> str:
    return (
        f'<rs:md{more} hash="sha-256:{digests[file.sha512]}" length="{file.size}"'
        f' type="{attribute(file.mimetype)}"/>'
    )


def _md(capability: str, moment_of: str = "", when: float | None = None) -> str:
    at = f' {moment_of}="{moment(time.time() if when is None else when)}"' if moment_of else ""
    return f'<rs:md capability="{capability}"{at}/>'


def _up(address: str) -> str:
    return f'<rs:ln rel="up" href="{attribute(address)}"/>'


def _href(base: str, kind: str) -> str:
    return attribute(f"{base}/resourcesync/{kind}.xml")


def _head(*parts: str) -> str:
    return "\n".join(parts)


def _answer(body: bytes) -> Response:
    return Response(body, media_type=_TYPE, headers={"Cache-Control": "no-cache"})
