"""A plain, slow evaluator of queries over records: what the engines must agree with.

Written for clarity alone: every leaf walks every word of every value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import msgspec

from fonds.search.analysis import exact_tokens, tokens
from fonds.search.fields import BY, EXACT, FIELDS, RAW, Field, find, number, values
from fonds.search.query.tree import (
    Boolean,
    Boost,
    Exists,
    Fielded,
    Fuzzy,
    Group,
    MatchAll,
    Node,
    Phrase,
    Range,
    Regex,
    Term,
    Wildcard,
)

Words = list[str]
_ANALYSED: dict[tuple[int, str, bool], list[list[str]]] = {}
_VALUES: dict[int, dict[str, list[Any]]] = {}  # of documents that live as long as the tests
_STAR, _ONE = "zqstarqz", "zqoneqz"  # letters that stand for wildcards while words are folded


class Document(msgspec.Struct, frozen=True):
    """A record and its running text."""

    ord: int
    id: str
    record: dict[str, Any]
    fulltext: str

    def held(self, field: Field) -> list[Any]:
        """Return the values of a field."""
        if field.name == "fulltext":
            return [self.fulltext] if self.fulltext else []
        if field.name == "id":
            return [self.id]
        if id(self) not in _VALUES:
            _VALUES[id(self)] = values(self.record)
        return _VALUES[id(self)].get(field.name, [])


def evaluate(node: Node, documents: Sequence[Document]) -> set[str]:
    """Return the ids of the documents that match."""
    return {document.id for document in documents if _matches(node, document)}


def _matches(node: Node, document: Document) -> bool | None:
    """Tell whether a document matches; None when nothing is left of the node to be asked."""
    match node:
        case MatchAll():
            return True
        case Boost(child=child) | Group(child=child):
            return _matches(child, document)
        case Boolean():
            return _boolean(node, document)
        case Exists(field=name):
            return _exists(name or "", document)
        case Fielded():
            return _leaf(node, document)
    raise TypeError(node)


def _boolean(node: Boolean, document: Document) -> bool | None:
    asked = [(clause.occur, _matches(clause.node, document)) for clause in node.clauses]
    answers = [(occur, answer) for occur, answer in asked if answer is not None]
    if not answers:
        return None
    musts = [answer for occur, answer in answers if occur == "must"]
    shoulds = [answer for occur, answer in answers if occur == "should"]
    if any(answer for occur, answer in answers if occur == "must_not"):
        return False
    if musts:
        return all(musts)
    return any(shoulds) if shoulds else True


def _exists(name: str, document: Document) -> bool:
    field = find(name)
    return field is not None and bool(document.held(field))


def _leaf(node: Fielded, document: Document) -> bool | None:
    if node.field is None:
        searched = [field for field in FIELDS if field.kind == "text"]
        found = [_on_words(node, _analysed(document, field, tokens), tokens) for field in searched]
        return None if _says_nothing(node, tokens) else any(found)
    field = find(node.field)
    assert field is not None
    is_form = node.field not in BY
    if is_form and node.field.endswith(EXACT):
        return _words_or_none(node, _analysed(document, field, exact_tokens), exact_tokens)
    if field.kind == "keyword" or (is_form and node.field.endswith(RAW)):
        return any(_on_value(node, str(value)) for value in document.held(field))
    if field.kind == "text":
        return _words_or_none(node, _analysed(document, field, tokens), tokens)
    return any(_on_number(node, field, value) for value in document.held(field))


Analyse = Callable[[str], Words]


def _analysed(document: Document, field: Field, analyse: Analyse) -> list[Words]:
    key = (id(document), field.name, analyse is tokens)
    if key not in _ANALYSED:  # analysis is the slow part, and the same for every query
        _ANALYSED[key] = [analyse(value) for value in document.held(field)]
    return _ANALYSED[key]


def _words_or_none(node: Fielded, held: list[Words], analyse: Analyse) -> bool | None:
    return None if _says_nothing(node, analyse) else _on_words(node, held, analyse)


def _says_nothing(node: Fielded, analyse: Analyse) -> bool:
    match node:
        case Term(text=text) | Fuzzy(text=text):
            return not analyse(text)
        case Phrase(text=text):
            return not _patterns(_plain_ends(text), analyse)
        case Wildcard(pattern=pattern):
            return not _patterns(pattern, analyse)
    return False


def _on_words(node: Fielded, held: list[Words], analyse: Analyse) -> bool:
    match node:
        case Term(text=text):
            return _together([_is(word) for word in analyse(text)], held, 0)
        case Phrase(text=text, slop=slop):
            return _together(_patterns(_plain_ends(text), analyse), held, slop)
        case Wildcard(pattern=pattern):
            return _together(_patterns(pattern, analyse), held, 0)
        case Regex(pattern=pattern):
            test = re.compile(pattern).fullmatch
            return any(test(word) for words in held for word in words)
        case Fuzzy(text=text, distance=distance):
            asked = analyse(text)
            if len(asked) > 1:
                return _together([_is(word) for word in asked], held, distance)
            return any(
                _edits(word, asked[0]) <= distance
                for words in held
                for word in words
                for _ in asked
            )
        case Range():
            low = node.low if node.low is None else " ".join(analyse(node.low))
            high = node.high if node.high is None else " ".join(analyse(node.high))
            return any(_between(word, low, high, node) for words in held for word in words)
    raise TypeError(node)


def _on_value(node: Fielded, value: str) -> bool:
    match node:
        case Term(text=text) | Phrase(text=text):
            return value == text
        case Wildcard(pattern=pattern):
            return re.fullmatch(_expression(pattern), value, re.DOTALL) is not None
        case Fuzzy(text=text, distance=distance):
            return _edits(value, text) <= distance
        case Range():
            return _between(value, node.low, node.high, node)
        case Regex():
            return False
    raise TypeError(node)


def _on_number(node: Fielded, field: Field, value: Any) -> bool:
    held = number(field, value)
    if held is None:
        return False
    match node:
        case Term(text=text) | Phrase(text=text):
            if field.kind == "boolean":
                return bool(held) is (text.strip().lower() == "true")
            if field.kind == "year" and (year := number(field, text)) is not None:
                return held == year
            return float(held) == float(text)
        case Range(low=low, high=high):
            above = low is None or held > float(low) or (node.include_low and held == float(low))
            below = (
                high is None or held < float(high) or (node.include_high and held == float(high))
            )
            return above and below
    raise TypeError(node)


def _between(word: str, low: str | None, high: str | None, node: Range) -> bool:
    above = low is None or word > low or (node.include_low and word == low)
    below = high is None or word < high or (node.include_high and word == high)
    return above and below


Test = Callable[[str], bool]


def _is(wanted: str) -> Test:
    return lambda word: word == wanted


def _together(asked: Sequence[Test], held: list[Words], slop: int) -> bool:
    """Tell whether words stand together, each shifted against the others by at most `slop`."""
    for words in held:
        places = [[at for at, word in enumerate(words) if test(word)] for test in asked]
        if asked and all(places) and any(_fits(way, slop) for way in _ways(places, slop)):
            return True
    return False


def _ways(places: list[list[int]], slop: int) -> product[tuple[int, ...]]:
    if len(places) > 1 and slop == 0:  # the first word fixes the others
        firsts = [at for at in places[0] if all(at + i in p for i, p in enumerate(places))]
        return product(*[[firsts[0] + i] if firsts else [] for i in range(len(places))])
    return product(*places)


def _fits(way: tuple[int, ...], slop: int) -> bool:
    shifts = [at - index for index, at in enumerate(way)]
    return len(set(way)) == len(way) and max(shifts) - min(shifts) <= slop


def _plain_ends(text: str) -> str:
    """Drop question marks that end a word of a phrase: they are punctuation."""
    return re.sub(r"\?(?![\w*?])", "", text)


def _patterns(pattern: str, analyse: Analyse) -> list[Test]:
    """Return a test per word of a pattern."""
    marked = re.sub(
        r"\\(.)|([*?])",
        lambda m: m[1] if m[1] else (_STAR if m[2] == "*" else _ONE),
        pattern,
        flags=re.DOTALL,
    )
    found: list[Test] = []
    for word in analyse(marked):
        expression = re.escape(word).replace(_STAR, ".*").replace(_ONE, ".")
        test = re.compile(expression).fullmatch
        found.append(lambda other, test=test: test(other) is not None)  # type: ignore[misc]
    return found


def _expression(pattern: str) -> str:
    return "".join(
        re.escape(part[1]) if part.startswith("\\") and len(part) > 1
        else ".*" if part == "*" else "." if part == "?" else re.escape(part)
        for part in re.findall(r"\\.|.", pattern, flags=re.DOTALL)
    )  # fmt: skip


def _edits(left: str, right: str) -> int:
    """Return the edits between two words, a swap of neighbours counting one (OSA)."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, start=1):
        row = [i]
        for j, b in enumerate(right, start=1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
