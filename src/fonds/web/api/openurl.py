"""`/document/openurl` and `/document/multiopenurl`: references resolved for programs.

One document: 302 to its PDF, or 200 with `resourceUrl` when `noredirect` is asked for. Several: 300
with the candidates. None: 404. Never HTML (istex-api.md 1.7, 1.8).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.errors import ParameterInvalid
from fonds.record import FileDescriptor, Record
from fonds.web.api.door import JSON
from fonds.web.api.parameters import NO_JSON
from fonds.web.api.searching import base_url, read_limited
from fonds.web.resolver.citation import Citation
from fonds.web.resolver.openurl import Pairs, citation_of, pairs_of, read_identifier
from fonds.web.resolver.resolve import Candidate, Resolution, resolve
from fonds.web.services import Services

MOST_REFERENCES = 10_000  # of one call of multiopenurl
MOST_BODY = 16 * 1024 * 1024  # bytes
_SEVERAL = "Plusieurs documents correspondent à cette référence."
_NONE = "Aucun document ne correspond à cette référence."
_EMPTY = "L'adresse ne décrit aucune référence."
_FALSE = frozenset({"0", "false", "no"})
_PREFERRED = ("pdf", "tei", "cleaned", "txt")  # what a reader is sent to, best first
_PASSED_ON = ("sid", "auth")  # parameters that go with the reader
_encode = msgspec.json.Encoder().encode


class OpenUrl:
    """The OpenURL endpoints of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def answer(self, request: Request) -> Response:
        """Resolve the reference that an address describes."""
        query: bytes = request.scope["query_string"]
        if request.method == "POST":
            query += b"&" + await read_limited(request, MOST_BODY)
        pairs = pairs_of(query)
        citation = citation_of(pairs)
        if citation.is_empty:
            return _problem(404, _EMPTY)
        found = await to_thread.run_sync(resolve, citation, self._services.search)
        return self._answer(found, pairs, base_url(request, self._services))

    async def answer_many(self, request: Request) -> Response:
        """Resolve many references in one call; the answers come in the order of the references."""
        body = await read_limited(request, MOST_BODY)
        references = _references(body)
        base = base_url(request, self._services)
        answers = await to_thread.run_sync(self._resolve_all, references, base)
        return Response(_encode(answers), media_type=JSON)

    def _resolve_all(self, references: Sequence[Pairs], base: str) -> list[dict[str, Any]]:
        return [self._brief(citation_of(pairs), base) for pairs in references]

    def _brief(self, citation: Citation, base: str) -> dict[str, Any]:
        if citation.is_empty:
            return {"code": 404, "_error": _EMPTY}
        resolution = resolve(citation, self._services.search)
        if resolution.found is not None:
            address = resource_url(resolution.found.record, base)
            if address:
                return {"resourceUrl": address}
        if resolution.candidates and resolution.found is None:
            return {"code": 300, "_error": _SEVERAL}
        return {"code": 404, "_error": _NONE}

    def _answer(self, resolution: Resolution, pairs: Pairs, base: str) -> Response:
        found = resolution.found
        address = resource_url(found.record, base) if found is not None else ""
        if found is not None and address:
            if _wants_json(pairs):
                return Response(_encode({"resourceUrl": address}), media_type=JSON)
            passed = [(key, value) for key, value in pairs if key in _PASSED_ON and value]
            return RedirectResponse(f"{address}?{urlencode(passed)}" if passed else address, 302)
        if found is None and resolution.candidates:
            return _problem(300, _SEVERAL, [_described(one, base) for one in resolution.candidates])
        return _problem(404, _NONE)


def resource_url(record: Record, base: str) -> str:
    """Return the address of the text to read, PDF first; empty when there is none."""
    by_extension = {file.extension: file for file in reversed(record.fulltext)}
    for extension in _PREFERRED:
        file: FileDescriptor | None = by_extension.get(extension)
        if file is not None:
            return f"{base}{file.uri}"
    return ""


def _described(candidate: Candidate, base: str) -> dict[str, Any]:
    record, evidence = candidate.record, candidate.evidence
    return {
        "id": record.id,
        "arkIstex": record.ark_istex,
        "title": record.title,
        "host": {"title": record.host.title} if record.host is not None else {},
        "publicationDate": record.publication_date,
        "resourceUrl": resource_url(record, base),
        "agrees": sorted(evidence.agrees),
        "differs": sorted(evidence.differs),
    }


def _problem(code: int, message: str, candidates: Sequence[dict[str, Any]] = ()) -> Response:
    content: dict[str, Any] = {"code": code, "_message": message, "_error": message}
    if candidates:
        content["candidates"] = candidates
    return Response(_encode(content), code, media_type=JSON)


def _wants_json(pairs: Pairs) -> bool:
    said = {key: value.lower() for key, value in pairs if key in ("noredirect", "directlink")}
    if "noredirect" in said:
        return said["noredirect"] not in _FALSE
    return said.get("directlink", "true") in _FALSE


def _references(body: bytes) -> list[Pairs]:
    """Read `[{"rft_id": "info:doi/..."}, ...]`, `[["doi", "10..."], ...]` or `["10...", ...]`."""
    try:
        content = msgspec.json.decode(body)
    except NO_JSON as error:
        raise ParameterInvalid(name="body", value="", reason="not JSON") from error
    if not isinstance(content, list) or len(content) > MOST_REFERENCES:
        reason = f"a list of at most {MOST_REFERENCES} references was expected"
        raise ParameterInvalid(name="body", value="", reason=reason)
    return [_reference(one) for one in content]


def _reference(one: object) -> Pairs:
    if isinstance(one, dict):
        return [(str(key).lower(), _text(value)) for key, value in one.items()]
    if isinstance(one, list) and len(one) == 2:
        return [(str(one[0]).lower(), _text(one[1]))]
    if isinstance(one, str):
        return [("id", one)] if read_identifier(one) else pairs_of(one.encode())
    return []


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""
