"""Answers of known length, whole or in part: Range, If-Range, If-None-Match (RFC 9110)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fonds.web.api.content import Span, read_range


def ranged(
    request: Request,
    size: int,
    etag: str,
    headers: Mapping[str, str],
    chunks: Callable[[Span], Iterator[bytes]],
) -> Response:
    """Answer with what `chunks` gives for the stretch that was asked for."""
    sent = {**headers, "ETag": etag, "Accept-Ranges": "bytes"}
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=sent)
    span, status = Span(0, size), 200
    asked = request.headers.get("range", "")
    if asked and request.headers.get("if-range") in (None, etag):
        try:
            part = read_range(asked, size)
        except ValueError:
            sent["Content-Range"] = f"bytes */{size}"
            return Response(status_code=416, headers=sent)
        if part is not None:
            span, status = part, 206
            sent["Content-Range"] = f"bytes {span.begin}-{span.end - 1}/{size}"
    sent["Content-Length"] = str(span.end - span.begin)
    if request.method == "HEAD":
        return StreamingResponse(iter(()), status, sent)
    return StreamingResponse(chunks(span), status, sent)


def _matches(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return etag in tags or "*" in tags
