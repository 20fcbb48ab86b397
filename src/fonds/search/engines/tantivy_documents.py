"""Makes the engine's document out of a record: decoded once, every text folded once."""

from __future__ import annotations

from typing import Any

import msgspec
from tantivy import Document

from fonds.search.analysis import exact_fold, fold
from fonds.search.engine import IndexDocument
from fonds.search.engines.tantivy_schema import (
    FIELDS_COLUMN,
    FULLTEXT,
    GAP,
    ID,
    META,
    ORD,
    QUALITY,
    SOURCE,
    TITLE,
    raw_column,
)
from fonds.search.fields import BY, EXACT, Field, number, values

_SURELY_SHORT = 8_000  # characters; no more than four bytes each
_LONGEST_VALUE = 32_766  # bytes; Elasticsearch leaves longer keywords out, too


def make(document: IndexDocument) -> Document:
    """Return the document as the index takes it."""
    made = Document()
    made.add_unsigned(ORD, document.ord)
    made.add_bytes(SOURCE, document.source)
    found = values(msgspec.json.decode(document.source))
    found[ID] = [document.id]
    metadata: list[str] = []
    for name, held in found.items():
        made.add_text(FIELDS_COLUMN, name)
        _add(made, name, held, metadata)
    made.add_text(META, GAP.join(metadata))
    if document.fulltext:
        made.add_text(FIELDS_COLUMN, FULLTEXT)
        made.add_text(FULLTEXT, fold(document.fulltext))
    score = found.get("qualityIndicators.score", [0.0])[0]
    made.add_float(QUALITY, quality(float(score)))
    return made


def quality(score: float) -> float:
    """Return the weight that makes the engine multiply a score by 1 + score/10.

    tantivy multiplies by log2(2 + weight) (measured; docs/rooms/search.md).
    """
    return float(2.0 ** (1.0 + min(max(score, 0.0), 10.0) / 10.0) - 2.0)


def _add(made: Document, name: str, held: list[Any], metadata: list[str]) -> None:
    field = BY[name]
    if field.kind == "text":
        # folded in one call; a line break stands between values until then
        text = fold("\n".join(held)).replace("\n", GAP)
        made.add_text(name, text)
        if name != TITLE:
            metadata.append(text)
    if field.raw:
        column = raw_column(field)
        for value in dict.fromkeys(held):
            if len(value) < _SURELY_SHORT or len(value.encode()) <= _LONGEST_VALUE:
                made.add_text(column, value)
    if field.exact:
        made.add_text(name + EXACT, GAP.join([exact_fold(value) for value in held]))
    if field.kind not in ("text", "keyword"):
        _add_numbers(made, field, held)


def _add_numbers(made: Document, field: Field, held: list[Any]) -> None:
    found = dict.fromkeys(number(field, value) for value in dict.fromkeys(held))
    for value in found:
        if value is None:
            continue
        if field.kind == "float":
            made.add_float(field.name, float(value))
        elif field.kind == "boolean":
            made.add_boolean(field.name, bool(value))
        else:
            made.add_integer(field.name, int(value))
