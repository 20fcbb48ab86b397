"""Runs a call of the API inside a page: by the same door, for the same caller, shown as text."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import quote, unquote, urlencode

import anyio
import msgspec
from starlette.requests import Request
from starlette.types import Message, Scope

from fonds.errors import ParameterInvalid
from fonds.web.api.table import ENDPOINTS
from fonds.web.uses import use_of

_READ = 4_000_000  # bytes of an answer, at most
_SHOWN = 40_000  # characters of it
_MOST_CALL = 8_000  # characters
# logins lead elsewhere, tokens are secrets
_NEVER = ("/authFede", "/token")
# what says how an answer is sent, and so nothing about the caller
_LEFT_OUT = frozenset({b"accept", b"accept-encoding", b"range", b"content-type", b"content-length",
                       b"if-none-match", b"if-modified-since", b"if-range"})  # fmt: skip
_TEXT = re.compile(r"text/|application/(?:.*[+])?(?:json|xml|javascript)|application/x-", re.I)
_PATTERNS = tuple(
    re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(one.path)))
    for one in ENDPOINTS
    if one.get and one.path not in _NEVER
)


class Ran(msgspec.Struct, frozen=True):
    """An answer, as a page shows it."""

    status: int
    milliseconds: float
    media_type: str
    bytes: int  # read; the answer may be longer
    text: str  # pretty-printed; empty for what is no text
    cut: bool


class Taken(msgspec.Struct, frozen=True):
    """A call of the API, checked: an address below this server that can be run in a page."""

    path: str
    query: str

    @property
    def address(self) -> str:
        """Return the call as it is written."""
        return f"{quote(self.path, safe='/:,.-')}?{self.query}" if self.query else self.path


def read_call(parameters: Iterable[tuple[str, str]]) -> Taken:
    """Read which call is meant: `call=/document?q=...`, or `path=` and the parameters one by one.

    Raises ParameterInvalid for what is no address of the API, and for files of documents.
    """
    given = list(parameters)
    whole = next((value for name, value in given if name == "call"), "").strip()
    if not whole:
        path = next((value for name, value in given if name == "path"), "")
        rest = [(name, value) for name, value in given if name not in ("path", "lang") and value]
        whole = f"{path}?{urlencode(rest)}" if rest else path
    path, _, query = whole.partition("?")
    path = unquote(path)
    if len(whole) > _MOST_CALL or not any(one.fullmatch(path.rstrip("/")) for one in _PATTERNS):
        reason = "it is no address of the API that can be run here; it begins as in /document?q="
        raise ParameterInvalid(name="call", value=whole[:80], reason=reason)
    sent = quote(query, safe="=&%+:,;*[]()\"'~^$!{}|/?@.-_")
    use = use_of("GET", path, sent.encode())
    if use is not None and use.kind in ("request", "export"):
        reason = "this is a file to open or to download by its own address"
        raise ParameterInvalid(name="call", value=whole[:80], reason=reason)
    return Taken(path, sent)


async def run(request: Request, call: Taken) -> Ran:
    """Ask this server, as the caller; what comes beyond some megabytes is not read."""
    enough = anyio.Event()
    status, media_type, body = 0, "", bytearray()
    asked = False

    async def receive() -> Message:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal status, media_type
        if message["type"] == "http.response.start":
            status = message["status"]
            media_type = next((value.decode("latin-1") for name, value in message["headers"]
                               if name.lower() == b"content-type"), "")  # fmt: skip
        elif not enough.is_set():
            body.extend(message.get("body", b""))
            if len(body) > _READ:
                enough.set()

    begun = time.perf_counter()
    await request.app(_scope(request.scope, call), receive, send)
    took = (time.perf_counter() - begun) * 1000
    text, cut = _shown(bytes(body), media_type)
    return Ran(status, took, media_type.partition(";")[0], len(body), text, cut or enough.is_set())


def _scope(scope: Scope, call: Taken) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name not in _LEFT_OUT]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": scope["http_version"],
        "method": "GET",
        "scheme": scope["scheme"],
        "path": call.path,
        "raw_path": quote(call.path, safe="/:,.-").encode(),
        "query_string": call.query.encode(),
        "root_path": "",
        "headers": [*headers, (b"accept", b"application/json")],
        "client": scope["client"],
        "server": scope["server"],
    }


def _shown(body: bytes, media_type: str) -> tuple[str, bool]:
    """Return an answer as text to read, and whether it was cut."""
    if _TEXT.match(media_type) is None:
        return "", False
    if "json" in media_type and len(body) <= _READ:
        with suppress(msgspec.DecodeError):  # JSONP, lines of JSON: shown as they are
            body = msgspec.json.format(body, indent=2)
    text = body[: 4 * _SHOWN].decode("utf-8", "replace")
    return text[:_SHOWN], len(text) > _SHOWN or len(body) > 4 * _SHOWN
