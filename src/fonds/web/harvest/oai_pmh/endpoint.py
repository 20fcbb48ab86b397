"""`/oai` over HTTP: GET and POST, every answer one XML document."""

from __future__ import annotations

import time
from collections.abc import Sequence

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from fonds.renditions.xml_text import attribute, clean, element
from fonds.web.api.searching import base_url, read_limited
from fonds.web.harvest.key import harvest_key
from fonds.web.harvest.oai_pmh.answering import Answering
from fonds.web.harvest.oai_pmh.arguments import read_arguments, read_pairs
from fonds.web.harvest.oai_pmh.faults import OaiFault
from fonds.web.harvest.oai_pmh.moments import written
from fonds.web.harvest.oai_pmh.sets import Sets
from fonds.web.services import Services
from fonds.web.visitors import visitor_of

PATH = "/oai"
_MOST_BODY = 64 * 1024  # bytes
_TYPE = "text/xml; charset=utf-8"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ '
    'http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">\n'
)


class OaiPmh:
    """The OAI-PMH endpoint of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._sets = Sets(services.search, services.engine)
        self._key = harvest_key(services.home)

    async def answer(self, request: Request) -> Response:
        """Answer a verb."""
        query: bytes = request.scope["query_string"]
        if request.method == "POST":
            query = await read_limited(request, _MOST_BODY)
        base = base_url(request, self._services) + PATH
        visitor = visitor_of(request, self._services)
        answering = Answering(self._services, self._sets, visitor, base, self._key)
        body = await to_thread.run_sync(_body, answering, base, query)
        headers = {"Cache-Control": "no-cache"}
        return Response(body, media_type=_TYPE, headers=headers)


def _body(answering: Answering, base: str, query: bytes) -> bytes:
    pairs: Sequence[tuple[str, str]] = ()
    try:
        pairs = read_pairs(query)
        content = answering.answer(*read_arguments(pairs))
    except OaiFault as fault:
        if fault.code in ("badVerb", "badArgument"):
            pairs = ()
        content = clean(element("error", fault.said, f' code="{fault.code}"'))
    asked = "".join(f' {name}="{attribute(value)}"' for name, value in pairs)
    head = (
        f"{_HEAD}<responseDate>{written(int(time.time()))}</responseDate>\n"
        f"{element('request', base, asked)}\n"
    )
    return clean(head) + content + b"\n</OAI-PMH>\n"
