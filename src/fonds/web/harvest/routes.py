"""The addresses of the harvesting protocols."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from fonds.web.harvest.oai_pmh.endpoint import PATH as OAI
from fonds.web.harvest.oai_pmh.endpoint import OaiPmh
from fonds.web.harvest.resourcesync import ResourceSync
from fonds.web.harvest.sitemaps import Sitemaps
from fonds.web.harvest.sru.endpoint import PATH as SRU
from fonds.web.harvest.sru.endpoint import Sru
from fonds.web.services import Services


def harvest_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of every protocol over open services."""
    sitemaps, resources = Sitemaps(services), ResourceSync(services)
    return [
        Route(OAI, OaiPmh(services).answer, methods=["GET", "POST"]),
        Route(SRU, Sru(services).answer, methods=["GET", "POST"]),
        Route("/robots.txt", sitemaps.robots),
        Route("/sitemap.xml", sitemaps.index),
        Route("/sitemaps/{number:int}.xml.gz", sitemaps.part),
        Route("/.well-known/resourcesync", resources.source),
        Route("/resourcesync/capabilitylist.xml", resources.capabilities),
        Route("/resourcesync/{kind}-{number:int}.xml", resources.part),
        Route("/resourcesync/{kind}.xml", resources.list),
    ]
