"""From the query tree to tantivy's queries.

Every leaf becomes one query per column it looks into, joined by "or". Leaves whose score says
nothing (exact values, numbers, patterns, existence) score 1, so that what a question made only of
them scores is known beforehand: it is answered in order of arrival, scores are not computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tantivy import Occur as TantivyOccur
from tantivy import Query

from fonds.search.engines.tantivy_leaves import Leaves, Part
from fonds.search.engines.tantivy_order import Question
from fonds.search.query.tree import (
    Among,
    Boolean,
    Boost,
    Clause,
    Exists,
    Fuzzy,
    Group,
    MatchAll,
    Node,
    Occur,
    Phrase,
    Range,
    Regex,
    Term,
    Wildcard,
)

_OCCURS = {
    "must": TantivyOccur.Must,
    "should": TantivyOccur.Should,
    "must_not": TantivyOccur.MustNot,
}
_MOST_BOOST = 1e6  # keeps scores finite in 32 bits


class Translator:
    """Translates trees for one snapshot."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves

    def question(self, tree: Node | None) -> Question:
        """Return the query for a tree; None is everything."""
        if tree is None or isinstance(tree, MatchAll):
            return Question(everything(), 1.0, everything=True)
        part = self._part(tree) or Part(Query.empty_query(), 1.0)
        return Question(part.query, part.score)

    def _part(self, node: Node) -> Part | None:
        """Translate one node; None when analysis leaves nothing of it (a word of punctuation)."""
        match node:
            case MatchAll():
                return Part(everything(), 1.0)
            case Group(child=child):
                return self._part(child)
            case Boost(child=child, factor=factor):
                return self._boosted(child, factor)
            case Boolean(clauses=clauses):
                return self._boolean(clauses)
            case Among(ords=ords):
                return self._leaves.among(ords)
        return self._leaf(node)

    def _leaf(self, node: Node) -> Part | None:
        match node:
            case Term(field=field, text=text):
                return self._leaves.term(field, text)
            case Phrase(field=field, text=text, slop=slop):
                return self._leaves.phrase(field, text, slop)
            case Wildcard(field=field, pattern=pattern):
                return self._leaves.wildcard(field, pattern)
            case Regex(field=field, pattern=pattern):
                return self._leaves.regex(field, pattern)
            case Fuzzy(field=field, text=text, distance=distance):
                return self._leaves.fuzzy(field, text, distance)
            case Range():
                return self._leaves.range(node)
            case Exists(field=field):
                return self._leaves.exists(field)
            case _:
                raise TypeError(f"no translation for {type(node).__name__}")

    def _boosted(self, child: Node, factor: float) -> Part | None:
        part = self._part(child)
        if part is None:
            return None
        bounded = min(max(factor, 0.0), _MOST_BOOST)
        score = None if part.score is None else part.score * bounded
        return Part(Query.boost_query(part.query, bounded), score)

    def _boolean(self, clauses: Sequence[Clause]) -> Part | None:
        parts = [
            (clause.occur, part)
            for clause in merged(clauses)
            if (part := self._part(clause.node)) is not None
        ]
        if not parts:
            return None
        if len(parts) == 1 and parts[0][0] != "must_not":
            return parts[0][1]
        positive = [part for occur, part in parts if occur != "must_not"]
        musts = [part for occur, part in parts if occur == "must"]
        queries = [(_OCCURS[occur], part.query) for occur, part in parts]
        if not positive:
            queries.append((TantivyOccur.Must, everything()))
        same = len(positive) == 1 or len(musts) == len(positive)
        return Part(Query.boolean_query(queries), _sum(positive) if same else None)


def merged(clauses: Sequence[Clause]) -> Sequence[Clause]:
    """Return clauses with each word that is repeated as one that counts for all of them.

    A word twenty thousand times is a legal query, and would be looked up as often.
    """
    counts = Counter(key for clause in clauses if (key := _word(clause)) is not None)
    if len(counts) == counts.total():
        return clauses
    found: list[Clause] = []
    for clause in clauses:
        key = _word(clause)
        count = 1 if key is None else counts.pop(key, 0)
        node = clause.node
        if count > 1 and clause.occur != "must_not":
            node = Boost(start=node.start, end=node.end, child=node, factor=float(count))
        if count:
            found.append(Clause(clause.occur, node))
    return found


def _word(clause: Clause) -> tuple[Occur, str | None, str] | None:
    node = clause.node
    return (clause.occur, node.field, node.text) if isinstance(node, Term) else None


def _sum(parts: Sequence[Part]) -> float | None:
    """Return the score of documents that match all parts; of those that match none, 1."""
    scores = [part.score for part in parts if part.score is not None]
    if len(scores) < len(parts):
        return None
    return sum(scores) if scores else 1.0


def everything() -> Query:
    """Return the query that matches every document with score 1."""
    return Query.const_score_query(Query.all_query(), 1.0)
