"""The pages of journals and books: the list, a title, its contents for other pages, its KBART."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from fonds.holdings.describing import Kind, isbn13
from fonds.holdings.holdings import Choice
from fonds.holdings.model import Title
from fonds.sources.values import issn
from fonds.web.api.searching import base_url
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.portal.timeline import HEIGHT, WIDTH
from fonds.web.portal.title_citations import MOST_ARTICLES, Citations, citations_of
from fonds.web.portal.titles import (
    Wanted,
    documents_query,
    read_title,
    read_wanted,
    search_address,
)
from fonds.web.published import kbart_sent
from fonds.web.services import Services
from fonds.web.visitors import visitor_of

_POLICY = "Content-Security-Policy"
SIZE = 50  # titles of one page
_MOST_PAGE = 1_000_000
_MOST_COUNTED = 200  # titles, or years of them, whose citations are kept in memory
_MOST_PUBLISHERS = 100  # offered in the filter
_KINDS: tuple[Kind, ...] = ("serial", "monograph")


class Listed(msgspec.Struct, frozen=True):
    """A list of titles as its address says it."""

    choice: Choice = Choice()
    page: int = 1

    def address(self, path: str = "/journals", **changes: object) -> str:
        """Return the address of this list with some things changed; back to page 1."""
        page = changes.pop("page", 1)
        pairs = self.pairs(**changes)
        pairs += [("page", str(page))] if page != 1 else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """Return what an address or a form says of this list."""
        one = msgspec.structs.replace(self.choice, **changes)
        said = {
            "q": one.words, "letter": one.letter, "type": one.kind or "",
            "collection": one.collection, "publisher": one.publisher, "subject": one.subject,
            "first": str(one.first or ""), "last": str(one.last or ""),
        }  # fmt: skip
        return [(key, value) for key, value in said.items() if value]


def journal_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of journals and books."""
    journals = Journals(services)
    return [
        Route("/journals", journals.listing, name="journals"),
        Route("/journals/kbart", journals.kbart),
        Route("/journals/{name}", journals.title, name="journal"),
        Route("/journals/{name}/kbart", journals.title_kbart),
        Route("/journals/{name}/search", journals.search),
        Route("/journals/{name}/cited", journals.cited),
        Route("/journals/{name}/embed", journals.embed),
        Route("/journals/{name}/share", journals.share),
    ]


class Journals:
    """The pages of journals and books of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._citations = lru_cache(maxsize=_MOST_COUNTED)(self._counted)

    def listing(self, request: Request) -> Response:
        """Show the titles that are asked for, A to Z."""
        holdings = self._services.holdings
        asked = read_list(request.query_params)
        found = holdings.titles(asked.choice, (asked.page - 1) * SIZE, SIZE)
        values = {
            "asked": Asked(),
            "listed": asked,
            "found": found,
            "letters": holdings.letters(asked.choice),
            "alphabet": (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "#"),
            "kinds": _KINDS,
            "subjects": holdings.subjects(),
            "publishers": holdings.publishers(_MOST_PUBLISHERS),
            "collections": [one.name for one in self._services.archive.collections()],
            "pages": max(1, -(-found.total // SIZE)),
        }
        return render(request, self._services, "journals.html", values)

    def kbart(self, request: Request) -> Response:
        """Send the titles that are asked for as KBART."""
        return kbart_sent(self._services, request, read_list(request.query_params).choice, "Titles")

    def title(self, request: Request) -> Response:
        """Show a title."""
        return self._title(request)

    def title_kbart(self, request: Request) -> Response:
        """Send one title as KBART."""
        title = self._find(request)
        if title is None:
            return self._missing(request)
        return kbart_sent(self._services, request, Choice(title=title.id), title.id)

    def search(self, request: Request) -> Response:
        """Send the reader to a search in a title."""
        title = self._find(request)
        if title is None:
            return self._missing(request)
        words = " ".join(request.query_params.get("q", "").split())
        return RedirectResponse(search_address(title, words), 303)

    def cited(self, request: Request) -> Response:
        """Show the most cited articles of a title, and who cites them here."""
        title = self._find(request)
        if title is None:
            return self._missing(request)
        if title.id != request.path_params["name"]:
            return RedirectResponse(f"/journals/{title.id}/cited", 301)
        issues, _ = self._services.holdings.shape(title)
        years = sorted({one.year for one in issues}, reverse=True)
        whole = title.documents <= MOST_ARTICLES
        year = read_wanted(request.query_params).year
        if year not in years:
            year = None if whole else years[0]
        engine = self._services.engine
        values = {
            "asked": Asked(),
            "title": title,
            "found": self._citations(title.id, year, (engine.last_ord(), engine.turn())),
            "year": year,
            "years": years,
            "whole": whole,
            "most": MOST_ARTICLES,
        }
        return render(request, self._services, "journal_cited.html", values)

    def embed(self, request: Request) -> Response:
        """Show the contents of a title for a frame in any library's page."""
        answer = self._title(request, "embed.html")
        policy = answer.headers.get(_POLICY, "")  # none on a redirect
        answer.headers[_POLICY] = policy.replace("frame-ancestors 'none'", "frame-ancestors *")
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    def share(self, request: Request) -> Response:
        """Show how to embed the contents of a title: a preview and the code to copy."""
        answer = self._title(request, "share.html")
        answer.headers[_POLICY] = answer.headers.get(_POLICY, "") + "; frame-src 'self'"
        return answer

    def _title(self, request: Request, template: str = "journal.html") -> Response:
        title = self._find(request)
        if title is None:
            return self._missing(request)
        name = request.path_params["name"]
        wanted = read_wanted(request.query_params)
        if title.id != name:  # another identifier of the title, or its ISSN
            ending = request.url.path.partition(name)[2]
            return RedirectResponse(wanted.address(title, ending, page=wanted.page), 301)
        visitor = visitor_of(request, self._services)
        page = read_title(self._services, title, wanted, visitor)
        values = {
            "asked": Asked(),
            "page": page,
            "title": title,
            "corpus": "/corpus/new?" + urlencode({"q": documents_query(title)}),
            "base": base_url(request, self._services),
            "ark": f"ark:/{self._services.holdings.naan}/{title.id}",
            "width": WIDTH,
            "height": HEIGHT,
            "whole": Wanted(),
            "fixed": request.query_params.get("fixed") == "1",
        }
        return render(request, self._services, template, values)

    def _counted(self, name: str, year: int | None, state: tuple[int, int]) -> Citations | None:
        """Count citations as the archive is in a state, which the cache tells apart."""
        title = self._services.holdings.title(name)
        return citations_of(self._services, title, year) if title is not None else None

    def _find(self, request: Request) -> Title | None:
        name = str(request.path_params["name"])
        number = issn(name) or isbn13(name)
        if number:
            return self._services.holdings.by_number(number)
        return self._services.holdings.title(name)

    def _missing(self, request: Request) -> Response:
        return render(request, self._services, "missing.html", {"asked": Asked()}, 404)


def read_list(parameters: QueryParams) -> Listed:
    """Read the address of a list; what makes no sense is left out."""
    letter, kind = parameters.get("letter", "").upper(), parameters.get("type", "")
    page = parameters.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 10 else 1
    return Listed(
        Choice(
            words=" ".join(parameters.get("q", "").split())[:300],
            letter=letter if letter == "#" or (len(letter) == 1 and "A" <= letter <= "Z") else "",
            kind=next((one for one in _KINDS if one == kind), None),
            collection=parameters.get("collection", "")[:200],
            publisher=parameters.get("publisher", "")[:300],
            subject=parameters.get("subject", "")[:300],
            first=_year(parameters.get("first", "")),
            last=_year(parameters.get("last", "")),
        ),
        min(max(number, 1), _MOST_PAGE),
    )


def _year(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 4 else 0
