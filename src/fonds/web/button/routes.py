"""`/button.js`: the script, the same for every page, kept by browsers for an hour."""

from __future__ import annotations

import gzip
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fonds.web.api.content import accepts_gzip

_HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


def button_routes() -> list[BaseRoute]:
    """Return the route of the script."""
    plain = resources.files("fonds.web.button").joinpath("button.js").read_bytes()
    packed = gzip.compress(plain, 9, mtime=0)

    def answer(request: Request) -> Response:
        zipped = accepts_gzip(request.headers.get("accept-encoding", ""))
        headers = {**_HEADERS, "Content-Encoding": "gzip"} if zipped else _HEADERS
        media_type = "text/javascript; charset=utf-8"
        return Response(packed if zipped else plain, media_type=media_type, headers=headers)

    return [Route("/button.js", answer)]
