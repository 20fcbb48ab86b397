"""A search as its page shows it: hits with passages, facets, years, pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from fonds.access.gate import Visitor
from fonds.errors import ArchiveDamaged, NotThere
from fonds.record import Record
from fonds.search.doctor import Explanation
from fonds.search.engine import Hit, Ordered
from fonds.search.passages import Passage, finds, highlight, passages
from fonds.search.query.tree import Node
from fonds.search.stored_queries import name_of
from fonds.web.portal.asking import FACETS, SIZE, SORTS, Asked, Filter
from fonds.web.portal.source import Source, source_of
from fonds.web.portal.understanding import Understood, understand
from fonds.web.portal.ways import context_object, texts_here
from fonds.web.services import Services
from fonds.web.visitors import doctor_for, may_read, narrow

_RECORD = msgspec.json.Decoder(Record)
_FACET_SIZE = 8
_FACET_PARAMETER = ",".join(f"{name}[{_FACET_SIZE}]" for name in FACETS)
_PASSAGES = 2
_LONG = 4_000  # characters of a query; the address of the API names it then
_MOST_AUTHORS = 4
_MOST_TEXT = 2_000_000  # characters looked through for passages


class Shown(msgspec.Struct, frozen=True):
    """One document in a list of results."""

    ark: str
    title: Passage
    authors: tuple[str, ...]
    more_authors: int
    source: Source
    genre: str
    language: str
    is_open: bool
    pdf: str  # its address, or empty
    text: str  # the address of its text to read here, where there is no PDF, or empty
    passages: tuple[Passage, ...]
    doi: str
    coins: str  # the reference for reference managers (COinS)


class Value(msgspec.Struct, frozen=True):
    """One value of a facet."""

    value: str
    count: int
    address: str
    active: bool
    without: str  # address of the search that excludes it


class FacetShown(msgspec.Struct, frozen=True):
    """One facet with its values."""

    field: str
    values: tuple[Value, ...]
    more: int  # documents under values that are not shown


class Year(msgspec.Struct, frozen=True):
    """One bar of the chart of years."""

    year: int
    count: int
    height: float  # of 100
    x: float  # of 100
    width: float
    address: str


class Results(msgspec.Struct, frozen=True):
    """A page of results."""

    total: int
    hits: tuple[Shown, ...]
    facets: tuple[FacetShown, ...]
    years: tuple[Year, ...]
    page: int
    pages: int
    query: str  # the whole question in the query language
    understood: Understood
    ordered: Ordered | None = None  # how, where an order by meaning was asked for
    explanation: Explanation | None = None  # asked for, or because nothing was found


def search(services: Services, asked: Asked, visitor: Visitor) -> Results:
    """Answer a search as `visitor` may see it; raises FondsErrors."""
    understood = Understood("words", asked.q)
    if not asked.as_words:
        understood = understand(services, asked.q)
    if asked.q:  # by itself first: it must not reach out of its parentheses, and errors point at it
        services.search.ask(understood.query)
    query = asked.question(understood.query, _listed(services, asked.listed))
    sort_by, rank_by = SORTS[asked.sort]
    question = services.search.ask(
        query,
        size=SIZE,
        offset=(asked.page - 1) * SIZE,
        sort_by=sort_by,
        rank_by=rank_by,
        facet=f"{_FACET_PARAMETER},publicationDate[perYear]",
    )
    found = services.search.search(narrow(services, visitor, question))
    words = services.search.ask(understood.query).query if understood.query else None
    hits = tuple(_shown(services, hit, words, visitor) for hit in found.hits)
    return Results(
        total=found.total,
        hits=hits,
        facets=tuple(_facet(name, found.aggregations.get(name), asked) for name in FACETS),
        years=_years(found.aggregations.get("publicationDate"), asked),
        page=asked.page,
        pages=max(1, -(-found.total // SIZE)),
        query=query,
        understood=understood,
        ordered=found.ordered,
        explanation=_explanation(services, asked, found.total, visitor)
        if understood.kind == "words"
        else None,
    )


def api_call(services: Services, base: str, asked: Asked, results: Results) -> str:
    """Return the address at which the API answers the same question; a long one is stored."""
    sort_by, rank_by = SORTS[asked.sort]
    long = len(results.query) > _LONG
    if long:
        services.queries.store(results.query)
    question = ("q_id", name_of(results.query)) if long else ("q", results.query)
    pairs = [question, ("size", str(SIZE)), ("output", "*")]
    pairs += [("from", str((asked.page - 1) * SIZE))] if asked.page > 1 else []
    pairs += [("sortBy", sort_by)] if sort_by else []
    pairs += [("rankBy", rank_by)] if rank_by else []
    return f"{base}/document/?{urlencode(pairs)}"


def _listed(services: Services, name: str) -> str:
    """Return the query of a list of identifiers; raises NotThere when it is kept no more."""
    if not name:
        return ""
    query = services.queries.query(name)
    if query is None:
        raise NotThere(what="list", name=name)
    return query


def _explanation(
    services: Services, asked: Asked, total: int, visitor: Visitor
) -> Explanation | None:
    if not asked.q or (total and not asked.explain):
        return None
    return doctor_for(services, visitor).explain(asked.q)


def _shown(services: Services, hit: Hit, query: Node | None, visitor: Visitor) -> Shown:
    record = _RECORD.decode(hit.source)
    readable = may_read(services, visitor, hit.source)
    pdf, text = texts_here(record) if readable else ("", "")
    access = record.access_condition
    return Shown(
        ark=record.ark_istex,
        title=highlight(query, record.title, "title"),
        authors=tuple(author.name for author in record.author[:_MOST_AUTHORS]),
        more_authors=max(0, len(record.author) - _MOST_AUTHORS),
        source=source_of(record.host, record.publication_date),
        genre=record.genre[0] if record.genre else "",
        language=record.language[0] if record.language else "",
        is_open=access is not None and access.content_type == "isOpenAccess",
        pdf=pdf,
        text=text,
        passages=_passages(services, hit, record, query, readable=readable),
        doi=record.doi[0] if record.doi else "",
        coins=urlencode(context_object(record)),
    )


def _passages(
    services: Services, hit: Hit, record: Record, query: Node | None, *, readable: bool
) -> tuple[Passage, ...]:
    """Return where a document answers; without words to find, the beginning of its abstract.

    The one place from which text of documents reaches a list of results.
    """
    text = _text(services, hit.ord) if readable else ""
    found = passages(query, text, count=_PASSAGES) if text else ()
    if len(found) < _PASSAGES and finds(query, record.abstract, "abstract"):
        found = (*passages(query, record.abstract, count=1, width=260), *found)
    if found:
        return found[:_PASSAGES]
    beginning = record.abstract[:260]
    return (
        (Passage(beginning + ("…" if len(record.abstract) > 260 else ""), ()),) if beginning else ()
    )


def _text(services: Services, number: int) -> str:
    """Return the text of a document; a damaged pack takes passages away, not the results."""
    try:
        return services.archive.text_at(number)[:_MOST_TEXT]
    except ArchiveDamaged:
        return ""


def _facet(name: str, answer: object, asked: Asked) -> FacetShown:
    buckets: Sequence[dict[str, Any]] = []
    more = 0
    if isinstance(answer, dict):
        buckets = answer["buckets"]
        more = answer.get("sumOtherDocCount", 0)
    active = {one.value for one in asked.filters if one.field == name and not one.excluded}
    values = tuple(
        Value(
            value=str(bucket["key"]),
            count=bucket["docCount"],
            address=asked.without(Filter(name, str(bucket["key"])))
            if str(bucket["key"]) in active
            else asked.with_filter(name, str(bucket["key"])),
            active=str(bucket["key"]) in active,
            without=asked.with_filter(name, str(bucket["key"]), excluded=True),
        )
        for bucket in buckets
    )
    return FacetShown(name, values, more)


def _years(answer: object, asked: Asked) -> tuple[Year, ...]:
    """Return the chart's bars; a long span is drawn by tens of years."""
    if not isinstance(answer, dict) or not answer["buckets"]:
        return ()
    counts = {int(bucket["keyAsString"]): bucket["docCount"] for bucket in answer["buckets"]}
    step = 1 if len(counts) <= 80 else 10
    grouped: dict[int, int] = {}
    for year, count in counts.items():
        grouped[year - year % step] = grouped.get(year - year % step, 0) + count
    most = max(grouped.values()) or 1
    width = 100 / len(grouped)
    return tuple(
        Year(
            year=year,
            count=count,
            height=max(3.0, 100 * count / most) if count else 0.0,
            x=round(at * width, 3),
            width=round(width * 0.82, 3),
            address=asked.address(first=str(year), last=str(year + step - 1)),
        )
        for at, (year, count) in enumerate(sorted(grouped.items()))
    )
