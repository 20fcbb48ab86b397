"""The addresses of the portal."""

from __future__ import annotations

from importlib import resources

from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from fonds.web.portal.about import about_routes
from fonds.web.portal.corpus.routes import corpus_routes
from fonds.web.portal.document_pages import DocumentPages
from fonds.web.portal.exploring import explore_routes
from fonds.web.portal.journals import journal_routes
from fonds.web.portal.librarians import librarian_routes
from fonds.web.portal.resolving import resolver_routes
from fonds.web.portal.search_pages import SearchPages
from fonds.web.portal.statistics_pages import statistics_routes
from fonds.web.services import Services
from fonds.web.unapi import UnApi

_ARK = "/notice/ark:/{naan}/{name}"


def portal_routes(services: Services) -> list[BaseRoute]:
    """Return the portal's routes over open services."""
    searching = SearchPages(services)
    documents = DocumentPages(services)
    static = resources.files("fonds.web.portal").joinpath("static")
    return [
        Route("/", searching.search, name="search"),
        Route("/assisted", searching.assisted, name="assisted"),
        Route("/identifiers", searching.identifiers, methods=["GET", "POST"], name="identifiers"),
        Route(_ARK, documents.notice, name="notice"),
        Route(f"{_ARK}/read", documents.reading, name="read"),
        Route(f"{_ARK}/view", documents.viewing, name="view"),
        Route(f"{_ARK}/references", documents.references, name="references"),
        Route(f"{_ARK}/cite", documents.citing, name="cite"),
        Route(f"{_ARK}/linkset", documents.linkset, name="linkset"),
        Route("/notice/{identifier}", documents.by_identifier),
        Route("/unapi", UnApi(services).answer, name="unapi"),
        *explore_routes(services),
        *corpus_routes(services),
        *statistics_routes(services),
        *journal_routes(services),
        *resolver_routes(services),
        *librarian_routes(services),
        *about_routes(services),
        Mount("/static", GZipMiddleware(StaticFiles(directory=str(static)), 1_000), name="static"),
    ]
