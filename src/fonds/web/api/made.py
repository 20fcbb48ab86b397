"""Files that are made when someone asks: citations, HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from fonds.archive.model import StoredDocument
from fonds.renditions.model import Rendition
from fonds.web.api.content import Span
from fonds.web.api.files import SANDBOX, made_name
from fonds.web.api.partial import ranged


def made_answer(
    request: Request,
    document: StoredDocument,
    rendition: Rendition,
    data: bytes,
    modified: float = 0.0,
) -> Response:
    """Answer with a form of a document, or the part of it that was asked for.

    `modified` is when the document came; a form is as new as the program that makes it.
    """
    media_type = f"{rendition.mimetype}; charset=utf-8"
    name = made_name(document, rendition.extension)
    return bytes_answer(request, data, media_type, name, max(modified, program_time()))


def bytes_answer(
    request: Request, data: bytes, media_type: str, name: str, modified: float = 0.0
) -> Response:
    """Answer with bytes that were made for this request, or a part of them."""
    tag = hashlib.sha256(data).hexdigest()[:32]
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "no-cache",
        "Content-Security-Policy": SANDBOX,
    }

    def chunks(span: Span) -> Iterator[bytes]:
        return iter((data[span.begin : span.end],))

    return ranged(request, len(data), f'"{tag}"', headers, chunks, modified=modified)


@cache
def program_time() -> float:
    """Return when this version of Fonds was installed, in seconds since 1970."""
    return Path(__file__).stat().st_mtime
