"""Reads the parameters of a request, of any version, into one question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

import msgspec

from fonds.web.harvest.sru.diagnostics import Diagnostic

Version = Literal["1.1", "1.2", "2.0"]
Schema = Literal["dc", "mods"]
MOST_RECORDS = 1_000  # in one answer
MOST_QUERY = 20_000  # characters
SCHEMAS: Mapping[str, Schema] = MappingProxyType(
    {
        "dc": "dc",
        "info:srw/schema/1/dc-v1.1": "dc",
        "mods": "mods",
        "info:srw/schema/1/mods-v3.7": "mods",
        "http://www.loc.gov/mods/v3": "mods",
    }
)
SCHEMA_NAMES: Mapping[Schema, str] = MappingProxyType(
    {"dc": "info:srw/schema/1/dc-v1.1", "mods": "info:srw/schema/1/mods-v3.7"}
)
_VERSIONS: tuple[Version, ...] = get_args(Version)
_KNOWN = frozenset(
    {
        "operation", "version", "query", "queryType", "startRecord", "maximumRecords",
        "recordPacking", "recordXMLEscaping", "recordSchema", "resultSetTTL", "stylesheet",
        "renderedBy", "httpAccept", "responseType",
    }
)  # fmt: skip


class Asked(msgspec.Struct, frozen=True):
    """A question as its address says it."""

    version: Version
    query: str = ""  # empty: explain
    start: int = 1
    count: int = 10
    schema: Schema = "dc"
    escaped: bool = False  # records as text rather than XML
    given: tuple[tuple[str, str], ...] = ()

    @property
    def explains(self) -> bool:
        """Tell whether the server is asked about itself."""
        return not self.query


def version_of(given: Mapping[str, str]) -> Version:
    """Return the version to answer in, whatever else is wrong with a request."""
    version = given.get("version", "")
    for known in _VERSIONS:
        if version == known:
            return known
    if version:
        return "1.1" if version.startswith("1.0") else "1.2"
    return "1.2" if "operation" in given else "2.0"


def read(pairs: Sequence[tuple[str, str]]) -> Asked:
    """Read a request; raises Diagnostic."""
    given = dict(pairs)
    version = version_of(given)
    if given.get("version", version) != version:
        raise Diagnostic(5, "2.0")
    _operation(given)
    for name in given:
        if name not in _KNOWN and not name.startswith("x-"):
            raise Diagnostic(80 if name == "sortKeys" else 8, name[:80])
    packing = given.get("recordXMLEscaping") or given.get("recordPacking") or "xml"
    if packing not in ("xml", "string", "packed", "unpacked"):
        raise Diagnostic(71, packing[:80])
    schema = SCHEMAS.get(given.get("recordSchema") or "dc")
    if schema is None:
        raise Diagnostic(66, given["recordSchema"][:200])
    return Asked(
        version=version,
        query=_query(given),
        start=_number(given, "startRecord", 1, least=1),
        count=min(_number(given, "maximumRecords", 10, least=0), MOST_RECORDS),
        schema=schema,
        escaped=packing == "string",
        given=tuple(pairs),
    )


def _operation(given: Mapping[str, str]) -> None:
    operation = given.get("operation", "")
    if operation not in ("", "explain", "searchRetrieve"):
        raise Diagnostic(4, operation[:80])
    if operation == "searchRetrieve" and not given.get("query", "").strip():
        raise Diagnostic(7, "query")
    if given.get("queryType", "cql") not in ("cql", "searchTerms"):
        raise Diagnostic(6, "queryType")


def _query(given: Mapping[str, str]) -> str:
    if given.get("operation") == "explain":
        return ""
    query = given.get("query", "").strip()
    if len(query) > MOST_QUERY:
        raise Diagnostic(12, str(MOST_QUERY))
    if "query" in given and not query:
        raise Diagnostic(7, "query")
    if given.get("queryType") == "searchTerms":
        words = query.replace("\\", "\\\\").replace('"', '\\"')
        return f'cql.serverChoice all "{words}"'
    return query


def _number(given: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    text = given.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < least:
        raise Diagnostic(6, name)
    return int(text)
