"""The JSON of `/document`: one page of a result, or one step of a walk."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from fonds.access.gate import Visitor
from fonds.search.cursors import CursorPage
from fonds.search.engine import SearchRequest, SearchResult
from fonds.search.facets import TOP_HITS
from fonds.search.query.tree import Boolean, Clause, MatchAll, Node, Phrase
from fonds.web.api.explaining import explained
from fonds.web.api.highlighting import check_size, highlights
from fonds.web.api.output import read_output
from fonds.web.api.parameters import Parameters, read_parameters, scroll_seconds
from fonds.web.api.uris import listing, walking
from fonds.web.redaction import Redaction
from fonds.web.services import Services
from fonds.web.visitors import narrow

_encode = msgspec.json.Encoder().encode
Pair = tuple[str, bytes]  # key and JSON, in the order of the answer


class _Asker(msgspec.Struct, frozen=True):
    """Who asks, where, and what addresses in the answer start with."""

    services: Services
    base: str
    visitor: Visitor
    shown: Redaction

    def hits(
        self, output: str | None, records: Sequence[bytes], scores: Sequence[float]
    ) -> list[bytes]:
        return read_output(output).hits(map(self.shown, records), scores, self.base)


class _Walk(msgspec.Struct, frozen=True):
    """What a cursor remembers of the request that opened it."""

    parameters: Parameters
    seed: int | None


def search_answer(
    services: Services, params: Mapping[str, str], base_url: str, visitor: Visitor
) -> bytes:
    """Answer a search as `/document` does; raises FondsErrors.

    `params` are the parameters of the address, `base_url` is what addresses in the answer start
    with. A `callback` wraps the answer, as it does over HTTP. `visitor` is who asks.
    """
    begin = time.perf_counter()
    asker = _Asker(services, base_url, visitor, Redaction(services, visitor))
    parameters = read_parameters(params, services.settings.search)
    if parameters.scroll is None and not parameters.scroll_id:
        pairs = _page(asker, parameters)
    elif parameters.scroll_id:
        pairs = _next_step(asker, parameters)
    else:
        pairs = _first_step(asker, parameters)
    if parameters.explain and parameters.q:
        pairs.append(("explain", explained(services, parameters, visitor)))
    if parameters.stats:
        took = round((time.perf_counter() - begin) * 1000)
        pairs.insert(0, ("stats", _stats(took)))
    return wrapped(_object(pairs), parameters.callback)


def wrapped(answer: bytes, callback: str) -> bytes:
    """Return JSON as a call of a function, when one is named (JSONP)."""
    return b"%s(%s);" % (callback.encode(), answer) if callback else answer


def _page(asker: _Asker, parameters: Parameters) -> list[Pair]:
    request = _ask(asker, parameters)
    if parameters.highlight:
        check_size(request.size)
    result = asker.services.search.search(request)
    pairs: list[Pair] = [("total", _encode(result.total))]
    if request.size:
        pairs += _neighbours(parameters, request, result.total, asker.base)
    records, scores = [h.source for h in result.hits], [h.score for h in result.hits]
    shown = asker.hits(parameters.output, records, scores)
    if parameters.highlight:
        found = highlights(asker.services, asker.visitor, request.query, result.hits)
        rows = zip(shown, found, strict=True)
        shown = [b'%s,"highlight":%s}' % (hit[:-1], _encode(one)) for hit, one in rows]
    pairs.append(("hits", _list(shown)))
    if request.facets:
        pairs.append(("aggregations", _aggregations(asker, parameters, result)))
    if result.ordered is not None:
        pairs.append(("ordered", _encode(result.ordered)))
    return pairs


def _neighbours(
    parameters: Parameters, request: SearchRequest, total: int, base: str
) -> list[Pair]:
    """Return the addresses of the pages around this one."""
    size, offset = request.size, request.offset
    start = listing(base, parameters, size, _seed(request))
    places = {
        "prevPageURI": max(0, offset - size) if offset else None,
        "nextPageURI": offset + size if offset + size < total else None,
        "firstPageURI": 0,
        "lastPageURI": max(0, total - size),
    }
    return [(key, _encode(f"{start}{at}")) for key, at in places.items() if at is not None]


def _first_step(asker: _Asker, parameters: Parameters) -> list[Pair]:
    """Open a walk, and give its first page with the facets."""
    services = asker.services
    seconds = scroll_seconds(parameters.scroll or "", services.settings.search)
    request = _ask(asker, parameters)
    walk = _Walk(_shortened(parameters, request.size), _seed(request))
    cursor = services.search.open_cursor(request, seconds, _encode(walk))
    page = services.search.page(cursor, request.size)
    pairs = _step(asker, walk, cursor, page)
    if request.facets:
        counted = services.search.search(msgspec.structs.replace(request, size=0, offset=0))
        pairs.append(("aggregations", _aggregations(asker, parameters, counted)))
    return pairs


def _next_step(asker: _Asker, parameters: Parameters) -> list[Pair]:
    """Give the next page of a walk; only `size=0` is heeded, it does not move the walk."""
    services = asker.services
    peek = services.search.page(parameters.scroll_id, 0)
    walk = msgspec.json.decode(peek.note, type=_Walk)
    page = peek
    if parameters.size:
        page = services.search.page(parameters.scroll_id, walk.parameters.size)
    return _step(asker, walk, parameters.scroll_id, page)


def _step(asker: _Asker, walk: _Walk, cursor: str, page: CursorPage) -> list[Pair]:
    services, asked = asker.services, walk.parameters
    life = asked.scroll or f"{services.settings.search.cursor_seconds}s"
    pairs = [
        ("total", _encode(page.total)),
        ("scroll", _encode(life)),
        ("scrollId", _encode(cursor)),
    ]
    if not page.done:
        address = walking(asker.base, asked, walk.seed, life, cursor)
        pairs.append(("nextScrollURI", _encode(address)))
    pairs.append(("noMoreScrollResults", _encode(page.done)))
    selection = read_output(asked.output)
    fields = ("*",) if selection.everything else tuple(selection.named)
    records = services.search.records(page, fields)
    pairs.append(("hits", _list(asker.hits(asked.output, records, page.scores.tolist()))))
    return pairs


def _aggregations(asker: _Asker, parameters: Parameters, result: SearchResult) -> bytes:
    """Return facets as JSON; records of `topHits` are shown as `output=*` shows them."""
    if TOP_HITS not in parameters.facet:
        return _encode(result.aggregations)
    everything = read_output("*")

    def shown(part: Any) -> Any:
        if isinstance(part, msgspec.Raw):
            return msgspec.Raw(everything.of(asker.shown(bytes(part)), asker.base))
        if isinstance(part, dict):
            return {key: shown(value) for key, value in part.items()}
        return [shown(one) for one in part] if isinstance(part, list) else part

    return _encode(shown(result.aggregations))


def _object(pairs: Sequence[Pair]) -> bytes:
    """Return an object; a page may have megabytes, which are copied once."""
    parts: list[bytes] = []
    for key, value in pairs:
        parts += (b',"' if parts else b'{"', key.encode(), b'":', value)
    return b"".join((*parts, b"}"))


def _list(items: Sequence[bytes]) -> bytes:
    if len(items) < 2:
        return b"[%s]" % b"".join(items)
    return b",".join((b"[" + items[0], *items[1:-1], items[-1] + b"]"))  # copied once


def _ask(asker: _Asker, parameters: Parameters) -> SearchRequest:
    request = asker.services.search.ask(
        parameters.q,
        size=parameters.size,
        offset=parameters.offset,
        default_operator=parameters.default_operator,
        sort_by=parameters.sort_by,
        rank_by=parameters.rank_by,
        seed=parameters.seed,
        facet=parameters.facet,
    )
    return narrow(asker.services, asker.visitor, within(request, parameters.corpus))


def within(request: SearchRequest, collection: str) -> SearchRequest:
    """Return a question that also asks for a collection (the legacy parameter `corpus`)."""
    if not collection:
        return request
    return msgspec.structs.replace(request, query=_within(request.query, collection))


def _within(query: Node | None, collection: str) -> Node:
    asked = query or MatchAll(start=0, end=0)
    place = Phrase(start=asked.end, end=asked.end, field="corpusName.raw", text=collection)
    clauses = (Clause("must", asked), Clause("must", place))
    return Boolean(start=asked.start, end=asked.end, clauses=clauses)


def _seed(request: SearchRequest) -> int | None:
    return request.rank.seed if request.rank.by == "random" else None


def _shortened(parameters: Parameters, size: int) -> Parameters:
    return msgspec.structs.replace(parameters, q=parameters.q[:2_001], size=size)


def _stats(took: int) -> bytes:
    return _encode({"elasticsearch": {"took": took}, "istex-api": {"took": took}})
