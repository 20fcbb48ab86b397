"""Middleware: sees which answers used what, and hands them to the recorder.

In the event loop it looks at the address and the status, and puts one small thing into a queue; all
else (who asked, robots, digests, writing) happens in the recorder's thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fonds.access.usage.events import Kind
from fonds.web.recorder import Seen
from fonds.web.uses import Use, use_of

_DENIED = "/login/denied?"
_FROM_THE_START = "bytes 0-"


class Meter:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, record: Callable[[Seen], None]) -> None:
        self._app = app
        self._record = record

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        use = None
        if scope["type"] == "http":
            use = use_of(scope["method"], scope["path"], scope["query_string"])
        if use is None:
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                kind = counted(use, message["status"], headers)
                if kind is not None:
                    # only an export says there what went out
                    location = headers.get("content-location", "") if use.kind == "export" else ""
                    self._record(Seen(int(time.time() * 1000), use, kind, scope, location))

        await self._app(scope, receive, sending)


def counted(use: Use, status: int, headers: Headers) -> Kind | None:
    """Return what an answer counts as; None: nothing.

    200 and 304 count (Code of Practice 5.1, 7.1). Of a file that is fetched in ranges the stretch
    from its first byte stands for the whole; further ones are the same request going on.
    """
    whole = status in (200, 304)
    if status == 206:
        whole = headers.get("content-range", "").startswith(_FROM_THE_START)
    if whole:
        return "request" if use.kind == "export" else use.kind
    if use.kind == "request":
        # whoever is signed in and has no rights is sent to a page that says so
        sent_away = status in (302, 303) and _DENIED in headers.get("location", "")
        if status == 403 or sent_away:
            return "no-license"
        if status == 429:
            return "limit-exceeded"
    return None
