"""`/q_id/{name}`: long queries stored under their MD5, and asked for by it."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.errors import NotThere, ParameterInvalid
from fonds.search.stored_queries import name_of
from fonds.web.api.door import JSON
from fonds.web.api.parameters import read_body
from fonds.web.api.searching import body_limit, read_limited
from fonds.web.services import Services

_ALREADY = "Cette requête est déjà enregistrée."


class Queries:
    """The stored queries over HTTP."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def answer(self, request: Request) -> Response:
        """Give a stored query, or store one (409 when it is there already)."""
        name: str = request.path_params["q_id"]
        if request.method == "POST":
            return await self._store(request, name)
        query = self._services.queries.query(name)
        if query is None:
            raise NotThere(what="stored query", name=name[:80])
        return Response(msgspec.json.encode({"req": query}), media_type=JSON)

    async def _store(self, request: Request, name: str) -> Response:
        body = await read_limited(request, body_limit(self._services.settings.search))
        query = read_body(request.headers.get("content-type", ""), body)
        if name != name_of(query):
            raise ParameterInvalid(
                name="q_id", value=name[:80], reason="it is not the MD5 of the query"
            )
        if self._services.queries.store(query):
            return Response(b'"OK"', media_type=JSON)
        content = {"_error": _ALREADY, "code": "query-stored", "q_id": name}
        return Response(msgspec.json.encode(content), 409, media_type=JSON)
