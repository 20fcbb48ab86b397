"""How the pages of logins answer: bounded forms, errors as pages, nothing kept in caches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from fonds.errors import FondsError, LoginRefused
from fonds.web.api.problems import french_of, status_of
from fonds.web.api.searching import read_limited
from fonds.web.own_forms import is_foreign
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.services import Services

Form = Mapping[str, str]
Answering = Callable[[Request, Form], Response]
_MOST_FORM = 512 * 1024  # bytes; an answer of a SAML provider has some 20,000


def page(
    services: Services, answer: Answering, *, foreign: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint over a function that runs in a thread.

    A form is taken from our own pages alone, but where other sites are to send one (`foreign`).
    """

    async def endpoint(request: Request) -> Response:
        try:
            form: Form = {}
            if request.method == "POST":
                if not foreign:
                    _require_own(request, services)
                body = await read_limited(request, _MOST_FORM)
                form = dict(parse_qsl(body.decode("latin-1"), encoding="utf-8"))
            response = await to_thread.run_sync(answer, request, form)
        except FondsError as error:
            response = _error_page(request, services, error)
        response.headers["Cache-Control"] = "no-store"
        return response

    return endpoint


def by_server(
    answer: Callable[[Request, bytes], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that other servers send a document to; the function runs in a thread."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await read_limited(request, _MOST_FORM)
            response = await to_thread.run_sync(answer, request, body)
        except FondsError as error:
            response = Response(error.message, status_of(error), media_type="text/plain")
        response.headers["Cache-Control"] = "no-store"
        return response

    return endpoint


def _require_own(request: Request, services: Services) -> None:
    """Refuse a form that another site made a browser send."""
    if is_foreign(request, services):
        origin = request.headers.get("origin", "")
        raise LoginRefused(issuer=origin[:200], reason="the form is of another site")


def _error_page(request: Request, services: Services, error: FondsError) -> Response:
    values = {"asked": Asked(), "error": error, "french": french_of(error)}
    return render(request, services, "login_error.html", values, status_of(error))
