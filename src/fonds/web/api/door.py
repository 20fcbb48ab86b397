"""What every API request passes: trailing slashes, headers, CORS, errors as JSON."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fonds.errors import FondsError, LoginNeeded, MethodNotAllowed, NotThere
from fonds.web.api.problems import body_of, status_of

JSON = "application/json; charset=utf-8"
API_ROOTS = (
    "/document",  # and /documentation
    "/ark:",
    "/corpus",
    "/corpora",
    "/analyses",
    "/mapping",
    "/properties",
    "/auth",
    "/token",
    "/extract",
    "/table",
    "/presets",
    "/q_id/",
    "/r51/",
    "/limits",
    "/openapi.json",
    "/lookup",
    "/oai",
    "/sru",
    "/api/",
)
_PAGES = "/corpus/"  # below it the portal's pages of corpora

# recorded on the original service, and nosniff
_HEADERS = (
    ("X-DNS-Prefetch-Control", "off"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("X-Download-Options", "noopen"),
    ("X-XSS-Protection", "1; mode=block"),
    ("X-Content-Type-Options", "nosniff"),
)
_CORS = (
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type"),
    (
        "Access-Control-Expose-Headers",
        "Content-Length, Content-Range, Content-Disposition, Content-Location, ETag, "
        "Accept-Ranges, Last-Modified, Retry-After, RateLimit, RateLimit-Policy",
    ),
)


_BARE_ARK = re.compile(r"/\d{5,9}/")
_ARK = re.compile(r"((?:/api)?)/+ark:/*", re.IGNORECASE)


def is_api(path: str) -> bool:
    """Tell whether an address belongs to the API."""
    if path.startswith(_PAGES) and path != _PAGES:
        return False
    return path.startswith(API_ROOTS) or path == "/api" or _BARE_ARK.match(path) is not None


class Door:
    """Middleware: the headers of every answer; for the API also CORS and trailing slashes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = _ARK.sub(r"\1/ark:/", scope["path"], count=1)
        api = is_api(path)
        private = path.removeprefix("/api").startswith("/token")  # no page of another site asks
        origin = _header(scope, b"origin")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), api and not private, origin)
            await send(message)

        if api and scope["method"] == "OPTIONS":
            await Response(status_code=204)(scope, receive, sending)
            return
        if api:
            scope = {**scope, "path": path.rstrip("/")}
        await self._app(scope, receive, sending)


def _add(headers: MutableHeaders, shared: bool, origin: str) -> None:
    for name, value in _HEADERS:
        headers.setdefault(name, value)
    if not shared:
        return
    headers["Access-Control-Allow-Origin"] = origin or "*"
    headers.add_vary_header("Origin")
    for name, value in _CORS:
        headers[name] = value


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return ""


def install(app: Starlette) -> None:
    """Put the door before an application, and answer its errors."""
    app.add_middleware(Door)
    app.add_exception_handler(FondsError, on_fonds_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(Exception, on_failure)


def error_answer(error: FondsError) -> Response:
    """Return the answer to a request that failed: JSON, or the login that a browser wanted."""
    if isinstance(error, LoginNeeded) and error.data.get("redirect"):
        headers = {"Cache-Control": "no-store", "Vary": "Accept, Cookie"}
        return RedirectResponse(str(error.data["redirect"]), 302, headers)
    moved = {"Location": str(error.data["location"])} if "location" in error.data else None
    return Response(body_of(error), status_of(error), moved, media_type=JSON)


async def on_fonds_error(request: Request, error: Exception) -> Response:
    """Answer an error a person can meet."""
    assert isinstance(error, FondsError)
    return error_answer(error)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer an unknown address or method."""
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code == 405:
        answer = error_answer(MethodNotAllowed(method=request.method, path=path[:200]))
    else:
        answer = error_answer(NotThere(what="address", name=path[:200]))
        answer.status_code = error.status_code
    answer.headers.update(error.headers or {})
    return answer


async def on_failure(request: Request, error: Exception) -> Response:
    """Answer a fault of ours without its trace, which goes to the log."""
    return error_answer(FondsError(detail="the server failed"))
