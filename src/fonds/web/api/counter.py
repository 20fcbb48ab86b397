"""`/r51`: the COUNTER API, by which statistics are harvested (COUNTER R5.1, SUSHI)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.access.usage.as_json import report_json
from fonds.access.usage.customers import Reader, customer_of, customers_of, reader_of
from fonds.access.usage.exceptions import CounterRefusal, described
from fonds.access.usage.kinds import KINDS, kind_of
from fonds.access.usage.reports import WORLD_ID, Customer
from fonds.access.usage.sharing import SHARED
from fonds.errors import NotThere
from fonds.web.api.door import JSON
from fonds.web.api.parameters import read_pairs
from fonds.web.services import Services

_KEYS = ("api_key", "requestor_id")  # either is a key: harvesters know one or the other
_encode = msgspec.json.Encoder().encode
Parameters = Mapping[str, str]


class Counter:
    """The endpoints below `/r51`. Who asks is known by a key alone, never by an address."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def status(self, request: Request) -> Response:
        """Say that the service is there; for everyone."""
        return _json([{"Description": "COUNTER API R5.1", "Service_Active": True}])

    def members(self, request: Request) -> Response:
        """List the customers that belong to the one asked for."""
        return self._answer(request, self._members)

    def reports(self, request: Request) -> Response:
        """List the reports, with the months there are."""
        return self._answer(request, self._reports)

    def report(self, request: Request) -> Response:
        """Answer with a report."""
        name: str = request.path_params["report"]
        kind = kind_of(name)
        if kind is None:
            raise NotThere(what="report", name=name[:80])

        def made(customer: Customer, reader: Reader, given: Parameters) -> dict[str, Any]:
            asking = "" if reader.may_see(customer) else reader.institution
            return report_json(self._services.usage.report(kind, given, customer, asking))

        return self._answer(request, made)

    def _answer(
        self, request: Request, answer: Callable[[Customer, Reader, Parameters], object]
    ) -> Response:
        given = read_pairs(request.scope["query_string"])
        try:
            customer, reader = self._customer(given)
            return _json(answer(customer, reader, given))
        except CounterRefusal as refusal:
            return _json(described(refusal.code, refusal.data), refusal.status)

    def _customer(self, given: Parameters) -> tuple[Customer, Reader]:
        by = next((name for name in _KEYS if given.get(name)), "")
        missing = [
            *([] if given.get("customer_id") else ["customer_id"]),
            *([] if by else _KEYS[:1]),
        ]
        if missing:
            raise CounterRefusal(1030, f"missing: {', '.join(missing)}")
        rights = self._services.gate.rights
        reader = reader_of(rights, given[by])
        if reader is None:
            raise CounterRefusal(2020 if by == "api_key" else 2000)
        customer = customer_of(rights, given["customer_id"])
        if customer is None or not (reader.may_see(customer) or customer.id == WORLD_ID):
            raise CounterRefusal(2010)
        return customer, reader

    def _members(
        self, customer: Customer, reader: Reader, given: Parameters
    ) -> list[dict[str, Any]]:
        if not reader.may_see(customer):
            raise CounterRefusal(2010)
        everybody = customers_of(self._services.gate.rights, reader)
        shown = everybody if customer.id == WORLD_ID else [customer]
        return [
            {
                "Customer_ID": one.id,
                "Institution_Name": one.name,
                "Institution_ID": {name: list(values) for name, values in one.ids.items()},
            }
            for one in shown
        ]

    def _reports(
        self, customer: Customer, reader: Reader, given: Parameters
    ) -> list[dict[str, Any]]:
        months = self._services.usage.available()
        first = min(months.first or months.last, months.last)
        return [
            {
                "Report_Name": kind.name,
                "Report_ID": kind.id,
                "Release": "5.1",
                "Report_Description": kind.description,
                "Path": f"/r51/reports/{kind.path}",
                "First_Month_Available": first,
                "Last_Month_Available": months.last,
            }
            for kind in KINDS
            if reader.may_see(customer) or kind.id == SHARED
        ]


def _json(content: object, status: int = 200) -> Response:
    return Response(
        _encode(content), status, media_type=JSON, headers={"Cache-Control": "no-store"}
    )
