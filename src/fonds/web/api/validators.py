"""Validators of answers that do not change: ETag, Last-Modified, and 304 (RFC 9110, 8.8 and 13)."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

_JSON = "application/json; charset=utf-8"


def validators(etag: str, modified: float = 0.0) -> dict[str, str]:
    """Return the headers; `modified` is in seconds since 1970, 0 where it is not known."""
    found = {"ETag": etag}
    if modified > 0:
        found["Last-Modified"] = formatdate(modified, usegmt=True)
    return found


def is_fresh(request: Request, etag: str, modified: float = 0.0) -> bool:
    """Tell whether the client has the current answer; a tag counts before a date."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return etag in known or "*" in known
    since = _seconds(request.headers.get("if-modified-since", ""))
    return modified > 0 and since is not None and int(modified) <= since


def range_is_current(request: Request, etag: str, modified: float = 0.0) -> bool:
    """Tell whether If-Range names the current answer: the same tag, or exactly its date."""
    named = request.headers.get("if-range")
    if named is None or named == etag:
        return True
    return modified > 0 and _seconds(named) == int(modified)


def fixed(
    request: Request,
    body: bytes,
    *,
    modified: float = 0.0,
    media_type: str = _JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with bytes that stay the same, or with 304 to who has them."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    sent = {"Cache-Control": "no-cache", **(headers or {}), **validators(etag, modified)}
    if is_fresh(request, etag, modified):
        return Response(status_code=304, headers=sent)
    return Response(body, headers=sent, media_type=media_type)


def _seconds(text: str) -> int | None:
    """Read a date of HTTP; None for anything else."""
    try:
        return int(parsedate_to_datetime(text).timestamp())
    except (ValueError, OverflowError):
        return None
