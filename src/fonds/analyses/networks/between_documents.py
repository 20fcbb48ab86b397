"""Networks of documents: one cites the other, or both cite the same works (coupling)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scipy import sparse

from fonds.analyses.corpus import Corpus
from fonds.analyses.networks.between_items import Wanted
from fonds.analyses.networks.building import Draft
from fonds.analyses.networks.cooccurrence import incidence, links
from fonds.analyses.networks.network import Edge, Node
from fonds.analyses.networks.works import Bibliographies, named


def of_citations(corpus: Corpus, found: Bibliographies, wanted: Wanted) -> Draft:
    """Return which documents of the corpus cite each other; the cited stand first."""
    cited = Counter(target for _, target in found.citations)
    citing = Counter(source for source, _ in found.citations)
    linked = sorted(cited.keys() | citing.keys(), key=lambda at: (-cited[at], -citing[at], at))
    chosen = [at for at in linked if cited[at] >= wanted.least or not cited[at]][: wanted.nodes]
    places = {at: place for place, at in enumerate(chosen)}
    edges = tuple(
        Edge(places[source], places[target], 1, 1.0, corpus.digests[source].year)
        for source, target in found.citations
        if source in places and target in places
    )
    nodes = tuple(_node(corpus, at, cited[at]) for at in chosen)
    return Draft(nodes, edges, wanted.least, "", directed=True, rarer=len(linked) - len(chosen))


def of_coupling(corpus: Corpus, found: Bibliographies, wanted: Wanted) -> Draft:
    """Return which documents of the corpus cite the same works."""
    shared = [one for one in found.works if len(one.cited_by) > 1]
    having: Counter[int] = Counter()  # works that others cite too
    links_of: Counter[int] = Counter()
    for work in shared:
        for at in work.cited_by:
            having[at] += 1
            links_of[at] += len(work.cited_by) - 1
    least = max(1, wanted.least)
    known = [at for at in having if having[at] >= least]
    known.sort(key=lambda at: (-links_of[at], at))
    chosen = sorted(known[: wanted.nodes], key=lambda at: (-having[at], at))
    matrix = sparse.csr_matrix(
        incidence([one.cited_by for one in shared], len(corpus.digests), crowded=False).matrix.T
    )[:, chosen]
    references = [len(corpus.digests[at].references) for at in chosen]
    edges = tuple(
        Edge(one.first, one.second, one.weight, one.strength, _both(corpus, chosen, one.first,
                                                                    one.second))
        for one in links(matrix, wanted.strength, wanted.common, references)
    )  # fmt: skip
    nodes = tuple(_node(corpus, at, having[at]) for at in chosen)
    return Draft(nodes, edges, least, wanted.strength, rarer=len(having) - len(chosen))


def _both(corpus: Corpus, chosen: Sequence[int], first: int, second: int) -> int:
    """Return the year in which both documents are there."""
    years = (corpus.digests[chosen[first]].year, corpus.digests[chosen[second]].year)
    return max(years) if all(years) else 0


def _node(corpus: Corpus, at: int, documents: int) -> Node:
    one = corpus.digests[at]
    by_year = ((one.year, 1),) if one.year else ()
    return Node(named(one), documents, 0, 0.0, 0, one.year, one.year, ark=one.ark,
                title=one.title, by_year=by_year)  # fmt: skip
