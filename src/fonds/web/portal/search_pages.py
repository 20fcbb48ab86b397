"""The pages that search: the one box with its results, assisted search, lists of identifiers."""

from __future__ import annotations

from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.errors import FondsError, ParameterInvalid, RequestTooLarge
from fonds.search.stored_queries import name_of
from fonds.web.api.problems import status_of
from fonds.web.api.searching import base_url
from fonds.web.portal.asking import SORTS, Asked, read
from fonds.web.portal.assisted import HOWS, JOINS, Form, offered, read_form
from fonds.web.portal.identifier_lists import MOST, MOST_BYTES, ListResult, look_up, query_of
from fonds.web.portal.pages import render
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

    async def search(self, request: Request) -> Response:
        """Show the search page, empty or with results."""
        return await to_thread.run_sync(self._search, request)

    async def assisted(self, request: Request) -> Response:
        """Show the assisted search with the query that it makes, or go to its results."""
        return await to_thread.run_sync(self._assisted, request)

    async def identifiers(self, request: Request) -> Response:
        """Show the search by a list of identifiers, and what a list found."""
        if request.method == "GET":
            return self._identifiers(request, None, None)
        try:
            text = await _posted(request)
        except FondsError as error:
            return self._identifiers(request, None, error)
        return await to_thread.run_sync(self._listed, request, text)

    def _search(self, request: Request) -> Response:
        asked = read(request.query_params)
        common = {"asked": asked, "sorts": tuple(SORTS), "error": None, "results": None}
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
            shown = {**common, "error": error, "error_at": _place(asked, error)}
            return render(request, self._services, "results.html", shown, 400)
        base = base_url(request, self._services)
        shown = {
            **common,
            "results": results,
            "api_call": api_call(self._services, base, asked, results),
            "corpus": _corpus(request, results.query),
        }
        return render(request, self._services, "results.html", shown)

    def _assisted(self, request: Request) -> Response:
        form = read_form(request.query_params)
        if form.query and "go" in request.query_params:
            return RedirectResponse("/?" + urlencode({"q": form.query}), 303)
        count, error = self._count(request, form)
        shown = {
            "asked": Asked(),
            "form": form,
            "fields": offered(),
            "joins": JOINS,
            "hows": HOWS,
            "count": count,
            "error": error,
        }
        return render(request, self._services, "assisted.html", shown)

    def _count(self, request: Request, form: Form) -> tuple[int | None, FondsError | None]:
        """Return how many documents a form finds, as who asks may see it."""
        if not form.query:
            return None, None
        try:
            question = self._services.search.ask(form.query, size=0)
            visitor = visitor_of(request, self._services)
            found = self._services.search.search(narrow(self._services, visitor, question))
        except FondsError as error:
            return None, error
        return found.total, None

    def _listed(self, request: Request, text: str) -> Response:
        return self._identifiers(request, look_up(self._services, text), None)

    def _identifiers(
        self, request: Request, result: ListResult | None, error: FondsError | None
    ) -> Response:
        address = ""
        if result is not None and result.ids:
            query = query_of(result.ids)
            try:
                self._services.queries.store(query)
                address = Asked(listed=name_of(query)).address()
            except FondsError as failure:
                error = failure
        shown = {
            "asked": Asked(),
            "result": result,
            "address": address,
            "most": MOST,
            "error": error,
        }
        status = status_of(error) if error is not None else 200
        return render(request, self._services, "identifiers.html", shown, status)


async def _posted(request: Request) -> str:
    """Return the list pasted, with the one of the file behind it; raises RequestTooLarge."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > 2 * MOST_BYTES:
        raise RequestTooLarge(part="body", limit=2 * MOST_BYTES)
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise ParameterInvalid(name="body", value=kind[:80], reason="a form was expected")
    async with request.form(max_files=1, max_fields=5, max_part_size=2 * MOST_BYTES) as form:
        pasted, file = form.get("list", ""), form.get("file")
        text = pasted if isinstance(pasted, str) else ""
        if file is not None and not isinstance(file, str):
            text += "\n" + _decoded(await file.read(MOST_BYTES + 1))
    return text


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RequestTooLarge(part="file", limit=MOST_BYTES)
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-8-sig" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    return data.decode("cp1252", "replace")


def _corpus(request: Request, query: str) -> str:
    """Return the address that builds a corpus of a query; empty where there is no such page."""
    known = any(getattr(route, "path", "") == _CORPUS for route in request.app.routes)
    return f"{_CORPUS}?{urlencode({'q': query})}" if known else ""


def _place(asked: Asked, error: FondsError) -> tuple[str, str, str] | None:
    """Return the query before, at and behind the character an error points at."""
    position = error.data.get("position")
    if not isinstance(position, int) or not asked.q:
        return None
    at = position - 1
    if not 0 <= at <= len(asked.q):
        return None
    return asked.q[:at], asked.q[at : at + 1] or " ", asked.q[at + 1 :]
