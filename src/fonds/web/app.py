"""The whole web application: the API and the portal behind one door."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from fonds.access.rates import Rates, quotas_of
from fonds.access.windows import Windows
from fonds.errors import ArchiveDamaged
from fonds.web.api.door import install
from fonds.web.api.routes import api_routes
from fonds.web.button.routes import button_routes
from fonds.web.harvest.routes import harvest_routes
from fonds.web.limiter import Limiter
from fonds.web.login.routes import login_routes
from fonds.web.meter import Meter
from fonds.web.portal.damaged import on_damage
from fonds.web.portal.routes import portal_routes
from fonds.web.published import published_routes
from fonds.web.recorder import Recorder
from fonds.web.services import Services


def create_app(services: Services) -> Starlette:
    """Make the application that serves one home; it closes the services when it ends."""
    recorder = Recorder(services) if services.settings.usage.record else None
    quotas = quotas_of(services.settings.rates)
    rates = Rates(quotas, Windows(services.home / "access" / "rates")) if quotas else None

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if recorder is not None:
            recorder.start()
        yield
        if recorder is not None:
            recorder.close()
        if rates is not None:
            rates.close()
        services.close()

    routes = [
        *api_routes(services),
        *harvest_routes(services),
        *button_routes(),
        *published_routes(services),
        *login_routes(services),
        *portal_routes(services),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    if rates is not None:
        app.add_middleware(Limiter, services=services, rates=rates)
    install(app)
    app.add_exception_handler(ArchiveDamaged, on_damage(services))
    if recorder is not None:
        app.add_middleware(Meter, record=recorder.record)
    return app
