"""The addresses of the pages of corpora."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from fonds.web.portal.corpus.kept_pages import KeptPages
from fonds.web.portal.corpus.order import PAGE
from fonds.web.portal.corpus.pages import CorpusPages
from fonds.web.services import Services


def corpus_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the pages of corpora."""
    building, kept = CorpusPages(services), KeptPages(services)
    return [
        Route(PAGE, building.new, methods=["GET", "POST"], name="corpus"),
        Route("/corpus/keep", building.keep, methods=["POST"]),
        Route("/corpus/kept", kept.listing, name="kept"),
        Route("/corpus/{name}", kept.one, name="kept-corpus"),
    ]
