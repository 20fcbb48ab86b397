"""Runs a line of the checklist of the contract against a server.

A line says what to ask (`GET /document?q=brain`, before it `closed` for a server where everything
is restricted, behind it headers as `Name=value`, a body as `json=` or `form=`) and what is
expected, each thing behind a semicolon between blanks:

    path            is there              !path           is not there
    path : type     is of a type          path = JSON     has this value
    path ^ text     begins so             path $ text     ends so
    path ~ text     holds it              path !~ text    does not
    path > number   is more               #path = number  has so many items
    keys = a,b      has these keys, in this order; keys(path) = a,b
    @header ~ text  a header; `body` is the whole body, `zip` its members, `zip:name` one of them
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import httpx

_HEADER = re.compile(r" (?=[A-Z][A-Za-z-]+=)")
_EXPECTED = re.compile(r"(?P<what>\S+) (?P<how>!?[=^$~>:]) (?P<value>.*)", re.DOTALL)
_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "strings": lambda value: (
        isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
    ),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_MISSING = object()


def ask(client: httpx.Client, request: str) -> httpx.Response:
    """Send what a line asks for."""
    method, _, rest = request.partition(" ")
    if method == "QUERY":
        query = rest.replace("\\n", "\n").replace("\\r", "\r")
        return client.get("/document", params={"q": query, "size": "0"})
    rest, json_mark, body = rest.partition(" json=")
    rest, form_mark, form = rest.partition(" form=") if not json_mark else (rest, "", "")
    twice = body.endswith(" twice")
    path, *headers = _HEADER.split(rest)
    sent = dict(header.split("=", 1) for header in headers)
    content: bytes | None = body.removesuffix(" twice").encode() if json_mark else None
    if content is not None:
        sent["Content-Type"] = "application/json"
    elif form_mark:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
        content = form.encode()
    for _ in range(2 if twice else 1):
        answer = client.request("GET" if method == "RAW" else method, path, headers=sent,
                                content=content)  # fmt: skip
    return answer


def wrong(answer: httpx.Response, expects: str) -> list[str]:
    """Return what of an answer is not as expected."""
    return [one for one in expects.split(" ; ") if one.strip() and not _holds(answer, one.strip())]


def _holds(answer: httpx.Response, expected: str) -> bool:
    match = _EXPECTED.fullmatch(expected)
    if match is None:
        found = _value(answer, expected.removeprefix("!"))
        return (found is _MISSING) is expected.startswith("!")
    what, how, value = match.group("what", "how", "value")
    if what.startswith("keys"):
        node = _value(answer, what[5:-1]) if "(" in what else answer.json()
        return list(node) == [name for name in value.split(",") if name]
    if what.startswith("#"):
        return len(_value(answer, what[1:])) == int(value)
    found = _value(answer, what)
    return found is not _MISSING and _compared(found, how, value)


def _compared(found: Any, how: str, value: str) -> bool:
    match how:
        case ":":
            return _TYPES[value](found)
        case ">":
            return bool(found > float(value))
        case "=":
            return bool(found == value or found == _decoded(value))
        case "^":
            return str(found).startswith(value)
        case "$":
            return str(found).endswith(value)
        case "!~":
            return value not in found
    return bool(value in found)


def _decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return _MISSING


def _value(answer: httpx.Response, path: str) -> Any:
    if path == "body":
        return answer.text
    if path.startswith("@"):
        return answer.headers.get(path[1:], _MISSING)
    if path.startswith("zip"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            names = archive.namelist()
            if path == "zip":
                return names
            name = path[4:]
            return archive.read(name).decode() if name in names else _MISSING
    node: Any = answer.json()
    for part in path.split("/"):
        if isinstance(node, list) and part.isdigit() and int(part) < len(node):
            node = node[int(part)]
        elif isinstance(node, dict) and part in node:
            node = node[part]
        else:
            return _MISSING
    return node
