"""Records in JSON: one object, a list, an answer that wraps them, or one object to a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.model import Piece, Reading, Source

Json = dict[str, Any]
Unwrap = Callable[[Any], Iterable[Any]]
ReadOne = Callable[[Json], tuple[Record, tuple[Finding, ...]]]

# bytes that are not UTF-8 and nesting without end are told by exceptions of their own
NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


def texts(value: object) -> tuple[str, ...]:
    """Return the texts of a value that may be a list, one text or nothing."""
    found = value if isinstance(value, list) else [value]
    return tuple(" ".join(one.split()) for one in found if isinstance(one, str) and one.strip())


def objects(value: object) -> list[Json]:
    """Return the objects of a value that should be a list of them."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def first(source: Source, unwrap: Unwrap) -> Json | None:
    """Return the first object of a source; None when it is no JSON."""
    if source.root is not None or not _BEGINNING.match(source.data[:64]):
        return None
    head = next((one for one in source.data.splitlines() if one.strip()), b"")
    for data in (head, source.data):
        try:
            found = objects(list(unwrap(msgspec.json.decode(data))))
        except NOT_JSON:
            continue
        return found[0] if found else None
    return None


def read(source: Source, unwrap: Unwrap, one: ReadOne) -> tuple[Reading, ...]:
    """Read every object; a line that is no JSON is a damaged record, named by its byte."""
    readings: list[Reading] = []
    for place, data, value in _values(source.data):
        if value is None:
            finding = Finding("record-damaged", f"byte {place}: not JSON")
            readings.append(
                Reading(record=Record(), findings=(finding,), piece=Piece(f"byte-{place}", data))
            )
            continue
        for item in objects(list(unwrap(value))):
            record, findings = one(item)
            number = len(readings) + 1
            name = (record.doi or record.article_id or (str(number),))[0].replace("/", "_")
            readings.append(
                Reading(
                    record=record,
                    findings=findings,
                    piece=Piece(name, msgspec.json.encode(item)),
                )
            )
    if len(readings) == 1:
        return (msgspec.structs.replace(readings[0], piece=None),)
    return tuple(readings)


def _values(data: bytes) -> Iterator[tuple[int, bytes, Any]]:
    """Give place, bytes and value of the whole file, or of each of its lines."""
    try:
        yield 0, data, msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except NOT_JSON:
        place = 0
        for line in data.splitlines(keepends=True):
            if line.strip():
                try:
                    yield place, line, msgspec.json.decode(line)
                except NOT_JSON:
                    yield place, line, None
            place += len(line)
