"""Values of the typed columns: reading them from a query, and finding documents by them."""

from __future__ import annotations

import math
from collections.abc import Callable

from tantivy import FieldType, Occur, Query, Schema

from fonds.search.engine import Facet
from fonds.search.engines.tantivy_schema import FIELDS_COLUMN, Column, value_column
from fonds.search.query.tree import Range
from fonds.search.vocabulary import Vocabulary

Value = str | float | int | bool | None

_EXACT = 2**53  # integers up to here are exact as floats
_TRUTH = {"true": True, "false": False}


def parse_value(column: Column, text: str) -> int | float | bool | None:
    """Read a value of a typed column; None when it is not one."""
    word = text.strip()
    if column.kind == "boolean":
        return _TRUTH.get(word.lower())
    number = _number(word)
    if number is None or column.kind == "float":
        return number
    return int(number) if number.is_integer() else None


def number_range(schema: Schema, column: Column, node: Range) -> Query:
    """Return the query for a range of numbers; nothing when a bound is not one."""
    low = None if node.low is None else _number(node.low)
    high = None if node.high is None else _number(node.high)
    if (low is None) != (node.low is None) or (high is None) != (node.high is None):
        return Query.empty_query()
    include_low, include_high = node.include_low, node.include_high
    if column.kind == "integer":
        if low is not None and not low.is_integer():
            low, include_low = math.ceil(low), True
        if high is not None and not high.is_integer():
            high, include_high = math.floor(high), True
    return between(schema, column, low, high, include=(include_low, include_high))


def between(
    schema: Schema,
    column: Column,
    low: float | None,
    high: float | None,
    *,
    include: tuple[bool, bool] = (True, True),
) -> Query:
    """Return the query for numbers between two bounds; None is open. `include`: low, high."""
    include_low, include_high = include[0] or low is None, include[1] or high is None
    if column.kind == "float":
        if low is None and high is None:
            low = -math.inf
        return Query.range_query(
            schema, column.name, FieldType.Float, low, high, include_low, include_high
        )
    if low is None and high is None:
        low = -_EXACT
    return Query.range_query(
        schema,
        column.name,
        FieldType.Integer,
        None if low is None else int(low),
        None if high is None else int(high),
        include_low,
        include_high,
    )


class Values:
    """Finds documents of one snapshot by the values they are sorted and counted by."""

    def __init__(self, schema: Schema, vocabulary: Callable[[str], Vocabulary]) -> None:
        self._schema = schema
        self._vocabulary = vocabulary

    def equal(self, column: Column, value: Value) -> Query:
        """Return the documents that have this value; None: that have no value."""
        if value is None:
            return Query.boolean_query(
                [(Occur.Must, Query.all_query()), (Occur.MustNot, self.present(column))]
            )
        if column.kind == "float":
            number = float(value)
            return between(self._schema, column, number, number)
        return Query.term_query(self._schema, column.name, value)

    def before(self, column: Column, value: Value, descending: bool) -> Query:
        """Return the documents that sort before those of this value; missing ones sort last."""
        if value is None:
            return self.present(column)
        if isinstance(value, str):
            low, high = (value, None) if descending else (None, value)
            words = self._vocabulary(column.name).between(low, high, False, False)
            return Query.term_set_query(self._schema, column.name, words)
        if column.kind == "boolean":
            other = not value
            first = other > value if descending else other < value
            return self.equal(column, other) if first else Query.empty_query()
        number = float(value)
        if descending:
            return between(self._schema, column, number, None, include=(False, True))
        return between(self._schema, column, None, number, include=(True, False))

    def present(self, column: Column) -> Query:
        """Return the documents that have a value."""
        return Query.const_score_query(
            Query.term_query(self._schema, FIELDS_COLUMN, column.field), 1.0
        )

    def bucket(self, facet: Facet, key: object) -> Query:
        """Return the documents of one bucket of a facet."""
        column = value_column(facet.field)
        if facet.kind == "terms":
            found = key == "true" if column.kind == "boolean" else key
            assert isinstance(found, str | int | float)
            return self.equal(column, found)
        if facet.kind == "range":
            return between(self._schema, column, facet.low, facet.high)
        assert isinstance(key, int | float | str)  # years come as text
        low = float(key)
        high = low + facet.interval
        if facet.high is not None and high > facet.high:
            return between(self._schema, column, low, facet.high)
        return between(self._schema, column, low, high, include=(True, False))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return max(-float(_EXACT), min(float(_EXACT), number)) if abs(number) > _EXACT else number
