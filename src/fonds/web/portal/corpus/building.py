"""A corpus as its page shows it: documents, what they are made of, size, ways to take it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from starlette.requests import Request

from fonds.corpora.enrichment_rows import ENRICHMENTS
from fonds.corpora.plan import Plan
from fonds.corpora.selection import read_selection
from fonds.corpora.sizes import Sizes
from fonds.corpora.table_files import table_chunks
from fonds.corpora.withholding import Withholding
from fonds.errors import NotThere
from fonds.record import Record
from fonds.search.doctor import Explanation
from fonds.search.stored_queries import name_of
from fonds.web.api.exporting import planned, sized
from fonds.web.api.searching import base_url
from fonds.web.portal.corpus.indicators import Indicators, indicators
from fonds.web.portal.corpus.lines import LONG, Line, file_lines, row_table, table_lines
from fonds.web.portal.corpus.order import Order
from fonds.web.portal.source import Source, source_of
from fonds.web.portal.understanding import Understood, understand
from fonds.web.redaction import Redaction
from fonds.web.services import Services
from fonds.web.visitors import doctor_for, visitor_of
from fonds.web.withheld import withholding_of

_SHOWN = 6  # documents of the corpus
MADE_AT_ONCE = 2_000  # rows of a table that is made to know its length
_MADE_ON_WISH = 200_000  # when somebody asks for the length: some 10,000 rows a second
_RECORD = msgspec.json.Decoder(Record)


class Question(msgspec.Struct, frozen=True):
    """What a corpus is made of, in the query language."""

    query: str
    understood: Understood


class Shown(msgspec.Struct, frozen=True):
    """One of the first documents."""

    ark: str
    title: str
    source: Source


class Table(msgspec.Struct, frozen=True):
    """A table of the documents."""

    rows: int
    columns: int
    size: int | None  # bytes; None: known when it is written
    can_measure: bool  # it will be made for its size, when somebody asks


class Built(msgspec.Struct, frozen=True):
    """A corpus."""

    question: Question
    total: int  # documents the question finds
    documents: int  # of the corpus
    shown: tuple[Shown, ...]
    indicators: Indicators
    extract: str
    sizes: Sizes | None  # of its files
    table: Table | None
    download: str  # an address
    corpus_file: str  # an address
    lines: tuple[Line, ...]
    rows: tuple[tuple[str, str], ...]  # enrichment, address of the table of what it found
    needs_token: bool


def question_of(services: Services, order: Order) -> Question:
    """Return the question of an order as the results page asks it; raises FondsErrors."""
    asked = order.asked
    understood = Understood("words", asked.q)
    if asked.q and not asked.as_words:
        understood = understand(services, asked.q)
    if asked.q:  # by itself first: it must not reach out of its parentheses, and errors point at it
        services.search.ask(understood.query)
    listed = services.queries.query(asked.listed) if asked.listed else ""
    if listed is None:
        raise NotThere(what="list", name=asked.listed)
    query = asked.question(understood.query, listed) if asked.narrows else understood.query
    return Question(query, understood)


def parameters_of(services: Services, order: Order, query: str) -> dict[str, str]:
    """Return the parameters by which the API gives the documents; a long query is stored."""
    given = order.parameters(query)
    if len(query) <= LONG:
        return given
    services.queries.store(query)
    return {"q_id": name_of(query), **given}


def build(request: Request, services: Services, order: Order, question: Question) -> Built:
    """Return the corpus of an order; raises what a search and an export raise."""
    withholding = withholding_of(request, services)
    given = parameters_of(services, order, question.query)
    plan, sizes, table = _measured(request, services, order, given, withholding)
    whole = msgspec.structs.replace(plan.asked, extract=str(read_selection("")))
    everything = msgspec.structs.replace(plan, asked=whole)
    base = base_url(request, services)
    key = services.plans.keep(plan) if sizes is None else ""
    address = sizes.archive.partition(".")[0] if sizes is not None else f"/extract/{key}"
    token = needs_token(request, services, sizes.withheld if sizes is not None else 0)
    lines = _lines(base, question.query, order, given, needs_token=token)
    return Built(
        question=question,
        total=plan.asked.total,
        documents=len(plan.ords),
        shown=tuple(_shown(services, plan)),
        indicators=indicators(request, services, question.query, everything, withholding),
        extract=plan.asked.extract,
        sizes=sizes,
        table=table,
        download=sizes.archive if sizes is not None else lines[0].text.removeprefix(base),
        corpus_file=f"{address}.corpus",
        lines=lines,
        rows=tuple((name, row_table(name, given)) for name in ENRICHMENTS),
        needs_token=token,
    )


def needs_token(request: Request, services: Services, withheld: int) -> bool:
    """Tell whether a program needs a token: something is withheld, or only a login opens it."""
    by_login = visitor_of(request, services).mode not in ("", "ip")
    return services.gate.rights.restricts and (withheld > 0 or by_login)


def explained(request: Request, services: Services, order: Order) -> Explanation | None:
    """Return why a question finds nothing."""
    if not order.asked.q:
        return None
    return doctor_for(services, visitor_of(request, services)).explain(order.asked.q)


def _measured(
    request: Request,
    services: Services,
    order: Order,
    given: Mapping[str, str],
    withholding: Withholding,
) -> tuple[Plan, Sizes | None, Table | None]:
    if not order.is_table:
        plan, sizes = sized(services, request, _files(order, given), withholding)
        return plan, sizes, None
    plan = planned(services, request, {**given, "extract": "metadata[json]"}, withholding)
    fields = ",".join(order.fields)
    shown = Redaction(services, visitor_of(request, services))
    chunks = table_chunks(services.archive, plan.ords, fields, order.table, shown=shown)
    most = _MADE_ON_WISH if request.query_params.get("measure") == "1" else MADE_AT_ONCE
    size = sum(map(len, chunks)) if len(plan.ords) <= most else None
    can_measure = size is None and len(plan.ords) <= _MADE_ON_WISH
    return plan, None, Table(len(plan.ords), len(order.fields), size, can_measure)


def _lines(
    base: str, query: str, order: Order, given: Mapping[str, str], *, needs_token: bool
) -> tuple[Line, ...]:
    named = {key: value for key, value in given.items() if key != "q" or "q_id" not in given}
    if order.is_table:
        chosen = {"fields": ",".join(order.fields), "format": order.table}
        return tuple(table_lines(base, query, {**named, **chosen}))
    return tuple(file_lines(base, query, _files(order, named), needs_token=needs_token))


def _files(order: Order, given: Mapping[str, str]) -> dict[str, str]:
    choice = order.choice
    return {**given, "extract": choice.extract, "archiveType": choice.archive_type}


def _shown(services: Services, plan: Plan) -> Iterator[Shown]:
    for record in map(_RECORD.decode, services.archive.records(plan.ords[:_SHOWN].tolist())):
        source = source_of(record.host, record.publication_date)
        yield Shown(record.ark_istex, record.title, source)
