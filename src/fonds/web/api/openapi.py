"""The OpenAPI 3.1 document, made from the table of addresses, the record and the errors."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec

from fonds.record import Record
from fonds.web.api.endpoints import Endpoint
from fonds.web.api.keeping import Wanted
from fonds.web.api.openapi_responses import responses
from fonds.web.api.parameter_table import Parameter
from fonds.web.api.problems import PROBLEMS
from fonds.web.api.table import ENDPOINTS

_REF = "#/components/schemas/{name}"
_JSON = "application/json"
_OTHERS = ("query-stored", "fonds")  # codes beside those of the table of problems
_FORM = "application/x-www-form-urlencoded"


@cache
def openapi() -> dict[str, Any]:
    """Return the document; the addresses in it are relative to the server."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Fonds",
            "summary": "A scientific archive that speaks the ISTEX API.",
            "version": version("fonds"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}, {"url": "/api"}],
        "paths": {endpoint.path: _path_item(endpoint) for endpoint in ENDPOINTS},
        "components": {"schemas": _schemas()},
    }


def _path_item(endpoint: Endpoint) -> dict[str, Any]:
    item: dict[str, Any] = {}
    if endpoint.get:
        item["get"] = _operation(endpoint, "get")
    if endpoint.post:
        post = _operation(endpoint, "post")
        body = {"schema": {"$ref": _REF.format(name=endpoint.body)}}
        forms = {
            "LongQuery": {_JSON: body, _FORM: body},
            "References": {_JSON: body},
            "Lookup": {_JSON: body},
            "Form": {_FORM: body},
            "Corpus": {_JSON: body},
        }
        post["requestBody"] = {
            "required": endpoint.body != "Form",
            "content": forms[endpoint.body],
        }
        item["post"] = post
    return item


def _operation(endpoint: Endpoint, method: str) -> dict[str, Any]:
    return {
        "operationId": f"{method}_{endpoint.handler.replace('.', '_')}",
        "summary": endpoint.english,
        "description": endpoint.french,
        "parameters": [_parameter(parameter) for parameter in endpoint.parameters],
        "responses": responses(endpoint, method),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.where,
        "description": parameter.english,
        "required": parameter.where == "path",
        "schema": {"type": parameter.kind},
    }
    if parameter.example:
        integer = parameter.kind == "integer"
        described["example"] = int(parameter.example) if integer else parameter.example
    return described


def _schemas() -> dict[str, Any]:
    _, components = msgspec.json.schema_components((Record, Wanted), ref_template=_REF)
    corpus = {**components.pop("Wanted"), "title": "Corpus"}
    address = {"type": "string", "format": "uri"}
    hit = {"allOf": [{"$ref": _REF.format(name="Record")}], "properties": {"score": _number()}}
    answer = {
        "stats": {"type": "object"},
        "total": {"type": "integer", "description": "exact"},
        "prevPageURI": address,
        "nextPageURI": address,
        "firstPageURI": address,
        "lastPageURI": address,
        "scroll": {"type": "string"},
        "scrollId": {"type": "string"},
        "nextScrollURI": address,
        "noMoreScrollResults": {"type": "boolean"},
        "hits": {"type": "array", "items": hit},
        "aggregations": {"type": "object"},
        "ordered": {"type": "object", "description": "what rankBy=hybrid did"},
    }
    return {
        **components,
        "Corpus": corpus,
        "Answer": {"type": "object", "required": ["total", "hits"], "properties": answer},
        "LongQuery": {
            "type": "object",
            "required": ["qString"],
            "properties": {"qString": {"type": "string"}},
        },
        "Form": {"type": "object", "additionalProperties": {"type": "string"}},
        "References": {
            "type": "array",
            "items": {},
            "description": "each an OpenURL as an object, a key with its value, or an identifier",
        },
        **_lookup_schemas(),
        "Resource": {
            "type": "object",
            "properties": {
                "resourceUrl": address,
                "code": {"type": "integer", "description": "300 several, 404 none"},
                "_error": {"type": "string"},
            },
        },
        "CounterException": {
            "type": "object",
            "required": ["Code", "Message"],
            "properties": {
                "Code": {"type": "integer"},
                "Message": {"type": "string"},
                "Data": {"type": "string"},
            },
        },
        "Error": _error(),
    }


def _lookup_schemas() -> dict[str, Any]:
    text = {"type": "string"}
    address = {"type": "string", "format": "uri"}
    names = ("id", "doi", "pmid", "pii", "ark", "title", "year", "author")
    asked = {"type": "object", "properties": dict.fromkeys(names, text)}
    file = {"type": "object", "properties": {"contentType": text, "url": address}}
    found = {
        "id": {**text, "description": "as the reference was named"},
        "ark": text,
        "doi": text,
        "title": text,
        "entitled": {**text, "enum": ["yes", "no"]},
        "accessType": {**text, "enum": ["open", "paid"]},
        "document": {**address, "description": "its page"},
        "vor": {"type": "array", "items": file},
    }
    answer = {"type": "array", "items": {"type": "object", "properties": found}}
    references = {"type": "array", "items": asked, "maxItems": 200}
    return {
        "Lookup": {
            "type": "object",
            "required": ["references"],
            "properties": {"references": references},
        },
        "Found": {"type": "object", "properties": {"references": answer}},
    }


def _error() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["_error"],
        "properties": {
            "_error": {**text, "description": "a sentence in French"},
            # two kinds apart: generators of clients know no list of words and numbers
            "code": {
                "anyOf": [
                    {"type": "string", "enum": sorted((*PROBLEMS, *_OTHERS))},
                    {"type": "integer", "enum": [300, 404]},
                ]
            },
            "message": {**text, "description": "a sentence in English"},
            "action": {**text, "description": "what to do next"},
            "login": {**text, "description": "where a person can sign in"},
            "position": {"type": "integer", "description": "character of the query, from 1"},
        },
    }


def _number() -> dict[str, Any]:
    return {"type": "number"}
