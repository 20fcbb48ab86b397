"""`facet=a[50]>topHits[1]`: the best documents of each bucket, in Elasticsearch's shape.

One small search per bucket: what a facet with this leaf may hold is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from tantivy import Occur, Query

from fonds.errors import FacetInvalid
from fonds.search.engine import Facet, Rank
from fonds.search.engines.tantivy_order import Ordering, Question
from fonds.search.engines.tantivy_store import Store
from fonds.search.engines.tantivy_values import Values
from fonds.search.facets import TOP_HITS, Answer

MOST_TOP_HITS = 1_000  # documents in the buckets of one facet together


class TopHits:
    """Fills the buckets of facets with documents."""

    def __init__(self, ordering: Ordering, values: Values, store: Store) -> None:
        self._ordering = ordering
        self._values = values
        self._store = store

    def fill(self, question: Question, facet: Facet, answer: Answer) -> None:
        """Add the best documents of each bucket to an answer; raises FacetInvalid for too many."""
        self._fill(question, facet, answer, [0])

    def _fill(self, question: Question, facet: Facet, answer: Answer, used: list[int]) -> None:
        inner = facet.inner
        assert inner is not None
        for bucket in answer["buckets"]:
            only = self._values.bucket(facet, bucket.get("keyAsString", bucket["key"]))
            inside = Query.boolean_query(
                [(Occur.Must, question.query), (Occur.Must, Query.const_score_query(only, 0.0))]
            )
            within = Question(inside, question.score)
            if inner.kind == TOP_HITS:
                used[0] += min(inner.size, bucket["docCount"])
                if used[0] > MOST_TOP_HITS:
                    reason = f"its buckets would hold more than {MOST_TOP_HITS} documents"
                    raise FacetInvalid(facet=facet.name, reason=reason)
                bucket[TOP_HITS] = self._hits(within, inner.size)
            elif bucket["docCount"]:
                self._fill(within, inner, bucket[inner.name], used)

    def _hits(self, question: Question, size: int) -> Answer:
        total, rows = self._ordering.page(question, (), Rank(), 0, size)
        best = max((row.score for row in rows), default=None)
        hits = [
            {"_score": row.score, "_source": msgspec.Raw(self._store.source(row.address))}
            for row in rows
        ]
        return {"hits": {"total": total, "max_score": best, "hits": hits}}


def with_top_hits(facets: Sequence[Facet]) -> list[Facet]:
    """Return the facets whose buckets hold documents."""
    return [facet for facet in facets if _has_top_hits(facet)]


def bare(facet: Facet) -> Facet:
    """Return a facet without the documents in its buckets."""
    inner = facet.inner
    if inner is None:
        return facet
    left = None if inner.kind == TOP_HITS else bare(inner)
    return msgspec.structs.replace(facet, inner=left)


def _has_top_hits(facet: Facet) -> bool:
    inner = facet.inner
    return inner is not None and (inner.kind == TOP_HITS or _has_top_hits(inner))
