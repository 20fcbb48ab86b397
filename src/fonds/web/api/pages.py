"""The API described by the server itself: `/openapi.json`; the portal has the page to read."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.web.api.openapi import openapi
from fonds.web.api.searching import base_url
from fonds.web.api.validators import fixed
from fonds.web.services import Services

# pages of the original documentation -> parts of ours
_PARTS = {"search": "#query", "fields": "#fields"}
_PARTS |= dict.fromkeys(("access", "results", "facets", "files", "openurl", "ark"), "#addresses")


class Pages:
    """The endpoints that describe the API."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def openapi(self, request: Request) -> Response:
        """Answer with the OpenAPI document."""
        body = msgspec.json.encode(openapi())
        return fixed(request, body)

    def moved(self, request: Request) -> Response:
        """Send who asks for the old documentation to the page, to the part it is about."""
        part = _PARTS.get(request.path_params.get("page", ""), "")
        return RedirectResponse(f"{base_url(request, self._services)}/docs{part}", 302)
