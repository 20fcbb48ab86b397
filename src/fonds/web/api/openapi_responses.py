"""The answers of each address in the OpenAPI document: statuses, types and what is in them."""

from __future__ import annotations

from typing import Any

from fonds.web.api.counter_table import COUNTER
from fonds.web.api.endpoints import Endpoint, Gives

_REF = "#/components/schemas/{name}"
_JSON = "application/json"
_JAVASCRIPT = "application/javascript"  # with callback
_ARCHIVES = ("application/zip", "application/gzip")  # with extract
_BYTES = {"schema": {"type": "string", "format": "binary"}}
# of any type; generators of clients want one that they know, and take the first
_FILE = {"application/octet-stream": _BYTES, "*/*": _BYTES}

_COMMON = {
    "400": "the request is wrong; the body says where",
    "401": "nobody known, or a token that is none",
    "403": "the text is restricted",
    "404": "not there",
    "405": "the address does not take this method",
    "413": "the body, or what was asked for, is too large",
    "414": "the address is too long",
    "429": "too many requests",
    "501": "this server cannot do that",
    "503": "the archive cannot answer now",
}
_FILES = {
    "206": "the part of the file that Range asked for",
    "304": "unchanged (If-None-Match)",
    "416": "nothing of the Range is there",
}


def responses(endpoint: Endpoint, method: str) -> dict[str, Any]:
    """Return every answer of an address."""
    if endpoint in COUNTER:  # its exceptions are those of the standard
        wrong = {"anyOf": [{"$ref": _REF.format(name=n)} for n in ("CounterException", "Error")]}
        exception = _answer("an exception", {_JSON: {"schema": wrong}})
        return {"200": _answer("the answer", _content(endpoint)), "default": exception}
    found: dict[str, Any] = {"200": _answer("the answer", _content(endpoint))}
    if method == "post" and endpoint.body == "Corpus":
        found["201"] = _answer("kept now, at Location", _anything())
    found["304"] = {"description": _FILES["304"]}
    if endpoint.gives in ("file", "search", "listing"):
        found |= {status: _answer(text, _FILE) for status, text in _FILES.items()}
        found["304"] = {"description": _FILES["304"]}
        found["416"] = {"description": _FILES["416"]}
    if endpoint.gives in ("file", "listing"):
        found["302"] = _answer("elsewhere, at Location", _FILE)
    if endpoint.gives == "resource":
        found["300"] = _answer("several documents; the body lists them", _content(endpoint))
        found["302"] = _answer("one document, at Location", _FILE)
    if method == "post" and endpoint.handler.startswith("queries"):
        found["409"] = _error("stored already")
    return found | {status: _error(text) for status, text in _COMMON.items()}


def _answer(text: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": content}


def _error(text: str) -> dict[str, Any]:
    return _answer(text, {_JSON: {"schema": {"$ref": _REF.format(name="Error")}}})


def _anything() -> dict[str, Any]:
    return {_JSON: {"schema": {}}}  # a list of types is more than generators of clients know


def _content(endpoint: Endpoint) -> dict[str, Any]:
    content = _of(endpoint.gives)
    if any(parameter.name == "callback" for parameter in endpoint.parameters):
        content[_JAVASCRIPT] = {"schema": {"type": "string"}}
    if endpoint.gives == "search":
        content |= dict.fromkeys(_ARCHIVES, _BYTES)
    if any(parameter.name in ("info", "extract") for parameter in endpoint.parameters):
        content |= _FILE
    return content


def _of(gives: Gives) -> dict[str, Any]:
    if gives == "file":
        return dict(_FILE)
    names = {"search": "Answer", "record": "Record", "resource": "Resource", "lookup": "Found"}
    if gives in names:
        return {_JSON: {"schema": {"$ref": _REF.format(name=names[gives])}}}
    if gives == "resources":
        several = {"type": "array", "items": {"$ref": _REF.format(name="Resource")}}
        return {_JSON: {"schema": several}}
    return _anything()
