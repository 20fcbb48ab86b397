"""Documents like one: those whose title, abstract and keywords share its most telling words.

No text of a document is looked into, so a list says nothing that its reader may not know. The same
archive gives the same list: words are chosen by how rare they are, ties by their letters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from fonds.record import Record, Subject
from fonds.search.analysis import tokens
from fonds.search.engine import Engine, Hit, SearchRequest
from fonds.search.query.tree import Boolean, Boost, Clause, Node, Phrase, Term

_WORDS = 12  # looked for
_LEAST_LETTERS = 3
_MOST_TEXT = 6_000  # characters of an abstract that are looked at
_MOST_SHARE = 0.1  # of all documents: a word in more of them tells nothing
_LARGE, _LARGE_SHARE = 1_000, 0.02  # beyond so many documents of a word, a smaller share is enough
_LEAST_COMMON = 2  # documents a word must stand in, or it finds this one alone
_FIELDS = (("title", 3.0), ("subject.value", 2.0), ("abstract", 1.0))
_MOST_WORDS = 60  # of one description whose rarity is looked up


class _Described(msgspec.Struct, frozen=True):
    """The part of a record that likeness looks at."""

    title: str = ""
    abstract: str = ""
    subject: tuple[Subject, ...] = ()
    doi: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(_Described).decode


def similar(engine: Engine, record: Record, count: int = 5) -> tuple[Hit, ...]:
    """Return the documents most like one, the best first, never the document itself."""
    words = telling_words(engine, record)
    if len(words) < 2:
        return ()
    found = engine.search(SearchRequest(query=_question(words, record.id), size=count * 2))
    return tuple(islice(_telling(found.hits, frozenset(words), record), count))


def _telling(hits: Iterable[Hit], words: frozenset[str], record: Record) -> Iterator[Hit]:
    """Give the documents that share enough; of one work, one document, never the work itself."""
    enough = max(2, len(words) // 4)
    seen = set(record.doi)
    for hit in hits:
        other = _decode(hit.source)
        if seen.isdisjoint(other.doi) and _shares(other, words, enough):
            seen.update(other.doi)
            yield hit


def telling_words(engine: Engine, record: Record) -> tuple[str, ...]:
    """Return the words of a description that tell it from others, the most telling first."""
    weights: Counter[str] = Counter()
    for text, weight in _texts(record):
        for word in tokens(text):
            if len(word) >= _LEAST_LETTERS and not word.isdigit():
                weights[word] += weight
    total = max(1, engine.count())
    # the weightiest, then the longest: long words are rare
    words = sorted(weights, key=lambda word: (-weights[word], -len(word), word))[:_MOST_WORDS]
    most = max(_LEAST_COMMON + 3, min(_MOST_SHARE * total, max(_LARGE, _LARGE_SHARE * total)))
    counts = zip(*(engine.frequencies(field, words) for field, _ in _FIELDS), strict=True)
    scored: list[tuple[float, str]] = []
    for word, held in zip(words, map(max, counts), strict=True):
        if _LEAST_COMMON <= held <= most:
            scored.append((-math.sqrt(weights[word]) * math.log(total / held), word))
    return tuple(word for _, word in sorted(scored)[:_WORDS])


def _shares(record: _Described, words: frozenset[str], enough: int) -> bool:
    """Tell whether a description has so many of the words; the title alone often has."""
    shared: set[str] = set()
    for text, _ in _texts(record):
        shared.update(words.intersection(tokens(text)))
        if len(shared) >= enough:
            return True
    return False


def _texts(record: Record | _Described) -> Iterator[tuple[str, int]]:
    yield record.title, 3
    for subject in record.subject:
        yield subject.value, 2
    yield record.abstract[:_MOST_TEXT], 1


def _question(words: tuple[str, ...], identifier: str) -> Node:
    clauses = tuple(
        Clause("should", _boosted(Term(start=0, end=0, field=field, text=word), factor))
        for word in words
        for field, factor in _FIELDS
    )
    itself = Phrase(start=0, end=0, field="id", text=identifier)
    likeness = Boolean(start=0, end=0, clauses=clauses)
    return Boolean(start=0, end=0, clauses=(Clause("must", likeness), Clause("must_not", itself)))


def _boosted(node: Node, factor: float) -> Node:
    return node if factor == 1.0 else Boost(start=0, end=0, child=node, factor=factor)
