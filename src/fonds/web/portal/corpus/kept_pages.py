"""The pages of corpora kept for good: all of them, and one with its files, changes and citation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.corpora.kept import KeptCorpus, count_kept, kept_page, plan_of, read_kept
from fonds.corpora.rerun import Changes, rerun
from fonds.corpora.selection import read_selection
from fonds.corpora.sizes import Sizes, sizes_of
from fonds.corpora.usable import usable
from fonds.errors import CorpusNotFound
from fonds.record import Record
from fonds.web.api.searching import base_url
from fonds.web.portal.asking import Asked, page_number
from fonds.web.portal.corpus.building import needs_token
from fonds.web.portal.corpus.citing import Citation, citation_of
from fonds.web.portal.corpus.formats import CITATIONS, TABLE, USES
from fonds.web.portal.corpus.indicators import Offered, offered
from fonds.web.portal.corpus.order import Order, read_order
from fonds.web.portal.pages import render
from fonds.web.portal.source import Source, source_of
from fonds.web.services import Services
from fonds.web.visitors import narrow, visitor_of
from fonds.web.withheld import withholding_of

_SHOWN = 20  # corpora, or documents, on one page
_COMPARED = 10_000  # documents; a larger corpus is compared when asked for
_RECORD = msgspec.json.Decoder(Record)


class Document(msgspec.Struct, frozen=True):
    """A document of a corpus, at the version it was kept with."""

    id: str
    ark: str
    version: int
    title: str
    source: Source


class Held(msgspec.Struct, frozen=True):
    """A kept corpus as its page shows it."""

    kept: KeptCorpus
    name: str
    sizes: Sizes
    extract: str
    offered: tuple[Offered, ...]
    tools: dict[str, int]
    documents: tuple[Document, ...]
    page: int
    pages: int
    changes: Changes | None
    citation: Citation
    needs_token: bool


class KeptPages:
    """The pages of kept corpora, of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def listing(self, request: Request) -> Response:
        """List the corpora that are kept, the latest first."""
        home = self._services.home
        total = count_kept(home)
        pages = max(1, -(-total // _SHOWN))
        page = min(pages, page_number(request.query_params))
        shown = {
            "asked": Asked(),
            "found": kept_page(home, (page - 1) * _SHOWN, _SHOWN),
            "total": total,
            "page": page,
            "pages": pages,
        }
        return render(request, self._services, "corpora.html", shown)

    def one(self, request: Request) -> Response:
        """Show one corpus."""
        try:
            kept = read_kept(self._services.home, str(request.path_params["name"]))
        except CorpusNotFound:
            return render(request, self._services, "missing.html", {"asked": Asked()}, 404)
        order = read_order(request.query_params)
        if order.is_table:
            order = Order()
        base = base_url(request, self._services)
        shown = {
            "asked": Asked(),
            "order": order,
            "held": self._held(request, kept, order, base),
            "uses": tuple(one for one in USES if one != TABLE),
            "citations": CITATIONS,
            "base": base,
        }
        status = 400 if order.notes else 200
        return render(request, self._services, "corpus_kept.html", shown, status)

    def _held(self, request: Request, kept: KeptCorpus, order: Order, base: str) -> Held:
        services = self._services
        withholding = withholding_of(request, services)
        extract = str(read_selection(order.choice.extract))
        plan = plan_of(kept, extract, order.choice.archive_type, withholding.key)
        whole = plan_of(kept, str(read_selection("")), "zip", withholding.key)
        pages = max(1, -(-len(kept.documents) // _SHOWN))
        page = min(pages, page_number(request.query_params))
        sizes = sizes_of(services.archive, plan, withholding)
        return Held(
            kept=kept,
            name=kept.ark.rpartition("/")[2],
            sizes=sizes,
            extract=extract,
            offered=tuple(offered(sizes_of(services.archive, whole, withholding))),
            tools=usable(services.archive, whole, withholding),
            documents=tuple(self._documents(kept, (page - 1) * _SHOWN)),
            page=page,
            pages=pages,
            changes=self._changes(request, kept),
            citation=citation_of(kept, services.settings.web.name, f"{base}/{kept.ark}"),
            needs_token=needs_token(request, services, sizes.withheld),
        )

    def _changes(self, request: Request, kept: KeptCorpus) -> Changes | None:
        services = self._services
        if len(kept.documents) > _COMPARED and "changes" not in request.query_params:
            return None
        within = partial(narrow, services, visitor_of(request, services))
        return rerun(services.archive, services.engine, services.search, kept, within)

    def _documents(self, kept: KeptCorpus, begin: int) -> Iterator[Document]:
        some = kept.documents[begin : begin + _SHOWN]
        records = self._services.archive.records([one.ord for one in some])
        for one, record in zip(some, map(_RECORD.decode, records), strict=True):
            source = source_of(record.host, record.publication_date)
            yield Document(one.id, record.ark_istex, one.version, record.title, source)
