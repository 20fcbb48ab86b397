"""Files that are made when someone asks: citations, HTML."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from fonds.archive.model import StoredDocument
from fonds.renditions.model import Rendition
from fonds.web.api.files import SANDBOX, made_name
from fonds.web.api.partial import ranged


def made_answer(
    request: Request, document: StoredDocument, rendition: Rendition, data: bytes
) -> Response:
    """Answer with a form of a document, or the part of it that was asked for."""
    media_type = f"{rendition.mimetype}; charset=utf-8"
    return bytes_answer(request, data, media_type, made_name(document, rendition.extension))


def bytes_answer(request: Request, data: bytes, media_type: str, name: str) -> Response:
    """Answer with bytes that were made for this request, or a part of them."""
    tag = hashlib.sha256(data).hexdigest()[:32]
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "no-cache",
        "Content-Security-Policy": SANDBOX,
    }
    return ranged(
        request, len(data), f'"{tag}"', headers, lambda span: iter((data[span.begin : span.end],))
    )
