"""The API described by the server itself: `/openapi.json` and the readable page `/docs`."""

from __future__ import annotations

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.search.fields import FIELDS
from fonds.web.api.openapi import openapi
from fonds.web.api.problems import PROBLEMS
from fonds.web.api.searching import base_url
from fonds.web.api.table import ENDPOINTS
from fonds.web.api.validators import fixed
from fonds.web.services import Services

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"
# pages of the original documentation -> parts of ours
_PARTS = {"search": "#query", "fields": "#fields"}
_PARTS |= dict.fromkeys(("access", "results", "facets", "files", "openurl", "ark"), "#addresses")
LANGUAGES = ("en", "fr")


class Pages:
    """The endpoints that describe the API."""

    def __init__(self, services: Services) -> None:
        self._services = services
        environment = Environment(
            loader=PackageLoader("fonds.web.api", "."),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._template = environment.get_template("docs.html")

    def openapi(self, request: Request) -> Response:
        """Answer with the OpenAPI document."""
        body = msgspec.json.encode(openapi())
        return fixed(request, body)

    def moved(self, request: Request) -> Response:
        """Send who asks for the old documentation to the page, to the part it is about."""
        part = _PARTS.get(request.path_params.get("page", ""), "")
        return RedirectResponse(f"{base_url(request, self._services)}/docs{part}", 302)

    def docs(self, request: Request) -> Response:
        """Answer with the page, in the language asked for or preferred."""
        language = language_of(request)
        page = self._template.render(
            language=language,
            name=self._services.settings.web.name,
            endpoints=ENDPOINTS,
            fields=FIELDS,
            problems=PROBLEMS,
        )
        headers = {
            "Content-Security-Policy": _POLICY,
            "Content-Language": language,
            "Vary": "Accept-Language",
        }
        return Response(page, headers=headers, media_type="text/html; charset=utf-8")


def language_of(request: Request) -> str:
    """Return the language of a page: `?lang=`, else the first one the browser prefers."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    for part in request.headers.get("accept-language", "").split(","):
        name = part.partition(";")[0].strip().lower()[:2]
        if name in LANGUAGES:
            return name
    return "en"
