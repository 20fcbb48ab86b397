"""The addresses of statistics: the page of figures, and the reports as files."""

from __future__ import annotations

from msgspec import json
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fonds.access.usage.as_json import report_json
from fonds.access.usage.as_tsv import report_tsv
from fonds.access.usage.customers import Reader
from fonds.access.usage.exceptions import STATUS, CounterRefusal
from fonds.access.usage.kinds import kind_of
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.portal.statistics import SHOWN, chosen_customer, figures, holder
from fonds.web.services import Services

_TYPES = {"tsv": "text/tab-separated-values; charset=utf-8", "json": "application/json"}
_MASTER = {"PR": "Access_Method", "TR": "YOP|Access_Type|Access_Method",
           "IR": "Authors|Publication_Date|YOP|Access_Type|Access_Method"}  # fmt: skip


def statistics_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the page and of its downloads."""
    pages = _Pages(services)
    return [
        Route("/statistics", pages.figures, name="statistics"),
        Route("/statistics/{report}.{format}", pages.report),
    ]


class _Pages:
    def __init__(self, services: Services) -> None:
        self._services = services

    def figures(self, request: Request) -> Response:
        """Show the figures to who holds a key."""
        reader = self._reader(request)
        if reader is None:
            return self._refused(request)
        asked = request.query_params
        customer = chosen_customer(self._services, reader, asked.get("institution", ""))
        found = figures(
            self._services, reader, customer, asked.get("begin", ""), asked.get("end", "")
        )
        shown = {"asked": Asked(), "figures": found, "metrics": SHOWN}
        return _private(render(request, self._services, "statistics.html", shown))

    def report(self, request: Request) -> Response:
        """Give a report as a file."""
        reader = self._reader(request)
        if reader is None:
            return self._refused(request)
        kind = kind_of(request.path_params["report"])
        written: str = request.path_params["format"]
        if kind is None or written not in _TYPES:
            return render(request, self._services, "missing.html", {"asked": Asked()}, 404)
        asked = request.query_params
        customer = chosen_customer(self._services, reader, asked.get("institution", ""))
        given = {"begin_date": asked.get("begin", ""), "end_date": asked.get("end", "")}
        if not kind.view:
            given["attributes_to_show"] = _MASTER[kind.id]
        try:
            made = self._services.usage.report(kind, given, customer)
        except CounterRefusal as refusal:
            text = f"{STATUS[refusal.code][1]} ({refusal.data})"
            return _private(Response(text, 400, media_type="text/plain; charset=utf-8"))
        body = report_tsv(made) if written == "tsv" else json.encode(report_json(made))
        name = f"{kind.id}_{customer.id}_{made.wish.begin}_{made.wish.end}.{written}"
        headers = {"Content-Disposition": f'attachment; filename="{_plain(name)}"'}
        return _private(Response(body, headers=headers, media_type=_TYPES[written]))

    def _reader(self, request: Request) -> Reader | None:
        return holder(self._services, request.headers.get("authorization", ""))

    def _refused(self, request: Request) -> Response:
        shown = {"asked": Asked()}
        answer = render(request, self._services, "statistics_closed.html", shown, 401)
        answer.headers["WWW-Authenticate"] = 'Basic realm="Statistics", charset="UTF-8"'
        return _private(answer)


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _plain(name: str) -> str:
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_"
                   for letter in name)  # fmt: skip
