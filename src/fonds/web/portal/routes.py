"""The addresses of the portal."""

from __future__ import annotations

from importlib import resources

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from fonds.errors import FondsError
from fonds.web.portal.asking import SORTS, Asked, read
from fonds.web.portal.document_pages import DocumentPages
from fonds.web.portal.journals import journal_routes
from fonds.web.portal.pages import render
from fonds.web.portal.results import search
from fonds.web.portal.statistics_pages import statistics_routes
from fonds.web.services import Services
from fonds.web.unapi import UnApi
from fonds.web.visitors import visitor_of

_ARK = "/notice/ark:/{naan}/{name}"
EXAMPLES = (
    '"climate change"',
    "title:water AND publicationDate:[2010 TO *]",
    "flora OR flore",
    "author.name:silva",
    'cancer AND "clinical trial"~2',
)


def portal_routes(services: Services) -> list[BaseRoute]:
    """Return the portal's routes over open services."""
    portal = _Portal(services)
    documents = DocumentPages(services)
    static = resources.files("fonds.web.portal").joinpath("static")
    return [
        Route("/", portal.search, name="search"),
        Route(_ARK, documents.notice, name="notice"),
        Route(f"{_ARK}/read", documents.reading, name="read"),
        Route(f"{_ARK}/view", documents.viewing, name="view"),
        Route(f"{_ARK}/cite", documents.citing, name="cite"),
        Route(f"{_ARK}/linkset", documents.linkset, name="linkset"),
        Route("/notice/{identifier}", documents.by_identifier),
        Route("/unapi", UnApi(services).answer, name="unapi"),
        *statistics_routes(services),
        *journal_routes(services),
        Mount("/static", StaticFiles(directory=str(static)), name="static"),
    ]


class _Portal:
    def __init__(self, services: Services) -> None:
        self._services = services

    async def search(self, request: Request) -> Response:
        """Show the search page, empty or with results."""
        asked = read(request.query_params)
        return await to_thread.run_sync(self._search, request, asked)

    def _search(self, request: Request, asked: Asked) -> Response:
        common = {"asked": asked, "sorts": tuple(SORTS), "error": None, "results": None}
        if not asked.is_search and "q" not in request.query_params:
            archive = self._services.archive
            shown = {
                **common,
                "count": archive.count(),
                "collections": archive.collections(),
                "examples": EXAMPLES,
            }
            return render(request, self._services, "home.html", shown)
        try:
            results = search(self._services, asked, visitor_of(request, self._services))
        except FondsError as error:
            shown = {**common, "error": error, "error_at": _place(asked, error)}
            return render(request, self._services, "results.html", shown, 400)
        return render(request, self._services, "results.html", {**common, "results": results})


def _place(asked: Asked, error: FondsError) -> tuple[str, str, str] | None:
    """Return the query before, at and behind the character an error points at."""
    position = error.data.get("position")
    if not isinstance(position, int) or not asked.q:
        return None
    at = position - 1
    if not 0 <= at <= len(asked.q):
        return None
    return asked.q[:at], asked.q[at : at + 1] or " ", asked.q[at + 1 :]
