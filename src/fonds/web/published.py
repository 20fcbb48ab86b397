"""What other services fetch: KBART, Google Scholar's files, PubMed's, Europe PMC's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import quote

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from fonds.errors import NotThere
from fonds.holdings import europepmc, google_scholar, linkout
from fonds.holdings.holdings import Choice
from fonds.holdings.kbart import ALL_TITLES, MEDIA_TYPE, file_name, lines, package_of, rows_of
from fonds.web.api.door import JSON
from fonds.web.api.searching import base_url
from fonds.web.services import Services

_XML = "application/xml; charset=utf-8"
_encode = msgspec.json.Encoder().encode


def published_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the files for other services."""
    published = Published(services)
    return [
        Route("/kbart", published.listing),
        Route("/kbart/{name}", published.kbart),
        Route("/google-scholar/{name}", published.google_scholar),
        Route("/pubmed/{name}", published.linkout),
        Route("/europepmc/{name}", published.europepmc),
    ]


class Published:
    """The files of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def listing(self, request: Request) -> Response:
        """List the KBART files: all titles, and each collection."""
        base = base_url(request, self._services)
        return await to_thread.run_sync(self._listing, base)

    async def kbart(self, request: Request) -> Response:
        """Send the KBART file of a collection, or of all titles."""
        name = str(request.path_params["name"])
        collections = [one.name for one in self._services.archive.collections()]
        collection = package_of(name, collections)
        if collection is None:
            raise NotThere(what="KBART file", name=name[:80])
        choice = Choice(collection=collection)
        return kbart_sent(self._services, request, choice, collection or ALL_TITLES)

    async def google_scholar(self, request: Request) -> Response:
        """Send `institutional_links.xml`, or one of the files of holdings."""
        files = google_scholar.holdings_files(self._services.holdings)
        base = base_url(request, self._services)

        def links() -> str:
            count = sum(1 for _ in files)
            name, settings = self._services.settings.web.name, self._services.settings.holdings
            rights = self._services.gate.rights
            return google_scholar.links_file(name, settings, rights, base, count)

        return await to_thread.run_sync(
            _chosen, request, "institutional_links.xml", links, "institutional_holdings", files
        )

    async def linkout(self, request: Request) -> Response:
        """Send `providerinfo.xml`, or one of the files of links for PubMed."""
        name, settings = self._services.settings.web.name, self._services.settings.holdings
        base = base_url(request, self._services)
        files = linkout.resource_files(self._services.holdings.linked(pmid=True), settings, base)

        def provider() -> str:
            return linkout.provider_file(name, settings, base)

        return await to_thread.run_sync(
            _chosen, request, "providerinfo.xml", provider, "resources", files
        )

    async def europepmc(self, request: Request) -> Response:
        """Send `providers.xml`, or one of the files of links for Europe PMC."""
        name, settings = self._services.settings.web.name, self._services.settings.holdings
        base = base_url(request, self._services)
        files = europepmc.link_files(self._services.holdings.linked(), name, settings, base)

        def provider() -> str:
            return europepmc.provider_file(name, settings)

        return await to_thread.run_sync(_chosen, request, "providers.xml", provider, "links", files)

    def _listing(self, base: str) -> Response:
        holdings, today = self._services.holdings, datetime.now(UTC).date()
        packages = ["", *(one.name for one in self._services.archive.collections())]
        files = [
            {
                "package": package or ALL_TITLES,
                "titles": holdings.titles(Choice(collection=package), size=0).total,
                "file": file_name(self._services.settings.holdings, package or ALL_TITLES, today),
                "url": f"{base}/kbart/{quote(package or ALL_TITLES, safe='')}",
            }
            for package in packages
        ]
        return Response(_encode(files), media_type=JSON)


def kbart_sent(services: Services, request: Request, choice: Choice, package: str) -> Response:
    """Send the titles that are asked for as KBART."""
    base = base_url(request, services)
    name = file_name(services.settings.holdings, package, datetime.now(UTC).date())
    return StreamingResponse(
        _encoded(lines(rows_of(services.holdings, services.gate.rights, base, choice))),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chosen(
    request: Request, entry: str, make: Callable[[], str], stem: str, files: Iterator[str]
) -> Response:
    """Answer with the entry file, or with one of its numbered files."""
    name = str(request.path_params["name"])
    content = make() if name == entry else None
    match = re.fullmatch(rf"{stem}_(\d{{1,4}})\.xml", name, re.ASCII)
    if match is not None:
        content = next(islice(files, int(match[1]), None), None)
    if content is None:
        raise NotThere(what="file", name=name[:80])
    return Response(content, media_type=_XML)


def _encoded(found: Iterator[str]) -> Iterator[bytes]:
    """Give lines in pieces of many, as the network likes them."""
    waiting: list[str] = []
    for line in found:
        waiting.append(line)
        if len(waiting) >= 500:
            yield "".join(waiting).encode()
            waiting = []
    yield "".join(waiting).encode()
