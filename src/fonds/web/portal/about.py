"""The pages at `/about`: the archive, its API, tutorials, how it stands, its accessibility."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import json
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from fonds.errors import FondsError
from fonds.search.fields import FIELDS
from fonds.web.api.problems import PROBLEMS
from fonds.web.api.searching import base_url
from fonds.web.api.table import ENDPOINTS
from fonds.web.negotiation import choose
from fonds.web.portal.accessibility import CHECKED, CHECKS, GAPS, TECHNIQUES, declaration
from fonds.web.portal.api_guide import SYNTAX, groups
from fonds.web.portal.asking import Asked
from fonds.web.portal.inventory import Inventories, day
from fonds.web.portal.pages import render
from fonds.web.portal.running import read_call, run
from fonds.web.portal.sample import sample_of
from fonds.web.portal.status import status_of
from fonds.web.portal.tutorials import NAMES, steps
from fonds.web.services import Services

_JSON = "application/json"
_HTML = "text/html"


def about_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the pages about this archive."""
    pages = _Pages(services)
    return [
        Route("/about", pages.archive, name="about"),
        Route("/about/api", pages.api),
        Route("/about/api/run", pages.run),
        Route("/about/tutorials", pages.tutorials),
        Route("/about/tutorials/{name}", pages.tutorial),
        Route("/about/status", pages.status),
        Route("/about/status.json", pages.status_json),
        Route("/about/accessibility", pages.accessibility),
        Route("/docs", pages.moved),
    ]


class _Pages:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._inventories = Inventories(services)

    def archive(self, request: Request) -> Response:
        """Show what the archive is and holds."""
        inventory = self._inventories.now()
        rule = self._services.gate.rights.rule
        shown = {
            "inventory": inventory,
            "rules": {one.name: rule(one.name) for one in inventory.collections},
            "naan": self._services.settings.archive.naan,
        }
        return self._render(request, "about.html", shown)

    def api(self, request: Request) -> Response:
        """Show the API: the language of queries, calls to run, addresses, errors, fields."""
        sample = sample_of(self._services)
        shown = {
            "groups": groups(sample),
            "sample": sample,
            "syntax": SYNTAX,
            "endpoints": ENDPOINTS,
            "fields": FIELDS,
            "problems": PROBLEMS,
            "base": base_url(request, self._services),
        }
        return self._render(request, "about_api.html", shown)

    async def run(self, request: Request) -> Response:
        """Run a call and show its answer."""
        given = request.query_params
        shown: dict[str, object] = {"ran": None, "error": None, "call": given.get("call", "")}
        status = 200
        try:
            call = read_call(given.multi_items())
            shown |= {"call": call.address, "ran": await run(request, call)}
        except FondsError as error:
            shown["error"] = error
            status = 400
        answer = self._render(request, "run.html", shown, status)
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    def moved(self, request: Request) -> Response:
        """Send who asks for `/docs` to the page of the API."""
        query = request.url.query
        return RedirectResponse(f"/about/api?{query}" if query else "/about/api", 302)

    def tutorials(self, request: Request) -> Response:
        """List the tutorials."""
        return self._render(request, "tutorials.html", {"names": NAMES})

    def tutorial(self, request: Request) -> Response:
        """Show a tutorial."""
        wanted = request.path_params["name"]
        name = next((one for one in NAMES if one == wanted), None)
        if name is None:
            return self._render(request, "missing.html", {}, 404)
        sample = sample_of(self._services)
        base = base_url(request, self._services)
        following = NAMES[NAMES.index(name) + 1 :]
        shown = {
            "name_of": name,
            "sample": sample,
            "steps": steps(name, sample, base),
            "next": following[0] if following else "",
            "restricts": self._services.gate.rights.restricts,
        }
        return self._render(request, "tutorial.html", shown)

    def status(self, request: Request) -> Response:
        """Show how the installation stands; as JSON to who prefers it."""
        choice = choose(request.headers.get("accept", ""), (_HTML, _JSON))
        if choice.mimetype == _JSON:
            answer = self._status_json()
        else:
            shown = {"status": status_of(self._services), "day": day}
            answer = self._render(request, "status.html", shown)
        answer.headers.add_vary_header("Accept")
        return answer

    def status_json(self, request: Request) -> Response:
        """Say how the installation stands."""
        return self._status_json()

    def accessibility(self, request: Request) -> Response:
        """Show the declaration of accessibility."""
        shown = {
            "declared": declaration(self._services.settings),
            "date": CHECKED.isoformat(),
            "checks": CHECKS,
            "gaps": GAPS,
            "techniques": TECHNIQUES,
            "base": base_url(request, self._services),
        }
        return self._render(request, "accessibility.html", shown)

    def _status_json(self) -> Response:
        body = json.encode(status_of(self._services))
        return Response(body, media_type=_JSON, headers={"Cache-Control": "no-cache"})

    def _render(
        self, request: Request, template: str, shown: Mapping[str, object], status: int = 200
    ) -> Response:
        values = {"asked": Asked(), "here": request.url.path, **shown}
        return render(request, self._services, template, values, status)
