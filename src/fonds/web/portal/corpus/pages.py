"""The pages that build a corpus: `/corpus/new`, and keeping one for good."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import parse_qsl, urlencode

from anyio import to_thread
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.corpora.citations import MOST as MOST_CITED
from fonds.errors import ExportTooLarge, FondsError, KeepingRefused
from fonds.web.api.keeping import Wanted, check_keeper, keep
from fonds.web.api.problems import french_of, status_of
from fonds.web.api.searching import base_url, read_limited
from fonds.web.own_forms import is_foreign
from fonds.web.portal.asking import place_of, sorts
from fonds.web.portal.assisted import HOWS, JOINS, offered, read_form
from fonds.web.portal.corpus.building import Built, build, explained, question_of
from fonds.web.portal.corpus.formats import CITATIONS, USES
from fonds.web.portal.corpus.lists import Given, read_list
from fonds.web.portal.corpus.order import COLUMNS, PAGE, TAKES, WAYS, Order, draw, read_order
from fonds.web.portal.identifier_lists import MOST
from fonds.web.portal.pages import render
from fonds.web.portal.posted import posted_list
from fonds.web.portal.search_pages import EXAMPLES, count
from fonds.web.services import Services

_MOST_FORM = 64 * 1024  # bytes


class CorpusPages:
    """The pages that build a corpus, of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def new(self, request: Request) -> Response:
        """Show the corpus that an address or a posted list asks for."""
        if request.method != "POST":
            return await to_thread.run_sync(self._new, request)
        try:
            text = await posted_list(request)
            given = await to_thread.run_sync(read_list, self._services, text)
        except FondsError as error:
            return self._page(request, Order(way="list"), error)
        return await to_thread.run_sync(self._listed, request, given)

    async def keep(self, request: Request) -> Response:
        """Keep a corpus for good, and go to its page."""
        try:
            body = await read_limited(request, _MOST_FORM)
        except FondsError as error:
            return self._page(request, Order(), error)
        pairs = parse_qsl(body.decode("utf-8", "replace"), errors="replace")
        return await to_thread.run_sync(self._keep, request, QueryParams(pairs))

    def _new(self, request: Request) -> Response:
        asked = request.query_params
        order = read_order(asked)
        if order.take == "random" and ("draw" in asked or not asked.get("seed", "").strip()):
            return RedirectResponse(order.address(seed=draw()), 303)
        if order.way == "rules" and "go" in asked:
            form = read_form(asked)
            if form.query:
                return RedirectResponse(f"{PAGE}?{urlencode({'q': form.query})}", 303)
        if not order.is_asked:
            is_empty = "q" in asked and order.way == "words"
            return self._page(request, order, missing="empty" if is_empty else "")
        return self._shown(request, order)

    def _listed(self, request: Request, given: Given) -> Response:
        order = Order(asked=given.asked, way="list", seed=draw())
        if not order.is_asked:
            return self._page(request, order, given=given)
        return self._shown(request, order, given)

    def _keep(self, request: Request, form: QueryParams) -> Response:
        services, order = self._services, read_order(form)
        try:
            if is_foreign(request, services):
                raise KeepingRefused(by="its own pages")
            check_keeper(request, services)
            wanted = _wanted(services, order, form)
            said, _ = keep(request, services, wanted, base_url(request, services))
        except FondsError as error:
            return self._shown(request, order, refused=error)
        return RedirectResponse(f"/corpus/{said.ark.rpartition('/')[2]}", 303)

    def _shown(
        self,
        request: Request,
        order: Order,
        given: Given | None = None,
        refused: FondsError | None = None,
    ) -> Response:
        """Show a corpus, or what is wrong with its question."""
        try:
            question = question_of(self._services, order)
            built = build(request, self._services, order, question)
        except FondsError as error:
            return self._page(request, order, error, given=given)
        return self._page(request, order, given=given, built=built, refused=refused)

    def _page(
        self,
        request: Request,
        order: Order,
        error: FondsError | None = None,
        *,
        missing: str = "",
        given: Given | None = None,
        built: Built | None = None,
        refused: FondsError | None = None,
    ) -> Response:
        services = self._services
        form = read_form(request.query_params)
        counted, rule_error = count(request, services, form)
        shown = {
            "asked": order.asked, "order": order, "error": error, "missing": missing,
            "error_at": place_of(order.asked.q, error) if error is not None else None,
            "too_large": error if isinstance(error, ExportTooLarge) else None,
            "french": french_of(error) if error is not None else "",
            "given": given, "built": built, "refused": refused,
            "refused_french": french_of(refused) if refused is not None else "",
            "explanation": explained(request, services, order)
            if built is not None and not built.total else None,
            "may_keep": self._may_keep(request),
            "form": form, "count": counted, "rule_error": rule_error, "fields": offered(),
            "joins": JOINS, "hows": HOWS, "ways": WAYS, "takes": TAKES,
            "sorts": sorts(has_vectors=services.vectors.current() is not None),
            "uses": USES, "columns": COLUMNS, "citations": CITATIONS, "most_cited": MOST_CITED,
            "tables": _tables(), "examples": EXAMPLES, "most": MOST,
            "base": base_url(request, services),
        }  # fmt: skip
        failed = next((one for one in (refused, error) if one is not None), None)
        status = status_of(failed) if failed is not None else 400 if missing or order.notes else 200
        return render(request, services, "corpus.html", shown, status)

    def _may_keep(self, request: Request) -> bool:
        try:
            check_keeper(request, self._services)
        except KeepingRefused:
            return False
        return True


def _wanted(services: Services, order: Order, form: QueryParams) -> Wanted:
    """Return what is to be kept; raises FondsErrors."""
    query = question_of(services, order).query
    given = order.parameters(query)
    title = " ".join(form.get("title", "").split())[:500]
    return Wanted(
        title=title or query[:200],
        author=" ".join(form.get("author", "").split())[:500],
        q=query,
        size="*" if order.take == "all" else order.size,
        sort_by=given.get("sortBy", ""),
        rank_by=given.get("rankBy", ""),
        random_seed=order.seed if order.take == "random" else None,
    )


def _tables() -> tuple[str, ...]:
    """Return the formats of tables that this server can write."""
    return ("csv", "jsonl", "parquet") if find_spec("pyarrow") is not None else ("csv", "jsonl")
