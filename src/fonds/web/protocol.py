"""HTTP as lenient as the clients need it: letters with accents in an address, errors as JSON."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from fonds.errors import RequestTooLarge
from fonds.web.api.parameters import MOST_ADDRESS
from fonds.web.api.problems import body_of

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_MOST_DROPPED = 16 * 1024 * 1024  # bytes
_METHOD = re.compile(rb"[A-Z]{3,10} ")
_ANSWER = (
    b"HTTP/1.1 %s\r\n"
    b"content-type: application/json; charset=utf-8\r\n"
    b"content-length: %d\r\n"
    b"connection: close\r\n\r\n%s"
)


def server_config(
    app: ASGIApp, *, loop: str = "auto", certificate: Path | None = None
) -> uvicorn.Config:
    """Return how an application is served.

    The server changes no address by X-Forwarded-For: the gate does, and must see the true other end
    to know a trusted proxy.
    """
    return uvicorn.Config(
        app,
        loop=loop,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ssl_certfile=certificate,
        http=LenientProtocol,
    )


class LenientProtocol(HttpToolsProtocol):
    """What `uvicorn.run(..., http=LenientProtocol)` speaks.

    Shells send addresses as they are typed; the parser below refuses bytes beyond ASCII there, so
    they are escaped first. A request that is no HTTP gets the API's JSON.
    """

    _dropped = -1  # bytes of a request that is too long and only read to its end; -1: none is
    _tail = b""

    def data_received(self, data: bytes) -> None:
        """Take bytes from the network."""
        if self._dropped < 0:
            if (self.cycle is None or self.cycle.response_complete) and _METHOD.match(data):
                data = escaped(data)
            super().data_received(data)
        if self._too_long():
            self._drop(data)

    def on_url(self, url: bytes) -> None:
        """Take a part of the address; one that is too long ends the request."""
        super().on_url(url)
        if self._too_long():
            raise RequestTooLarge(part="address", limit=MOST_ADDRESS)

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP, and close."""
        if not self._too_long():
            body = msgspec.json.encode(
                {"_error": "La requête HTTP est invalide.", "code": "http-invalid", "message": msg}
            )
            self._answer(b"400 Bad Request", body)

    def _too_long(self) -> bool:
        return len(getattr(self, "url", b"")) > MOST_ADDRESS

    def _drop(self, data: bytes) -> None:
        """Read a request to its end before answering: closing earlier would lose the answer."""
        self._dropped = max(self._dropped, 0) + len(data)
        self._tail = (self._tail + data)[-len(data) - 3 :]
        if b"\r\n\r\n" in self._tail or self._dropped > _MOST_DROPPED:
            body = body_of(RequestTooLarge(part="address", limit=MOST_ADDRESS))
            self._answer(b"414 URI Too Long", body)

    def _answer(self, status: bytes, body: bytes) -> None:
        self.transport.write(_ANSWER % (status, len(body), body))
        self.transport.close()


def escaped(data: bytes) -> bytes:
    """Return a request with the bytes beyond ASCII of its first line percent-encoded."""
    line, end, rest = data.partition(b"\r\n")
    if line.isascii():
        return data
    return _BEYOND_ASCII.sub(lambda match: b"%%%02X" % match[0][0], line) + end + rest
