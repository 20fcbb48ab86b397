"""Networks of items: linked are those that the same documents have."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.networks.building import Draft, years_of
from fonds.analyses.networks.cooccurrence import Link, first_years, incidence, links
from fonds.analyses.networks.items import SOURCES, Item, gathered, having, query_of
from fonds.analyses.networks.network import Edge, Node
from fonds.analyses.networks.works import Bibliographies

_FEW = 15  # items; with fewer, those of a single document are taken in


class Wanted(msgspec.Struct, frozen=True):
    """What was asked."""

    nodes: int
    least: int  # documents of a node; 0: chosen here
    common: int  # ... of an edge
    strength: str


def of_items(corpus: Corpus, of: str, wanted: Wanted) -> Draft:
    """Return how terms, people, institutions or entities go together."""
    source = SOURCES[of]
    found = gathered(corpus.digests, source)
    least = max(wanted.least or 2, source.least)
    many = sum(len(one.documents) >= least for one in found)
    if not wanted.least and source.least == 1 and many < _FEW:
        least = 1
    known = [one for one in found if len(one.documents) >= least]
    chosen = _foremost(known, wanted.nodes, by_weight=of == "terms")
    years = [one.year for one in corpus.digests]
    draft = Draft((), (), least, wanted.strength, rarer=len(found) - len(chosen),
                  having=len(having(found)))  # fmt: skip
    return _linked(
        corpus,
        [one.documents for one in chosen],
        [_node(years, one, query_of(one, source)) for one in chosen],
        draft,
        wanted,
        _nested(chosen) if of == "terms" else frozenset(),
    )


def _foremost(items: Sequence[Item], most: int, *, by_weight: bool) -> list[Item]:
    """Return the items in most documents; of terms, those that say most of their documents.

    Of equals, those come first that stand beside an item of more documents.
    """
    beside: dict[int, int] = {}
    for one in items:
        for place in one.documents:
            beside[place] = max(beside.get(place, 0), len(one.documents))

    def rank(one: Item) -> tuple[float, int, int, str]:
        weight = -one.weight if by_weight else 0.0
        return weight, -len(one.documents), -max(beside[at] for at in one.documents), one.key

    chosen = sorted(items, key=rank)[:most]
    return sorted(chosen, key=lambda one: (-len(one.documents), one.key))


def of_cited(corpus: Corpus, found: Bibliographies, wanted: Wanted) -> Draft:
    """Return which cited works stand in the same bibliographies."""
    least = max(wanted.least, 2)
    chosen = [one for one in found.works if len(one.cited_by) >= least][: wanted.nodes]
    years = [one.year for one in corpus.digests]
    nodes = []
    for one in chosen:
        by_year = years_of(years, one.cited_by)
        ark = corpus.digests[one.held].ark if one.held >= 0 else ""
        nodes.append(
            Node(one.name, len(one.cited_by), 0, 0.0, 0, _first(by_year), _last(by_year),
                 one.query, ark=ark, title=one.title, by_year=by_year)
        )  # fmt: skip
    draft = Draft((), (), least, wanted.strength, rarer=found.count - len(chosen))
    return _linked(corpus, [one.cited_by for one in chosen], nodes, draft, wanted, frozenset())


def _linked(
    corpus: Corpus, documents: Sequence[Sequence[int]], nodes: Sequence[Node], draft: Draft,
    wanted: Wanted, without: frozenset[tuple[int, int]],
) -> Draft:  # fmt: skip
    matrix = incidence(documents, len(corpus.digests))
    totals = [len(one) for one in documents]
    found = [
        one
        for one in links(matrix.matrix, wanted.strength, wanted.common, totals)
        if (one.first, one.second) not in without
    ]
    years = first_years(matrix.matrix, [one.year for one in corpus.digests], found)
    return msgspec.structs.replace(
        draft,
        nodes=tuple(nodes),
        edges=tuple(map(_edge, found, years)),
        crowded=matrix.crowded,
    )


def _edge(link: Link, year: int) -> Edge:
    return Edge(link.first, link.second, link.weight, link.strength, year)


def _node(years: Sequence[int], item: Item, query: str) -> Node:
    by_year = years_of(years, item.documents)
    return Node(item.name, len(item.documents), 0, 0.0, 0, _first(by_year), _last(by_year), query,
                kind=item.kind, by_year=by_year)  # fmt: skip


def _first(by_year: Sequence[tuple[int, int]]) -> int:
    return by_year[0][0] if by_year else 0


def _last(by_year: Sequence[tuple[int, int]]) -> int:
    return by_year[-1][0] if by_year else 0


def _nested(items: Sequence[Item]) -> frozenset[tuple[int, int]]:
    """Return the pairs of terms of which one holds the other: they are together by themselves."""
    stems = [f" {one.key} " for one in items]
    return frozenset(
        (at, other)
        for at, one in enumerate(stems)
        for other in range(at + 1, len(stems))
        if one in stems[other] or stems[other] in one
    )
