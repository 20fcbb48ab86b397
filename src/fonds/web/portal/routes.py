"""The addresses of the portal."""

from __future__ import annotations

from importlib import resources

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from fonds.archive import ark as arks
from fonds.archive.model import StoredDocument
from fonds.errors import FondsError
from fonds.web.portal.asking import SORTS, Asked, read
from fonds.web.portal.notice import meta_tags, read_notice
from fonds.web.portal.pages import render
from fonds.web.portal.reading import read_page
from fonds.web.portal.results import search
from fonds.web.portal.texts import chosen, texts
from fonds.web.services import Services
from fonds.web.visitors import may_read, visitor_of

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
    static = resources.files("fonds.web.portal").joinpath("static")
    return [
        Route("/", portal.search, name="search"),
        Route("/notice/ark:/{naan:int}/{name}", portal.notice, name="notice"),
        Route("/notice/ark:/{naan:int}/{name}/read", portal.reading, name="read"),
        Route("/notice/{identifier}", portal.by_identifier),
        Mount("/static", StaticFiles(directory=str(static)), name="static"),
    ]


class _Portal:
    def __init__(self, services: Services) -> None:
        self._services = services

    async def search(self, request: Request) -> Response:
        """Show the search page, empty or with results."""
        asked = read(request.query_params)
        return await to_thread.run_sync(self._search, request, asked)

    async def notice(self, request: Request) -> Response:
        """Show a document."""
        naan, name = request.path_params["naan"], request.path_params["name"]
        return await to_thread.run_sync(self._notice, request, f"ark:/{naan}/{name}")

    async def reading(self, request: Request) -> Response:
        """Show the text of a document."""
        naan, name = request.path_params["naan"], request.path_params["name"]
        return await to_thread.run_sync(self._reading, request, f"ark:/{naan}/{name}")

    async def by_identifier(self, request: Request) -> Response:
        """Send an address with an id to the one with the ARK."""
        identifier: str = request.path_params["identifier"]
        found = await to_thread.run_sync(self._services.archive.by_id, identifier.upper())
        if found is None:
            return self.missing(request)
        return RedirectResponse(f"/notice/{found.ark}", status_code=301)

    def missing(self, request: Request) -> Response:
        """Say that there is no such page."""
        return render(request, self._services, "missing.html", {"asked": Asked()}, 404)

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

    def _find(self, name: str) -> StoredDocument | None:
        ark = arks.parse(name)
        return self._services.archive.by_ark(str(ark)) if ark is not None else None

    def _reading(self, request: Request, name: str) -> Response:
        document = self._find(name)
        if document is not None and not self._readable(request, document):
            return self._notice(request, name, 403)  # it says who may read the text
        said = texts(chosen(request))
        page = read_page(self._services, document, said) if document is not None else None
        if page is None:
            return self.missing(request)
        return render(request, self._services, "read.html", {"asked": Asked(), "page": page})

    def _notice(self, request: Request, name: str, status: int = 200) -> Response:
        document = self._find(name)
        if document is None:
            return self.missing(request)
        entitled = self._readable(request, document)
        notice = read_notice(self._services, document, entitled=entitled)
        base = self._services.settings.web.base_url or str(request.base_url).rstrip("/")
        shown = {
            "asked": Asked(),
            "notice": notice,
            "record": notice.record,
            "base": base,
            "meta": [pair for pair in meta_tags(notice.record, base, notice.pdf) if pair[1]],
        }
        return render(request, self._services, "notice.html", shown, status)

    def _readable(self, request: Request, document: StoredDocument) -> bool:
        visitor = visitor_of(request, self._services)
        return may_read(self._services, visitor, document.record)


def _place(asked: Asked, error: FondsError) -> tuple[str, str, str] | None:
    """Return the query before, at and behind the character an error points at."""
    position = error.data.get("position")
    if not isinstance(position, int) or not asked.q:
        return None
    at = position - 1
    if not 0 <= at <= len(asked.q):
        return None
    return asked.q[:at], asked.q[at : at + 1] or " ", asked.q[at + 1 :]
