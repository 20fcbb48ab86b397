"""A list that a form brings: what was pasted, and a file."""

from __future__ import annotations

from starlette.requests import Request

from fonds.errors import ParameterInvalid, RequestTooLarge
from fonds.web.portal.identifier_lists import MOST_BYTES


async def posted_list(request: Request) -> str:
    """Return the list pasted, with the one of the file behind it; raises RequestTooLarge."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > 2 * MOST_BYTES:
        raise RequestTooLarge(part="body", limit=2 * MOST_BYTES)
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise ParameterInvalid(name="body", value=kind[:80], reason="a form was expected")
    async with request.form(max_files=1, max_fields=5, max_part_size=2 * MOST_BYTES) as form:
        pasted, file = form.get("list", ""), form.get("file")
        text = pasted if isinstance(pasted, str) else ""
        if file is not None and not isinstance(file, str):
            text += "\n" + _decoded(await file.read(MOST_BYTES + 1))
    return text


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RequestTooLarge(part="file", limit=MOST_BYTES)
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-8-sig" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("cp1252", "replace")
