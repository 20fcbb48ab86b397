"""The leaves of a query, one tantivy query per column a field stands for."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import product

import msgspec
from tantivy import Index, Occur, Query, Schema

from fonds.errors import SearchTooBroad
from fonds.search.engines.tantivy_patterns import TokenPattern, rust_pattern, token_patterns
from fonds.search.engines.tantivy_phrases import phrase
from fonds.search.engines.tantivy_regex import rust_regex
from fonds.search.engines.tantivy_schema import (
    FIELDS_COLUMN,
    ORD,
    Column,
    columns,
    exists_names,
)
from fonds.search.engines.tantivy_values import number_range, parse_value
from fonds.search.query.tree import Range
from fonds.search.vocabulary import ANY, Vocabulary, is_literal, phrase_pieces, pieces

_PLAIN = re.compile(r"[a-z0-9]+")  # bounds that tantivy's own parser reads as they are
_AFTER = {"9": "A", "z": "ª"}  # the next letters of Unicode; words hold nothing else
_MOST_PHRASES = 300


class Part(msgspec.Struct, frozen=True):
    """A translated piece. `score`: what each of its matches scores; None when they differ."""

    query: Query
    score: float | None


class Leaves:
    """Translates leaves for one snapshot; `vocabulary` gives the words of a column."""

    def __init__(
        self, index: Index, vocabulary: Callable[[str], Vocabulary], expansions: int
    ) -> None:
        self._index = index
        self._schema: Schema = index.schema
        self._vocabulary = vocabulary
        self._expansions = expansions

    def term(self, field: str | None, text: str) -> Part | None:
        return self._each(field, lambda column: self._words(column, text, 0))

    def phrase(self, field: str | None, text: str, slop: int) -> Part | None:
        def one(column: Column) -> Query | None:
            if column.analyse is not None and ("*" in text or "?" in text):
                return self._patterns(
                    column, token_patterns(phrase_pieces(text), column.analyse), slop
                )
            return self._words(column, text, slop)

        return self._each(field, one)

    def wildcard(self, field: str | None, pattern: str) -> Part | None:
        split = pieces(pattern)

        def one(column: Column) -> Query | None:
            if column.analyse is not None:
                return self._patterns(column, token_patterns(split, column.analyse), 0)
            if column.kind == "value":
                return self._pattern(column, split)
            return None

        return self._each(field, one, constant=True)

    def regex(self, field: str | None, pattern: str) -> Part | None:
        expression = rust_regex(pattern)

        def one(column: Column) -> Query | None:
            if column.analyse is None:
                return None  # exact values are not matched by expressions (istex-api.md 2.1)
            try:
                return Query.regex_query(self._schema, column.name, expression)
            except ValueError as error:
                raise SearchTooBroad(expression=f"/{pattern}/", reason=str(error)) from error

        return self._each(field, one, constant=True)

    def fuzzy(self, field: str | None, text: str, distance: int) -> Part | None:
        moves = min(max(distance, 0), 2)

        def one(column: Column) -> Query | None:
            if column.analyse is None:
                words = [text] if column.kind == "value" else []
            else:
                words = column.analyse(text)
            if len(words) > 1:
                return phrase(self._schema, column.name, words, moves)
            if not words:
                return None
            return Query.fuzzy_term_query(self._schema, column.name, words[0], moves, True)

        return self._each(field, one, constant=True)

    def range(self, node: Range) -> Part | None:
        def one(column: Column) -> Query | None:
            if column.kind in ("integer", "float"):
                return number_range(self._schema, column, node)
            if column.kind == "boolean":
                return None
            return self._between(column, node)

        return self._each(node.field, one, constant=True)

    def exists(self, field: str | None) -> Part:
        if field is None:
            return Part(Query.all_query(), 1.0)
        names = exists_names(field)
        return Part(
            Query.const_score_query(
                Query.term_set_query(self._schema, FIELDS_COLUMN, list(names)), 1.0
            ),
            1.0,
        )

    def among(self, ords: Sequence[int]) -> Part:
        found = Query.term_set_query(self._schema, ORD, list(ords))
        return Part(Query.const_score_query(found, 1.0), 1.0)

    def words(self, field: str | None, pattern: str, limit: int) -> tuple[str, ...]:
        """Return the first words that a pattern stands for."""
        found: set[str] = set()
        for column in columns(field):
            if column.analyse is None:
                continue
            split = token_patterns(pieces(pattern), column.analyse)
            if len(split) == 1:
                found.update(self._vocabulary(column.name).first_matching(split[0], limit))
        return tuple(sorted(found)[:limit])

    def similar(self, field: str | None, word: str, limit: int) -> tuple[str, ...]:
        """Return the words written almost like this one, the nearest first."""
        found: dict[str, float] = {}
        for column in columns(field):
            if column.analyse is not None:
                for other, likeness in self._vocabulary(column.name).similar(word):
                    found[other] = max(likeness, found.get(other, 0.0))
        found.pop(word, None)
        return tuple(sorted(found, key=lambda other: (-found[other], other))[:limit])

    def _each(
        self,
        field: str | None,
        one: Callable[[Column], Query | None],
        *,
        constant: bool = False,
    ) -> Part | None:
        """Join what a leaf means in each of its columns; None when nothing is left of it."""
        found: list[Query] = []
        boost = 1.0
        scored = False
        for column in columns(field):
            query = one(column)
            if query is None:
                continue
            exact = constant or column.analyse is None
            scored = scored or not exact
            query = Query.const_score_query(query, 1.0) if exact else query
            boost = column.boost
            found.append(Query.boost_query(query, boost) if boost != 1.0 else query)
        if not found:
            return None
        if len(found) == 1:
            return Part(found[0], None if scored else boost)
        if not scored:
            joined = Query.boolean_query([(Occur.Should, query) for query in found])
            return Part(Query.const_score_query(joined, 1.0), 1.0)
        return Part(Query.boolean_query([(Occur.Should, query) for query in found]), None)

    def _words(self, column: Column, text: str, slop: int) -> Query | None:
        if column.analyse is None:
            return self._value(column, text)
        words = column.analyse(text)
        return phrase(self._schema, column.name, words, slop) if words else None

    def _value(self, column: Column, text: str) -> Query:
        """Match one whole value: a keyword, a number, a truth value."""
        if column.kind == "value":
            return Query.term_query(self._schema, column.name, text)
        value = parse_value(column, text)
        if value is None:
            return Query.empty_query()
        return Query.term_query(self._schema, column.name, value)

    def _patterns(
        self, column: Column, patterns: Sequence[TokenPattern], slop: int
    ) -> Query | None:
        """Match tokens that stand together, some of them patterns."""
        if not patterns:
            return None
        if all(is_literal(piece) for split in patterns for piece in split):
            return phrase(self._schema, column.name, ["".join(split) for split in patterns], slop)
        if len(patterns) == 1:
            return self._pattern(column, patterns[0])
        expanded = self._expanded(column, patterns)
        if expanded is not None:
            ways = [phrase(self._schema, column.name, way, slop) for way in expanded]
            return Query.disjunction_max_query(ways) if ways else Query.empty_query()
        words: list[str | tuple[int, str]] = [rust_pattern(split) for split in patterns]
        try:
            return Query.regex_phrase_query(self._schema, column.name, words, slop)
        except ValueError as error:
            raise SearchTooBroad(expression=" ".join(map(str, words)), reason=str(error)) from error

    def _expanded(
        self, column: Column, patterns: Sequence[TokenPattern]
    ) -> list[tuple[str, ...]] | None:
        """Return every phrase the patterns stand for; None when there are too many."""
        choices: list[list[str]] = []
        for split in patterns:
            if all(is_literal(piece) for piece in split):
                choices.append(["".join(split)])
                continue
            words = self._vocabulary(column.name).matching(split, _MOST_PHRASES)
            if words is None:
                return None
            choices.append(words)
        if math.prod(len(choice) for choice in choices) > _MOST_PHRASES:
            return None
        return list(product(*choices))

    def _pattern(self, column: Column, split: TokenPattern) -> Query:
        """Match one token (or value) against a pattern.

        The engine walks its dictionary from the pattern's beginning. A pattern without one would
        walk all of it, so it is looked up in the vocabulary, unless that gives too many words.
        """
        if not any(is_literal(piece) for piece in split) and len(split) == 1 and split[0] == "*":
            return Query.regex_query(self._schema, column.name, ".+")
        if split[1:] == (ANY,) and self._is_plain(column, split[0]):
            return self._starting(column, split[0])
        if not is_literal(split[0]):
            words = self._vocabulary(column.name).matching(split, self._expansions)
            if words is not None:
                return Query.term_set_query(self._schema, column.name, words)
        try:
            return Query.regex_query(self._schema, column.name, rust_pattern(split))
        except ValueError:  # too long for an automaton
            words = self._vocabulary(column.name).matching(split, self._expansions)
        if words is None:
            raise SearchTooBroad(expression="".join(split), reason=f"more than {self._expansions}")
        return Query.term_set_query(self._schema, column.name, words)

    def _is_plain(self, column: Column, prefix: str) -> bool:
        """Tell whether what comes after all words (or values) of a beginning can be written."""
        if not is_literal(prefix) or _PLAIN.fullmatch(prefix) is None:
            return False
        return column.analyse is not None or prefix[-1] not in _AFTER

    def _starting(self, column: Column, prefix: str) -> Query:
        """Match words (or values) that begin alike: a range is made and walked fastest."""
        after = _AFTER.get(prefix[-1]) or chr(ord(prefix[-1]) + 1)
        return self._index.parse_query(f"{column.name}:[{prefix} TO {prefix[:-1]}{after}}}")

    def _between(self, column: Column, node: Range) -> Query:
        """Match words (or whole values) between two others, in code point order."""
        low, high = self._bound(column, node.low), self._bound(column, node.high)
        if all(bound is None or _PLAIN.fullmatch(bound) for bound in (low, high)):
            opening, closing = "[" if node.include_low else "{", "]" if node.include_high else "}"
            text = f"{column.name}:{opening}{low or '*'} TO {high or '*'}{closing}"
            return self._index.parse_query(text)
        words = self._vocabulary(column.name).between(
            low, high, node.include_low, node.include_high
        )
        return Query.term_set_query(self._schema, column.name, words)

    def _bound(self, column: Column, bound: str | None) -> str | None:
        if bound is None or column.analyse is None:
            return bound
        return " ".join(column.analyse(bound))
