"""`/sru` over HTTP: explain and searchRetrieve, by GET and by POST."""

from __future__ import annotations

from urllib.parse import parse_qsl

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from fonds.access.gate import Visitor
from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument
from fonds.errors import FondsError
from fonds.record import Record
from fonds.renditions.citations.dublin_core import fifteen
from fonds.renditions.xml_text import clean
from fonds.search.engine import Hit, SearchRequest
from fonds.web.api.searching import base_url, read_limited
from fonds.web.harvest.oai_pmh.formats import mods
from fonds.web.harvest.sru.answering import explained, found, refused
from fonds.web.harvest.sru.asking import Asked, Schema, read, version_of
from fonds.web.harvest.sru.cql import parse
from fonds.web.harvest.sru.diagnostics import Diagnostic
from fonds.web.harvest.sru.translating import sort_keys, translate
from fonds.web.services import Services
from fonds.web.visitors import narrow, visitor_of

PATH = "/sru"
_MOST_BODY = 128 * 1024  # bytes
_MOST_FIELDS = 100
_TYPE = "application/xml; charset=utf-8"
_DC = (
    '<srw_dc:dc xmlns:srw_dc="info:srw/schema/1/dc-schema" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
_decode = msgspec.json.Decoder(Record).decode


class Sru:
    """The SRU endpoint of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        query: bytes = request.scope["query_string"]
        if request.method == "POST":
            query += b"&" + await read_limited(request, _MOST_BODY)
        base = base_url(request, self._services) + PATH
        visitor = visitor_of(request, self._services)
        body = await to_thread.run_sync(self._body, query, visitor, base)
        return Response(body, media_type=_TYPE, headers={"Cache-Control": "no-cache"})

    def _body(self, query: bytes, visitor: Visitor, base: str) -> bytes:
        try:
            pairs = parse_qsl(query.decode("ascii"), errors="strict", max_num_fields=_MOST_FIELDS)
        except ValueError:
            return refused("2.0", Diagnostic(6, "the parameters are no form in UTF-8"))
        try:
            asked = read(pairs)
            if asked.explains:
                return explained(asked, self._services.settings.web.name, base)
            return self._found(asked, visitor)
        except Diagnostic as diagnostic:
            return refused(version_of(dict(pairs)), diagnostic)

    def _found(self, asked: Asked, visitor: Visitor) -> bytes:
        cql = parse(asked.query)
        request = SearchRequest(
            query=translate(cql),
            offset=asked.start - 1,
            size=asked.count,
            sort=sort_keys(cql),
        )
        try:
            result = self._services.search.search(narrow(self._services, visitor, request))
        except FondsError as error:
            raise Diagnostic(47, error.message[:200]) from error
        if asked.start > 1 and asked.start > result.total:
            raise Diagnostic(61, str(result.total))
        archive = self._services.archive
        return found(asked, result.total, [_written(archive, h, asked.schema) for h in result.hits])


def _written(archive: Archive, hit: Hit, schema: Schema) -> bytes:
    record = _decode(hit.source)
    if schema == "dc":
        return clean(f"{_DC}{fifteen(record)}</srw_dc:dc>")
    return mods(
        archive,
        StoredDocument(
            hit.ord,
            record.id,
            record.ark_istex,
            record.corpus_name,
            record.version,
            hit.source,
            True,
        ),
    )
