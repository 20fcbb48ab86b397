"""Files of documents over HTTP: streamed from the pack, with ranges, tags and gzip pass-through."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument, StoredFile
from fonds.errors import ArchiveDamaged
from fonds.web.api.content import Content, accepts_gzip
from fonds.web.api.partial import ranged

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
# what a browser could run is opened without scripts and without our origin
_PASSIVE = ("application/pdf", "image/gif", "image/jpeg", "image/png", "image/tiff", "image/bmp")


def file_answer(
    request: Request, archive: Archive, document: StoredDocument, file: StoredFile
) -> Response:
    """Answer with a file of a document, or the part of it that was asked for."""
    gzip = file.method == 8 and accepts_gzip(request.headers.get("accept-encoding", ""))
    pack = archive.path(file)
    if not pack.is_file():  # before the first byte: what is sent can't be taken back
        raise ArchiveDamaged(count=1, where=file.pack, reason="it is not there")
    content = Content(pack, file, gzip)
    headers = _headers(document, file, content)
    modified = archive.time_of(document.ord)
    return ranged(request, content.size, content.etag, headers, content.chunks, modified=modified)


def _headers(document: StoredDocument, file: StoredFile, content: Content) -> dict[str, str]:
    headers = {
        "Content-Type": content_type(file),
        "Content-Disposition": f'inline; filename="{file_name(document, file)}"',
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    if content.gzip:
        headers["Content-Encoding"] = "gzip"
    if file.mimetype not in _PASSIVE:
        headers["Content-Security-Policy"] = SANDBOX
    return headers


def content_type(file: StoredFile) -> str:
    """Return the announced type; text that we made is UTF-8 and says so."""
    ours = file.mimetype.startswith("text/") and not file.original
    return f"{file.mimetype}; charset=utf-8" if ours else file.mimetype


def file_name(document: StoredDocument, file: StoredFile) -> str:
    """Return a name to save the file under, made from the ARK (or the id)."""
    extension = {"cleaned": "cleaned.txt", "ocr": "ocr.txt"}.get(file.extension, file.extension)
    if file.typology == "enrichments":
        extension = f"{extension}.tei"
    elif file.typology in ("annexes", "covers"):
        extension = f"{file.typology}.{extension}"
    return made_name(document, extension)


def made_name(document: StoredDocument, extension: str) -> str:
    """Return a name made from the ARK (or the id) with this extension."""
    stem = document.ark.rpartition("/")[2] or document.id
    return _UNSAFE.sub("_", f"{stem}.{extension}")
