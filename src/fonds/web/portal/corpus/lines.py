"""The same corpus for programs: an address, and lines to copy."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import msgspec

LONG = 4_000  # characters of a query; beyond, it is stored and named


class Line(msgspec.Struct, frozen=True):
    """Lines to copy; what they are for is the text `corpus_line_<key>`."""

    key: str
    text: str


def file_lines(
    base: str, query: str, parameters: Mapping[str, str], *, needs_token: bool
) -> Iterator[Line]:
    """Give the lines that take out the files; `parameters` are those of the API."""
    address = f"{base}/document/?{urlencode(parameters)}"
    suffix = "tar.gz" if parameters["archiveType"] == "tar" else "zip"
    yield Line("api", address)
    token = '-H "Authorization: Bearer $TOKEN" ' if needs_token else ""
    yield Line("curl", f"curl -fL -C - {token}-o corpus.{suffix} {shlex.quote(address)}")
    if len(query) <= LONG:
        yield Line("python", _python(base, query, parameters, suffix, needs_token=needs_token))
        yield Line("cli", _cli(query, parameters, f"corpus.{suffix}"))
    else:
        files = shlex.quote(parameters["extract"])
        yield Line("cli", f"fonds export --corpus my.corpus -o corpus.{suffix} --formats {files}")


def table_lines(base: str, query: str, parameters: Mapping[str, str]) -> Iterator[Line]:
    """Give the lines that take out a table."""
    address = f"{base}/table?{urlencode(parameters)}"
    name = f"corpus.{parameters['format']}"
    yield Line("api", address)
    yield Line("curl_table", f"curl -fL -o {name} {shlex.quote(address)}")
    if len(query) <= LONG:
        table = f"--table {shlex.quote(parameters['fields'])}"
        yield Line("cli", f"{_export(query, parameters)} -o {name} {table}")


def row_table(enrichment: str, parameters: Mapping[str, str]) -> str:
    """Return where the table of what an enrichment found is, a row for each term or the like."""
    return f"/table?{urlencode({**parameters, 'rows': enrichment, 'format': 'csv'})}"


def _python(
    base: str, query: str, parameters: Mapping[str, str], suffix: str, *, needs_token: bool
) -> str:
    named = [f"{key}={parameters[key]!r}" for key in ("size", "sortBy", "rankBy", "randomSeed")
             if parameters.get(key, "*") != "*"]  # fmt: skip
    client = f"Client({base!r}{', token=TOKEN' if needs_token else ''})"
    arguments = [repr(query), repr(f"corpus.{suffix}"), repr(parameters["extract"]), *named]
    return (
        "from fonds.client import Client\n"
        f"{client}.download(\n    " + ",\n    ".join(arguments) + ",\n    progress=print,\n)"
    )


def _cli(query: str, parameters: Mapping[str, str], name: str) -> str:
    return f"{_export(query, parameters)} -o {name} --formats {shlex.quote(parameters['extract'])}"


def _export(query: str, parameters: Mapping[str, str]) -> str:
    options = {"size": "size", "sortBy": "sort", "rankBy": "rank", "randomSeed": "seed"}
    given = [f" --{option} {shlex.quote(parameters[key])}" for key, option in options.items()
             if parameters.get(key, "*") != "*"]  # fmt: skip
    return f"fonds export {shlex.quote(query)}{''.join(given)}"
