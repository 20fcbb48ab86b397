"""Answers of known length, whole or in part: Range, If-Range, 304 (RFC 9110)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fonds.errors import RangeNotThere
from fonds.web.api.content import Span, read_range
from fonds.web.api.door import JSON
from fonds.web.api.problems import body_of, status_of
from fonds.web.api.validators import is_fresh, range_is_current, validators


def ranged(
    request: Request,
    size: int,
    etag: str,
    headers: Mapping[str, str],
    chunks: Callable[[Span], Iterator[bytes]],
    *,
    modified: float = 0.0,
) -> Response:
    """Answer with what `chunks` gives for the stretch that was asked for.

    `modified` is when it last changed, in seconds since 1970; 0 where that is not known.
    """
    sent = {**headers, **validators(etag, modified), "Accept-Ranges": "bytes"}
    if is_fresh(request, etag, modified):
        return Response(status_code=304, headers=sent)
    span, status = Span(0, size), 200
    asked = request.headers.get("range", "")
    if asked and range_is_current(request, etag, modified):
        try:
            part = read_range(asked, size)
        except ValueError:
            return _beyond(asked, size)
        if part is not None:
            span, status = part, 206
            sent["Content-Range"] = f"bytes {span.begin}-{span.end - 1}/{size}"
    sent["Content-Length"] = str(span.end - span.begin)
    if request.method == "HEAD":
        return StreamingResponse(iter(()), status, sent)
    return StreamingResponse(chunks(span), status, sent)


def _beyond(asked: str, size: int) -> Response:
    error = RangeNotThere(range=asked[:80], size=size)
    headers = {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
    return Response(body_of(error), status_of(error), headers, media_type=JSON)
