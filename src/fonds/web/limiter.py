"""Middleware: nobody takes more than the operator allows; answers say how much is left.

Headers are those of draft-ietf-httpapi-ratelimit-headers-10: RateLimit-Policy and RateLimit;
a refusal is 429 with Retry-After (RFC 6585). Without a quota in the settings it is not there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

import msgspec
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fonds.access.rates import Caller, Left, Rates
from fonds.access.usage.exceptions import described
from fonds.errors import RateExceeded
from fonds.web.api.door import JSON, error_answer, is_api
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.services import Services
from fonds.web.visitors import visitor_of

_FREE = ("/static/", "/limits", "/api/limits", "/r51/status")
_PREFIX = 64  # bits of an IPv6 address that stand for one caller


class Limiter:
    """Wraps what is inside the door."""

    def __init__(self, app: ASGIApp, services: Services, rates: Rates) -> None:
        self._app = app
        self._services = services
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        callers = self._callers(request)
        left, refusing = self._rates.ask(callers)

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _say(MutableHeaders(scope=message), left)
            elif message["type"] == "http.response.body":
                self._rates.sent(callers, len(message.get("body", b"")))
            await send(message)

        app = self._app if refusing is None else self._refusal(request, refusing)
        await app(scope, receive, sending)

    def _callers(self, request: Request) -> dict[Caller, str]:
        visitor = visitor_of(request, self._services)
        found: dict[Caller, str] = {}
        if visitor.mode == "jwt":
            token = request.headers.get("authorization", "")
            found["token"] = sha256(token.encode("latin-1", "replace")).hexdigest()
        else:
            peer = request.client.host if request.client is not None else ""
            forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
            found["person"] = caller_of(self._services.gate.address(peer, forwarded))
        if visitor.institutions:
            found["network"] = ",".join(sorted(visitor.institutions))
        return found

    def _refusal(self, request: Request, refusing: Left) -> Response:
        quota = refusing.quota
        wait = math.ceil(refusing.reset) or 1
        error = RateExceeded(
            limit=quota.limit, unit=quota.unit, seconds=quota.seconds, wait=wait, who=quota.caller
        )
        path = request.url.path
        if path.startswith("/r51/"):
            body = msgspec.json.encode(described(1020, error.message))
            answer = Response(body, 429, media_type=JSON)
        elif is_api(path) or request.method != "GET":
            answer = error_answer(error)
        else:
            shown = {"asked": Asked(), "wait": wait}
            answer = render(request, self._services, "busy.html", shown, 429)
        answer.headers["Retry-After"] = str(wait)
        return answer


def caller_of(address: str) -> str:
    """Return what one caller's address is: of IPv6 the network, since a host has many addresses."""
    try:
        number = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return address
    if isinstance(number, IPv6Address) and number.ipv4_mapped is None:
        return str(IPv6Address(int(number) >> _PREFIX << _PREFIX))
    return str(number)


def _say(headers: MutableHeaders, left: Sequence[Left]) -> None:
    if not left:
        return
    policies = []
    for one in left:
        quota = one.quota
        unit = f';qu="{quota.unit}"' if quota.unit != "requests" else ""
        policies.append(f'"{quota.name}";q={quota.limit};w={quota.seconds}{unit}')
    now = [f'"{one.quota.name}";r={one.remaining};t={math.ceil(one.reset)}' for one in left]
    headers["RateLimit-Policy"] = ", ".join(policies)
    headers["RateLimit"] = ", ".join(now)
