"""`/lookup`: which of these references are here, and may the caller open them.

For icons on other sites: the browser extension, the button, a library's own pages. Open to every
origin, without cookies; it answers for what is surely meant and is silent about the rest. The names
are GetFTR's (https://docs.getfulltextresearch.com).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from fonds.access.gate import Visitor
from fonds.errors import ParameterInvalid
from fonds.web.api.door import JSON
from fonds.web.api.searching import base_url, read_limited
from fonds.web.resolver.lookup import Found, Reference, look_up
from fonds.web.services import Services
from fonds.web.visitors import visitor_of

MOST_REFERENCES = 200  # of one call
_MOST_BODY = 512 * 1024  # bytes
_MOST_TEXT = 2_000  # characters of one value
_OPEN = "isOpenAccess"
_KINDS = ("doi", "pmid", "pii", "ark")
_encode = msgspec.json.Encoder().encode


class _Body(msgspec.Struct, frozen=True):
    references: tuple[Reference, ...]


_decode = msgspec.json.Decoder(_Body).decode


class Lookup:
    """The look-up of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def answer(self, request: Request) -> Response:
        """Answer for the references of a body, or for the identifiers of an address."""
        if request.method == "POST":
            references = _posted(await read_limited(request, _MOST_BODY))
        else:
            references = _named(request.scope["query_string"])
        visitor = visitor_of(request, self._services)
        base = base_url(request, self._services)
        content = await to_thread.run_sync(self._found, references, visitor, base)
        headers = {"Cache-Control": "no-store"}
        return Response(_encode({"references": content}), media_type=JSON, headers=headers)

    def _found(
        self, references: Sequence[Reference], visitor: Visitor, base: str
    ) -> list[dict[str, Any]]:
        answers = []
        found = look_up(references, self._services.archive, self._services.holdings)
        for reference, documents in zip(references, found, strict=True):
            if documents:
                best = max(documents, key=lambda one: self._worth(one, visitor))
                answers.append(self._described(reference, best, visitor, base))
        return answers

    def _worth(self, found: Found, visitor: Visitor) -> tuple[bool, bool]:
        """Rank copies: those that may be opened first, then those with a PDF."""
        return self._allowed(found, visitor), _pdf(found) != ""

    def _allowed(self, found: Found, visitor: Visitor) -> bool:
        kind = found.access_condition.content_type
        return self._services.gate.allows(visitor, found.corpus_name, kind)

    def _described(
        self, reference: Reference, found: Found, visitor: Visitor, base: str
    ) -> dict[str, Any]:
        is_open = found.access_condition.content_type == _OPEN
        pdf = _pdf(found)
        vor = [{"contentType": "pdf", "url": f"{base}{pdf}"}] if pdf else []
        return {
            "id": reference.id,
            "ark": found.ark_istex,
            "doi": next(iter(found.doi), ""),
            "title": found.title,
            "entitled": "yes" if self._allowed(found, visitor) else "no",
            "accessType": "open" if is_open else "paid",
            "document": f"{base}/notice/{found.ark_istex}",
            "vor": vor,
        }


def _pdf(found: Found) -> str:
    return next((file.uri for file in found.fulltext if file.extension == "pdf"), "")


def _posted(body: bytes) -> Sequence[Reference]:
    try:
        references = _decode(body).references
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = '{"references": [{"id": "1", "doi": "10.…"}, …]} was expected'
        raise ParameterInvalid(name="body", value="", reason=reason) from error
    return _checked(references)


def _named(query: bytes) -> Sequence[Reference]:
    """Read `doi=10.…&doi=10.…&pmid=…`; each is a reference named by its value."""
    pairs = parse_qsl(query.decode("latin-1"), max_num_fields=MOST_REFERENCES + 1)
    found = [
        msgspec.convert({"id": value, name: value}, Reference)
        for name, value in pairs
        if name in _KINDS
    ]
    return _checked(found)


def _checked(references: Sequence[Reference]) -> Sequence[Reference]:
    if len(references) > MOST_REFERENCES:
        reason = f"at most {MOST_REFERENCES} references were expected"
        raise ParameterInvalid(name="references", value=len(references), reason=reason)
    for one in references:
        if any(len(str(value)) > _MOST_TEXT for value in msgspec.structs.astuple(one)):
            raise ParameterInvalid(name="references", value="", reason="a value is too long")
    return references
