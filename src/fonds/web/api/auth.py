"""`/auth`: whether a program may read what is restricted. Never a redirect, never HTML."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.web.api.door import JSON
from fonds.web.services import Services
from fonds.web.visitors import visitor_of

_REFUSED = "Accès refusé"


class Auth:
    """Who is asking."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def answer(self, request: Request) -> Response:
        """Say how the caller was recognised and what they may read; 403 for nobody known."""
        services = self._services
        visitor = visitor_of(request, services)
        names = [one.name for one in services.archive.collections()]
        closed = services.gate.closed(visitor, names)
        known = bool(visitor.mode) or not closed
        content: dict[str, object] = {"authorized": known, "mode": visitor.mode or "open"}
        if not known:
            content = {"_error": _REFUSED, "code": "access-denied", "authorized": False}
        content["closed"] = closed
        return Response(msgspec.json.encode(content), 200 if known else 403, media_type=JSON)
