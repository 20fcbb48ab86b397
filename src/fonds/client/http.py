"""HTTP as the client needs it: repeated when a service is busy, errors that say what to do."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse
from typing import Any

from fonds.errors import RemoteFailed

_TRIES = 5
_WAIT = 0.5  # seconds before the first repetition, doubled each time
_AGAIN = frozenset({429, 500, 502, 503, 504})
_MOST_SAID = 200  # characters of an error that are repeated


class Connection:
    """Requests to one service."""

    def __init__(self, token: str = "", *, timeout: float = 60.0, wait: float = _WAIT) -> None:
        self._token = token
        self._timeout = timeout
        self._wait = wait

    def json(self, address: str) -> Any:
        """Return the JSON of an address; raises RemoteFailed."""
        for left in range(_TRIES - 1, -1, -1):
            try:
                with self.open(address) as answer:
                    return _decoded(address, answer)
            except RemoteFailed as error:
                if not left or not may_repeat(error):
                    raise
            except (OSError, HTTPException) as error:
                if not left:
                    raise _unreachable(address, error) from error
            self.pause(_TRIES - left)
        raise AssertionError

    def post(self, address: str, content: Mapping[str, str]) -> int:
        """Send JSON and return the status; raises RemoteFailed when nobody answers."""
        body = json.dumps(content).encode()
        request = self._request(address, {"Content-Type": "application/json"}, body)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except (OSError, HTTPException) as error:
            raise _unreachable(address, error) from error

    @contextmanager
    def open(
        self, address: str, headers: Mapping[str, str] | None = None
    ) -> Iterator[HTTPResponse]:
        """Open an address; raises RemoteFailed for what is no success, OSError when it breaks."""
        request = self._request(address, headers or {})
        try:
            answer = urllib.request.urlopen(request, timeout=self._timeout)  # noqa: S310
        except urllib.error.HTTPError as error:
            with error:
                raise RemoteFailed(
                    address=address, status=error.code, reason=_said(error.read(10_000))
                ) from error
        with answer:
            yield answer

    def pause(self, tried: int) -> None:
        """Wait before a repetition, longer each time."""
        time.sleep(self._wait * 2.0 ** (tried - 1))

    def _request(
        self, address: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> urllib.request.Request:
        if not address.startswith(("http://", "https://")):
            raise RemoteFailed(address=address, status=0, reason="this is no address")
        request = urllib.request.Request(address, data=body, headers=dict(headers))  # noqa: S310
        if self._token:  # not sent on to where a redirect may lead
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        return request


def may_repeat(error: RemoteFailed) -> bool:
    """Tell whether the same request may succeed later."""
    return error.data["status"] in _AGAIN


def refuse_pages(address: str, answer: HTTPResponse) -> None:
    """Raise RemoteFailed where a page for people came instead of data: a login, mostly."""
    if answer.headers.get_content_type() == "text/html":
        raise RemoteFailed(
            address=address, status=answer.status, reason="a web page came, perhaps a login"
        )


def _decoded(address: str, answer: HTTPResponse) -> Any:
    refuse_pages(address, answer)
    try:
        return json.loads(answer.read())
    except ValueError as error:
        raise RemoteFailed(
            address=address, status=answer.status, reason="the answer is not JSON"
        ) from error


def _said(body: bytes) -> str:
    try:
        content = json.loads(body)
    except ValueError:
        return "no reason was given"
    if not isinstance(content, dict):
        return "no reason was given"
    return str(content.get("message") or content.get("_error") or content)[:_MOST_SAID]


def _unreachable(address: str, error: Exception) -> RemoteFailed:
    return RemoteFailed(address=address, status=0, reason=str(error) or type(error).__name__)
