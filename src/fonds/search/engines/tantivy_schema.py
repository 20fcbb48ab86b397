"""What each field of the table becomes in the index.

text -> `f` (words, with places), `f.raw` (whole values) and, where the table says so, `f.exact`
(words as written); keyword -> `f`, whole values; numbers, years and truth values -> `f`, numbers
with letters (`52A`) also `f.raw`. Beside them: `_meta`, the words of all metadata but the title,
for questions without a field; `_fields`, the names of the fields present; `_quality`; `ord`;
`source`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal

import msgspec
import tantivy

from fonds.search.analysis import exact_tokens, tokens
from fonds.search.fields import BY, EXACT, FIELDS, RAW, Field, canonical, find

ORD = "ord"
ID = "id"
SOURCE = "source"
META = "_meta"
FULLTEXT = "fulltext"
TITLE = "title"
FIELDS_COLUMN = "_fields"
QUALITY = "_quality"
TITLE_BOOST = 2.0

# Words of one value and the next stand this far apart, so that phrases do not cross values. The
# stop token is upper case: analysis makes lower case only, so no word is ever equal to it.
STOP = "X"
GAP = " " + " ".join([STOP] * 16) + " "

_WORDS = "fonds_words"  # texts of one value
_VALUES = "fonds_values"  # texts in which values are kept apart by GAP

Kind = Literal["words", "value", "integer", "float", "boolean"]


class Column(msgspec.Struct, frozen=True):
    """A column of the index that a field name stands for in a query."""

    name: str
    field: str  # name in the table
    kind: Kind
    analyse: Callable[[str], list[str]] | None = None
    boost: float = 1.0


@cache
def columns(name: str | None) -> tuple[Column, ...]:
    """Return the columns that a field as written in a query looks into."""
    if name is None:
        return (
            Column(META, META, "words", tokens),
            Column(TITLE, TITLE, "words", tokens, TITLE_BOOST),
            Column(FULLTEXT, FULLTEXT, "words", tokens),
        )
    name = canonical(name)
    field = find(name)
    if field is None or field.computed:
        return ()
    if name == field.name:
        return (_column(field),)
    if name.endswith(EXACT):
        return (Column(name, field.name, "words", exact_tokens),)
    return (Column(raw_column(field), field.name, "value"),)


def _column(field: Field) -> Column:
    if field.kind == "text":
        return Column(field.name, field.name, "words", tokens)
    return value_column(field.name)


def raw_column(field: Field) -> str:
    """Return the name of the column that holds a field's whole values as they are."""
    return field.name if field.kind == "keyword" else field.name + RAW


@cache
def value_column(name: str) -> Column:
    """Return the column by which a field is sorted and counted; `f` and `f.raw` for texts."""
    name = canonical(name)
    field = BY[name.removesuffix(RAW)]
    if field.kind == "text" or (name.endswith(RAW) and field.kind == "integer"):
        return Column(raw_column(field), field.name, "value")
    kinds: dict[str, Kind] = {
        "year": "integer",
        "integer": "integer",
        "float": "float",
        "boolean": "boolean",
    }
    return Column(field.name, field.name, kinds.get(field.kind, "value"))


def exists_names(name: str) -> tuple[str, ...]:
    """Return the names under which `_fields` knows a field."""
    return tuple(sorted({column.field for column in columns(name)}))


def build_schema() -> tantivy.Schema:
    """Return the schema of a new index."""
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field(ORD, stored=True, indexed=True, fast=True)
    schema.add_bytes_field(SOURCE, stored=True)
    schema.add_float_field(QUALITY, fast=True)
    schema.add_text_field(FIELDS_COLUMN, tokenizer_name="raw", index_option="basic")
    schema.add_text_field(META, tokenizer_name=_VALUES, index_option="position")
    for field in FIELDS:
        if not field.computed:
            _add(schema, field)
    return schema.build()


def _add(schema: tantivy.SchemaBuilder, field: Field) -> None:
    if field.kind == "text":
        analyser = _WORDS if field.name == FULLTEXT else _VALUES
        schema.add_text_field(field.name, tokenizer_name=analyser, index_option="position")
    elif field.kind == "float":
        schema.add_float_field(field.name, indexed=True, fast=True)
    elif field.kind == "boolean":
        schema.add_boolean_field(field.name, indexed=True, fast=True)
    elif field.kind in ("integer", "year"):
        schema.add_integer_field(field.name, indexed=True, fast=True)
    if field.raw:
        name = raw_column(field)
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    if field.exact:
        name = field.name + EXACT
        schema.add_text_field(name, tokenizer_name=_VALUES, index_option="position")


def register_analysers(index: tantivy.Index) -> None:
    """Tell an opened index how texts are cut; the index does not keep it."""
    longest = tantivy.Filter.remove_long(255)
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(longest)
    index.register_tokenizer(_WORDS, words.build())
    values = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(longest)
    index.register_tokenizer(_VALUES, values.filter(tantivy.Filter.custom_stopword([STOP])).build())
