"""The whole web application: the API and the portal behind one door."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from fonds.web.api.door import install
from fonds.web.api.routes import api_routes
from fonds.web.services import Services

_PORTAL = "fonds.web.portal.routes"


def create_app(services: Services) -> Starlette:
    """Make the application that serves one home; it closes the services when it ends."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        services.close()

    app = Starlette(routes=[*api_routes(services), *_portal(services)], lifespan=lifespan)
    install(app)
    return app


def _portal(services: Services) -> list[BaseRoute]:
    """Return the portal's routes; a server of the API alone opens with its documentation."""
    if importlib.util.find_spec(_PORTAL) is None:
        return [Route("/", lambda request: RedirectResponse("/docs"))]
    routes: list[BaseRoute] = importlib.import_module(_PORTAL).portal_routes(services)
    return routes
