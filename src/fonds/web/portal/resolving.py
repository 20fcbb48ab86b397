"""`/openurl`: straight to the PDF when the reader may have it, otherwise the menu."""

from __future__ import annotations

from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from fonds.web.api.door import JSON
from fonds.web.api.searching import base_url, read_limited
from fonds.web.portal.asking import Asked as Search
from fonds.web.portal.menu import Asked, read_asked, read_menu, vufind
from fonds.web.portal.pages import render
from fonds.web.portal.texts import chosen, texts
from fonds.web.resolver.openurl import pairs_of
from fonds.web.services import Services
from fonds.web.visitors import visitor_of

_MOST_BODY = 1024 * 1024  # bytes


def resolver_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the resolver for readers."""
    return [Route("/openurl", Resolver(services).answer, methods=["GET", "POST"], name="openurl")]


class Resolver:
    """The resolver of one server, for readers and catalogues."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def answer(self, request: Request) -> Response:
        """Send the reader to the PDF, or show the menu; `format=json` gives the links alone."""
        query: bytes = request.scope["query_string"]
        if request.method == "POST":
            query += b"&" + await read_limited(request, _MOST_BODY)
        return await to_thread.run_sync(self._answer, request, read_asked(pairs_of(query)))

    def _answer(self, request: Request, asked: Asked) -> Response:
        base = base_url(request, self._services)
        menu = read_menu(self._services, asked, visitor_of(request, self._services))
        if asked.wants_json:
            body = vufind(menu, base, texts(chosen(request)))
            headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "private"}
            return Response(body, media_type=JSON, headers=headers)
        if menu.found is not None and menu.found.pdf and not asked.wants_menu:
            passed = f"?{urlencode(asked.passed)}" if asked.passed else ""
            return RedirectResponse(f"{base}{menu.found.pdf}{passed}", 302)
        values = {"asked": Search(), "menu": menu, "citation": asked.citation}
        return render(request, self._services, "menu.html", values)
