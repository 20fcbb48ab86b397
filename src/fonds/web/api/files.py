"""Files of documents over HTTP: streamed from the pack, with ranges, tags and gzip pass-through."""

from __future__ import annotations

import re
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument, StoredFile
from fonds.web.api.content import Content, Span, accepts_gzip, read_range

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
# what a browser could run is opened without scripts and without our origin
_PASSIVE = ("application/pdf", "image/gif", "image/jpeg", "image/png", "image/tiff", "image/bmp")


def file_answer(
    request: Request, archive: Archive, document: StoredDocument, file: StoredFile
) -> Response:
    """Answer with a file of a document, or the part of it that was asked for."""
    gzip = file.method == 8 and accepts_gzip(request.headers.get("accept-encoding", ""))
    content = Content(archive.path(file), file, gzip)
    headers = _headers(document, file, content)
    if _matches(request.headers.get("if-none-match", ""), content.etag):
        return Response(status_code=304, headers=headers)
    span, status = Span(0, content.size), 200
    asked = request.headers.get("range", "")
    condition = request.headers.get("if-range")
    if asked and condition in (None, content.etag):
        try:
            part = read_range(asked, content.size)
        except ValueError:
            headers["Content-Range"] = f"bytes */{content.size}"
            return Response(status_code=416, headers=headers)
        if part is not None:
            span, status = part, 206
            last = span.end - 1
            headers["Content-Range"] = f"bytes {span.begin}-{last}/{content.size}"
    headers["Content-Length"] = str(span.end - span.begin)
    if request.method == "HEAD":
        return StreamingResponse(iter(()), status, headers)
    return StreamingResponse(_stream(content, span), status, headers)


def _stream(content: Content, span: Span) -> Iterator[bytes]:
    return content.chunks(span)


def _headers(document: StoredDocument, file: StoredFile, content: Content) -> dict[str, str]:
    headers = {
        "Content-Type": content_type(file),
        "Content-Disposition": f'inline; filename="{file_name(document, file)}"',
        "ETag": content.etag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    if content.gzip:
        headers["Content-Encoding"] = "gzip"
    if file.mimetype not in _PASSIVE:
        headers["Content-Security-Policy"] = (
            "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        )
    return headers


def content_type(file: StoredFile) -> str:
    """Return the announced type; text that we made is UTF-8 and says so."""
    ours = file.mimetype.startswith("text/") and not file.original
    return f"{file.mimetype}; charset=utf-8" if ours else file.mimetype


def file_name(document: StoredDocument, file: StoredFile) -> str:
    """Return a name to save the file under, made from the ARK (or the id)."""
    stem = document.ark.rpartition("/")[2] or document.id
    extension = {"cleaned": "cleaned.txt", "ocr": "ocr.txt"}.get(file.extension, file.extension)
    if file.typology == "enrichments":
        extension = f"{extension}.tei"
    elif file.typology in ("annexes", "covers"):
        extension = f"{file.typology}.{extension}"
    return _UNSAFE.sub("_", f"{stem}.{extension}")


def _matches(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return etag in tags or "*" in tags
