"""`/document` over HTTP: GET and POST, the search itself in a thread."""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from fonds.errors import FondsError, NotThere, ParameterInvalid, RequestTooLarge
from fonds.settings import SearchSettings
from fonds.web.api.answer import search_answer, wrapped
from fonds.web.api.door import JSON, error_answer
from fonds.web.api.exporting import export_answer
from fonds.web.api.parameters import read_body, read_pairs, valid_callback
from fonds.web.api.problems import body_of
from fonds.web.api.uris import base_of
from fonds.web.services import Services
from fonds.web.visitors import visitor_of

_JAVASCRIPT = "application/javascript; charset=utf-8"
_ENVELOPE = 64 * 1024  # bytes of a body beside the query, whose escapes may treble it


def base_url(request: Request, services: Services) -> str:
    """Return what addresses in answers start with: the setting, or what the client called."""
    host = request.headers.get("host", "")
    prefix: str = request.scope.get("root_path", "")
    return base_of(request.scope["scheme"], host, services.settings.web.base_url, prefix)


def json_answer(body: bytes, callback: str = "") -> Response:
    """Answer with JSON, as a call of a function where one is named."""
    if callback:
        return Response(wrapped(body, callback), media_type=_JAVASCRIPT)
    return Response(body, media_type=JSON)


class Searching:
    """The search endpoint of one server; as many searches at a time as the settings say."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._limiter: CapacityLimiter | None = None

    async def answer(self, request: Request) -> Response:
        """Answer a search; what is wrong with it is said in JSON."""
        callback = ""
        try:
            params = read_pairs(request.scope["query_string"])
            callback = valid_callback(params.get("callback", ""))
            if params.get("q_id") and not params.get("q"):
                params["q"] = self._stored(params["q_id"])
            elif request.method == "POST":
                params["q"] = await self._posted(request, params)
            if "extract" in params:
                return await to_thread.run_sync(
                    export_answer, self._services, request, params, limiter=self._limit()
                )
            body = await to_thread.run_sync(
                search_answer,
                self._services,
                params,
                base_url(request, self._services),
                visitor_of(request, self._services),
                limiter=self._limit(),
            )
        except FondsError as error:
            if callback:  # a script element never sees the body of an error, so it is no error
                return json_answer(body_of(error), callback)
            return error_answer(error)
        return Response(body, media_type=_JAVASCRIPT if callback else JSON)

    def _stored(self, name: str) -> str:
        query = self._services.queries.query(name)
        if query is None:
            raise NotThere(what="stored query", name=name[:80])
        return query

    def _limit(self) -> CapacityLimiter:
        if self._limiter is None:  # belongs to the running event loop
            self._limiter = CapacityLimiter(max(1, self._services.settings.web.threads))
        return self._limiter

    async def _posted(self, request: Request, params: dict[str, str]) -> str:
        body = await read_limited(request, body_limit(self._services.settings.search))
        content_type = request.headers.get("content-type", "")
        try:
            return read_body(content_type, body)
        except ParameterInvalid:
            if params.get("q") or params.get("scrollId"):
                return params.get("q", "")
            raise


def body_limit(settings: SearchSettings) -> int:
    """Return how many bytes a body with a query may have."""
    return 3 * settings.query_bytes + _ENVELOPE


async def read_limited(request: Request, limit: int) -> bytes:
    """Read a body; raises RequestTooLarge without reading more than the limit."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise RequestTooLarge(part="body", limit=limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise RequestTooLarge(part="body", limit=limit)
    return bytes(body)
