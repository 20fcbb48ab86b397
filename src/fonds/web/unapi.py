"""unAPI: descriptions by identifier and format. Served, never announced on an article's page.

Zotero would prefer it to the tags of the page and lose the PDF. https://unapi.info
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fonds.archive import ark as arks
from fonds.archive.model import StoredDocument
from fonds.web.forms import description
from fonds.web.resolver.openurl import read_identifier
from fonds.web.services import Services

_FORMATS = {
    "mods": ("application/mods+xml", "http://www.loc.gov/standards/mods/"),
    "ris": ("application/x-research-info-systems", ""),
    "bibtex": ("application/x-bibtex", ""),
    "csl": ("application/vnd.citationstyles.csl+json", ""),
    "dc": ("application/xml", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
}
_MOST_IDENTIFIER = 300


class UnApi:
    """The one address of unAPI."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def answer(self, request: Request) -> Response:
        """List the formats (300 for one document), or answer with a description."""
        return await to_thread.run_sync(self._answer, request)

    def _answer(self, request: Request) -> Response:
        identifier = request.query_params.get("id", "")[:_MOST_IDENTIFIER]
        name = request.query_params.get("format", "")
        if not identifier:
            return _formats("", 200)
        document = self._find(identifier)
        if document is None:
            return PlainTextResponse("There is no document of this identifier.\n", 404)
        if not name:
            return _formats(identifier, 300)
        if name not in _FORMATS:
            return PlainTextResponse(f"One of {', '.join(_FORMATS)} was expected.\n", 406)
        body = description(self._services, document, name)
        return Response(body, media_type=f"{_FORMATS[name][0]}; charset=utf-8")

    def _find(self, identifier: str) -> StoredDocument | None:
        read = read_identifier(identifier)
        ark = arks.parse(read[1] if read is not None and read[0] == "ark" else identifier)
        if ark is not None:
            return self._services.archive.by_ark(str(ark))
        return self._services.archive.by_id(identifier.upper())


def _formats(identifier: str, status: int) -> Response:
    named = f" id={quoteattr(identifier)}" if identifier else ""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<formats{named}>"]
    for name, (mimetype, docs) in _FORMATS.items():
        more = f" docs={quoteattr(docs)}" if docs else ""
        lines.append(f'<format name="{name}" type="{mimetype}"{more}/>')
    body = "\n".join([*lines, "</formats>"]) + "\n"
    return Response(body, status, media_type="application/xml; charset=utf-8")
