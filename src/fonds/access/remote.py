"""Asks other servers: providers of logins, federations. Bounded in size and time."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

_SECONDS = 10.0
_MOST_JSON = 1024 * 1024  # bytes
_MOST_METADATA = 512 * 1024 * 1024  # eduGAIN's aggregate has some 100 MB


class RemoteFault(Exception):
    """Another server did not give what was asked; the text says why."""

    status = 0  # of its answer, if one came


def get_json(address: str, headers: Mapping[str, str] = {}) -> dict[str, Any]:
    """Return an object of JSON; raises RemoteFault."""
    return _object(address, _fetch(_request(address, None, headers), _MOST_JSON, _SECONDS))


def post_form(
    address: str, form: Mapping[str, str], headers: Mapping[str, str] = {}
) -> dict[str, Any]:
    """Send a form and return the object of JSON that answers; raises RemoteFault."""
    request = _request(address, urlencode(form).encode(), headers)
    return _object(address, _fetch(request, _MOST_JSON, _SECONDS))


def post_xml(address: str, data: bytes, headers: Mapping[str, str] = {}) -> bytes:
    """Send a document of XML and return the one that answers; raises RemoteFault."""
    sent = {"Content-Type": "text/xml; charset=utf-8", "Accept": "text/xml", **headers}
    return _fetch(_request(address, data, sent), _MOST_JSON, _SECONDS)


def get_metadata(address: str, *, most: int = _MOST_METADATA) -> bytes:
    """Return a file of metadata, whose signature is for the caller to check; raises RemoteFault."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise RemoteFault(f"{address[:200]!r} is no web address")
    headers = {"User-Agent": "fonds", "Accept": "application/samlmetadata+xml, */*;q=0.5"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  checked
    seconds = 6 * _SECONDS if most == _MOST_METADATA else _SECONDS
    return _fetch(request, most, seconds)


def is_private(address: str) -> bool:
    """Tell whether nobody on the way can read or change what an address sends."""
    parts = urlsplit(address)
    loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return parts.scheme == "https" or (parts.scheme == "http" and loopback)


def _request(
    address: str, body: bytes | None, headers: Mapping[str, str]
) -> urllib.request.Request:
    if not is_private(address):
        raise RemoteFault(f"{address[:200]!r} is no https address")
    known = {"Accept": "application/json", "User-Agent": "fonds", **headers}
    return urllib.request.Request(address, body, known)  # noqa: S310  checked


def _fetch(request: urllib.request.Request, limit: int, seconds: float) -> bytes:
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310  checked
            data: bytes = answer.read(limit + 1)
    except urllib.error.HTTPError as error:
        with error:
            fault = RemoteFault(f"{request.full_url} answers {error.code}")
            fault.status = error.code
            raise fault from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise RemoteFault(f"{request.full_url} cannot be reached: {reason}") from error
    if len(data) > limit:
        raise RemoteFault(f"{request.full_url} sends more than {limit} bytes")
    return data


def _object(address: str, data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RemoteFault(f"{address} sends no JSON") from error
    if not isinstance(content, dict):
        raise RemoteFault(f"{address} sends no object")
    return content
