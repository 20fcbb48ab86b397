"""Puts what enrichments found into the record of a document, beginning from what was loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fonds.record import FileDescriptor

Json = dict[str, Any]

TEI_TYPE, JSON_TYPE = "application/tei+xml", "application/json"
TABLE_TYPE = "text/tab-separated-values"
_EXTENSIONS = {TEI_TYPE: "tei", TABLE_TYPE: "tsv"}


class Envelope(msgspec.Struct, frozen=True, rename="camel"):
    """The JSON form of an enrichment: what it found, how, and what of it is in the record."""

    type: str
    version: int
    id: str
    ark_istex: str
    document_version: int
    provenance: str
    parameters: Mapping[str, object]
    fields: Json
    result: msgspec.Raw


class Outline(msgspec.Struct, frozen=True):
    """What an enrichment adds to the record."""

    name: str
    fields: Mapping[str, object]
    mimetype: str  # of what stands beside its JSON: TEI or a table; empty for nothing
    has_layer: bool = False


def merged(base: Json, outlines: Iterable[Outline]) -> Json:
    """Return a record, as JSON, with the fields and files of enrichments."""
    made = dict(base)
    ark = str(base.get("arkIstex", ""))
    described: dict[str, list[FileDescriptor]] = {}
    for one in sorted(outlines, key=lambda outline: outline.name):
        _merge(made, one.fields)
        described[one.name] = list(_forms(ark, one))
        if one.has_layer:
            text = _descriptor(f"/{ark}/fulltext.{one.name}", one.name, layer_type(one.name))
            made["fulltext"] = [*made.get("fulltext", []), msgspec.to_builtins(text)]
    if described:
        made["enrichments"] = msgspec.to_builtins(described)
    return made


def layer_type(name: str) -> str:
    """Return the media type of a text layer: ISTEX's `text/ocr`."""
    return f"text/{name}"


def _forms(ark: str, outline: Outline) -> Iterable[FileDescriptor]:
    uri = f"/{ark}/enrichments/{outline.name}"
    if outline.mimetype:
        yield _descriptor(uri, _EXTENSIONS.get(outline.mimetype, "bin"), outline.mimetype)
    yield _descriptor(f"{uri}.json", "json", JSON_TYPE)


def _descriptor(uri: str, extension: str, mimetype: str) -> FileDescriptor:
    return FileDescriptor(original=False, mimetype=mimetype, extension=extension, uri=uri)


def _merge(target: Json, more: Mapping[str, object]) -> None:
    """Join objects key by key; any other value takes the place of what was there."""
    for key, value in more.items():
        before = target.get(key)
        if isinstance(before, dict) and isinstance(value, Mapping):
            joined = dict(before)
            _merge(joined, value)
            target[key] = joined
        else:
            target[key] = value
