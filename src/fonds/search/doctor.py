"""The query doctor: how a query is understood, what each part matches, what to change.

Engine-neutral: it asks the engine for counts and words only. Suggestions are tried before they are
made, so each leads to documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from fonds.search import remedies
from fonds.search.analysis import tokens
from fonds.search.engine import Engine, SearchRequest
from fonds.search.query.printer import source, to_lucene
from fonds.search.query.tree import (
    Boolean,
    Boost,
    Fielded,
    Fuzzy,
    Group,
    Node,
    Occur,
    Phrase,
    Term,
    Wildcard,
)
from fonds.search.remedies import Remedy
from fonds.search.service import SearchService

MOST_PARTS = 24  # leaves looked at; a longer query is explained as a whole only
_MOST_WORDS = 20  # expansions shown


class PartExplained(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """One leaf of a query."""

    source: str  # as written
    start: int  # characters of the query, from 0
    end: int
    kind: str  # "term", "phrase", "wildcard", "regex", "fuzzy", "range", "exists", "matchAll"
    occur: Occur
    matches: int  # documents it matches alone
    field: str = ""
    words: tuple[str, ...] = ()  # what analysis makes of it
    expansions: tuple[str, ...] = ()  # the first words a pattern stands for
    ignored: bool = False  # analysis leaves nothing of it


class Advice(msgspec.Struct, frozen=True, omit_defaults=True):
    """What to change: a stable code, sentences, and a query that finds more (or better)."""

    code: str
    english: str
    french: str
    query: str = ""
    matches: int = 0


class Explanation(msgspec.Struct, frozen=True):
    """A query as it was understood."""

    query: str
    understood: str
    total: int
    parts: tuple[PartExplained, ...]
    advice: tuple[Advice, ...]


Narrow = Callable[[SearchRequest], SearchRequest]


def unchanged(request: SearchRequest) -> SearchRequest:
    """Return a question as it is: whoever asks may search everything."""
    return request


class Doctor:
    """Explains queries to one archive.

    `narrow` keeps counts from texts that may not be searched; without `show_words` no word of the
    index is named.
    """

    def __init__(
        self,
        search: SearchService,
        engine: Engine,
        *,
        narrow: Narrow = unchanged,
        show_words: bool = True,
    ) -> None:
        self._search = search
        self._engine = engine
        self._narrow = narrow
        self._shows_words = show_words

    def explain(self, q: str, *, default_operator: str = "OR") -> Explanation:
        """Explain a query; raises QueryInvalid as a search does."""
        request = self._search.ask(q, size=0, default_operator=default_operator)
        total = self._count(request)
        leaves = list(_leaves(request.query, "should")) if request.query is not None else []
        parts = tuple(
            self._part(occur, leaf, q, default_operator) for occur, leaf in leaves[:MOST_PARTS]
        )
        engine = self._engine if self._shows_words else None
        found = remedies.suggest(q, request.query, parts, total, engine, default_operator)
        advice = tuple(self._tried(found, total, default_operator))
        understood = to_lucene(request.query) if request.query is not None else "*:*"
        return Explanation(q, understood, total, parts, advice)

    def _part(self, occur: Occur, leaf: Node, q: str, operator: str) -> PartExplained:
        written = source(leaf, q)
        request = self._search.ask("*", size=0, default_operator=operator)
        alone = msgspec.structs.replace(request, query=leaf)
        kind = type(leaf).__name__
        field = leaf.field or "" if isinstance(leaf, Fielded) else ""
        words = tuple(tokens(leaf.text)) if isinstance(leaf, Term | Phrase | Fuzzy) else ()
        folded = not field.endswith((".raw", ".exact"))
        return PartExplained(
            source=written,
            start=leaf.start,
            end=leaf.end,
            kind=kind[0].lower() + kind[1:],
            occur=occur,
            matches=self._count(alone),
            field=field,
            words=words if folded else (),
            expansions=self._expansions(leaf),
            ignored=isinstance(leaf, Term | Phrase) and folded and not words,
        )

    def _count(self, request: SearchRequest) -> int:
        return self._engine.search(self._narrow(request)).total

    def _expansions(self, leaf: Node) -> tuple[str, ...]:
        if not self._shows_words:
            return ()
        if isinstance(leaf, Wildcard):
            return self._engine.words(leaf.field, leaf.pattern, _MOST_WORDS)
        if isinstance(leaf, Fuzzy):
            return self._engine.similar(leaf.field, leaf.text, _MOST_WORDS)
        return ()

    def _tried(self, found: Iterator[Remedy], total: int, operator: str) -> Iterator[Advice]:
        """Keep the remedies that work, with what each finds."""
        seen: set[str] = set()
        for remedy in found:
            if not remedy.query:
                yield Advice(remedy.code, remedy.english, remedy.french)
                continue
            if remedy.query in seen:
                continue
            seen.add(remedy.query)
            request = self._search.ask(
                remedy.query, size=0, default_operator=remedy.operator or operator
            )
            matches = self._count(request)
            if matches and (matches != total or remedy.code in remedies.BETTER_FORM):
                yield Advice(remedy.code, remedy.english, remedy.french, remedy.query, matches)


def _leaves(node: Node, occur: Occur) -> Iterator[tuple[Occur, Node]]:
    """Yield the leaves in the order they are written; inside a negation all are negated."""
    match node:
        case Group(child=child) | Boost(child=child):
            yield from _leaves(child, occur)
        case Boolean(clauses=clauses):
            for clause in clauses:
                inner = "must_not" if occur == "must_not" else clause.occur
                yield from _leaves(clause.node, inner)
        case _:
            yield occur, node
