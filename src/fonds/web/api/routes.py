"""The routes of the API, made from the one table; each is also reachable below `/api`."""

from __future__ import annotations

from operator import attrgetter
from types import SimpleNamespace

from starlette.routing import BaseRoute, Mount, Route

from fonds.web.api.about import About
from fonds.web.api.analyses import Analyses
from fonds.web.api.arks import Arks
from fonds.web.api.auth import Auth
from fonds.web.api.corpora import Corpora
from fonds.web.api.counter import Counter
from fonds.web.api.documents import Documents
from fonds.web.api.exporting import Exports
from fonds.web.api.limits import Limits
from fonds.web.api.lookup import Lookup
from fonds.web.api.openurl import OpenUrl
from fonds.web.api.pages import Pages
from fonds.web.api.queries import Queries
from fonds.web.api.searching import Searching
from fonds.web.api.table import ENDPOINTS
from fonds.web.services import Services

# the other form of an ARK's address that clients write; the door knows those of its label
_ARK = "/ark:/{naan}/{name}"
_DOCUMENTATION = ("/documentation", "/documentation/{page}")  # what old clients link to
_ARK_FORM = "/{naan:int}/{name}"


def api_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the API over open services."""
    documents = Documents(services)
    handlers = SimpleNamespace(
        searching=Searching(services),
        documents=documents,
        openurl=OpenUrl(services),
        lookup=Lookup(services),
        arks=Arks(services, documents),
        about=About(services),
        auth=Auth(services),
        pages=Pages(services),
        exports=Exports(services),
        corpora=Corpora(services),
        analyses=Analyses(services),
        counter=Counter(services),
        limits=Limits(services),
        queries=Queries(services),
    )
    routes: list[BaseRoute] = []
    for endpoint in ENDPOINTS:
        handler = attrgetter(endpoint.handler)(handlers)
        methods = ["GET"] * endpoint.get + ["POST"] * endpoint.post
        forms = [endpoint.path]
        if endpoint.path.startswith(_ARK):
            forms.append(endpoint.path.replace(_ARK, _ARK_FORM, 1))
        routes += [Route(form, handler, methods=methods) for form in forms]
    routes += [Route(path, handlers.pages.moved) for path in _DOCUMENTATION]
    return [*routes, Mount("/api", routes=list(routes))]
