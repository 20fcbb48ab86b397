"""How a refusal is said: JSON for programs; for browsers that asked for it, the way to a login.

An address of the API redirects to a login only where the address itself asks for it (`auth=fede`),
or where the operator wants it for all browsers. A program always gets JSON, with the address of
the login in it.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request

from fonds.access.gate import Visitor
from fonds.errors import AccessDenied, FondsError, LoginNeeded
from fonds.web.api.uris import base_of
from fonds.web.services import Services


def refusal(
    request: Request, services: Services, visitor: Visitor, collection: str = ""
) -> FondsError:
    """Return the error for somebody who may not read; `redirect` in it is where a browser goes."""
    if not services.gate.rights.federation.offers_login:
        return AccessDenied(collection=collection)
    login = login_address(request, services)
    if not asks_for_login(request, services):
        return AccessDenied(collection=collection, login=login)
    if visitor.mode == "fede":  # signing in once more would not help
        denied = f"{base(request, services)}/login/denied?collection={quote(collection, safe='')}"
        return LoginNeeded(collection=collection, login=login, redirect=denied)
    return LoginNeeded(collection=collection, login=login, redirect=login)


def is_navigation(request: Request) -> bool:
    """Tell a person's browser that opens an address from every program."""
    return (
        request.method in ("GET", "HEAD")
        and "text/html" in request.headers.get("accept", "")
        and "authorization" not in request.headers
        and request.headers.get("sec-fetch-mode", "navigate") == "navigate"
    )


def asks_for_login(request: Request, services: Services) -> bool:
    """Tell whether a browser is to be sent to the login."""
    ways = {part.strip() for part in request.query_params.get("auth", "").split(",")}
    every = services.gate.rights.federation.redirect_browsers and ways != {"jwt"}
    return ("fede" in ways or every) and is_navigation(request)


def login_address(request: Request, services: Services, target: str = "") -> str:
    """Return where to sign in, and come back to this address or another."""
    here = base(request, services)
    return f"{here}/login?target={quote(target or address_of(request, services), safe=':/')}"


def address_of(request: Request, services: Services) -> str:
    """Return the address that was asked for, whole."""
    path = bytes(request.scope.get("raw_path") or request.url.path.encode()).decode("latin-1")
    query = bytes(request.scope["query_string"]).decode("latin-1")
    return f"{base(request, services)}{path}{'?' if query else ''}{query}"


def base(request: Request, services: Services) -> str:
    """Return what every address of this archive starts with."""
    host = request.headers.get("host", "")
    return base_of(request.scope["scheme"], host, services.settings.web.base_url)
