"""The pages that search: the one box with its results, assisted search, lists of identifiers."""

from __future__ import annotations

from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.errors import FondsError
from fonds.search.stored_queries import name_of
from fonds.web.api.problems import status_of
from fonds.web.api.searching import base_url
from fonds.web.portal.asking import Asked, place_of, read, sorts
from fonds.web.portal.assisted import HOWS, JOINS, Form, offered, read_form
from fonds.web.portal.identifier_lists import MOST, ListResult, look_up, query_of
from fonds.web.portal.pages import render
from fonds.web.portal.posted import posted_list
from fonds.web.portal.results import api_call, search
from fonds.web.services import Services
from fonds.web.visitors import narrow, visitor_of

EXAMPLES = (
    '"climate change"',
    "title:water AND publicationDate:[2010 TO *]",
    "flora OR flore",
    "author.name:silva",
    'cancer AND "clinical trial"~2',
)
_CORPUS = "/corpus/new"


class SearchPages:
    """The pages that search, of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def search(self, request: Request) -> Response:
        """Show the search page, empty or with results."""
        asked = read(request.query_params)
        offered_sorts = sorts(has_vectors=self._services.vectors.current() is not None)
        common = {"asked": asked, "sorts": offered_sorts, "error": None, "results": None}
        if not asked.is_search and "q" not in request.query_params:
            archive = self._services.archive
            shown = {
                **common,
                "count": archive.count(),
                "collections": archive.collections(),
                "examples": EXAMPLES,
            }
            return render(request, self._services, "home.html", shown)
        try:
            results = search(self._services, asked, visitor_of(request, self._services))
        except FondsError as error:
            shown = {**common, "error": error, "error_at": place_of(asked.q, error)}
            return render(request, self._services, "results.html", shown, 400)
        base = base_url(request, self._services)
        shown = {
            **common,
            "results": results,
            "api_call": api_call(self._services, base, asked, results),
            "corpus": _corpus(asked),
        }
        return render(request, self._services, "results.html", shown)

    def assisted(self, request: Request) -> Response:
        """Show the assisted search with the query that it makes, or go to its results."""
        form = read_form(request.query_params)
        if form.query and "go" in request.query_params:
            return RedirectResponse("/?" + urlencode({"q": form.query}), 303)
        if form.query and "corpus" in request.query_params:
            return RedirectResponse(_corpus(Asked(q=form.query)), 303)
        found, error = count(request, self._services, form)
        shown = {
            "asked": Asked(),
            "form": form,
            "fields": offered(),
            "joins": JOINS,
            "hows": HOWS,
            "count": found,
            "error": error,
        }
        return render(request, self._services, "assisted.html", shown)

    async def identifiers(self, request: Request) -> Response:
        """Show the search by a list of identifiers, and what a list found."""
        if request.method == "GET":
            return self._identifiers(request, None, None)
        try:
            text = await posted_list(request)
        except FondsError as error:
            return self._identifiers(request, None, error)
        return await to_thread.run_sync(self._listed, request, text)

    def _listed(self, request: Request, text: str) -> Response:
        return self._identifiers(request, look_up(self._services, text), None)

    def _identifiers(
        self, request: Request, result: ListResult | None, error: FondsError | None
    ) -> Response:
        address = corpus = ""
        if result is not None and result.ids:
            query = query_of(result.ids)
            try:
                self._services.queries.store(query)
                listed = Asked(listed=name_of(query))
                address, corpus = listed.address(), _corpus(listed)
            except FondsError as failure:
                error = failure
        shown = {
            "asked": Asked(),
            "result": result,
            "address": address,
            "corpus": corpus,
            "most": MOST,
            "error": error,
        }
        status = status_of(error) if error is not None else 200
        return render(request, self._services, "identifiers.html", shown, status)


def count(request: Request, services: Services, form: Form) -> tuple[int | None, FondsError | None]:
    """Return how many documents a form finds, as who asks may see it."""
    if not form.query:
        return None, None
    try:
        question = services.search.ask(form.query, size=0)
        found = services.search.search(narrow(services, visitor_of(request, services), question))
    except FondsError as error:
        return None, error
    return found.total, None


def _corpus(asked: Asked) -> str:
    """Return the address that builds a corpus of what is asked."""
    return f"{_CORPUS}?{urlencode(list(asked.pairs('page', 'explain')))}"
