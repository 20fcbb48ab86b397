"""One state of the index, with everything that is computed once for it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache

import tantivy

from fonds.search.engine import Facet
from fonds.search.engines.tantivy_facets import Facets
from fonds.search.engines.tantivy_leaves import Leaves
from fonds.search.engines.tantivy_order import Ordering, Question
from fonds.search.engines.tantivy_query import Translator
from fonds.search.engines.tantivy_store import Store
from fonds.search.engines.tantivy_top_hits import TopHits, bare, with_top_hits
from fonds.search.engines.tantivy_values import Values
from fonds.search.facets import Answer
from fonds.search.vocabulary import Vocabulary
from fonds.settings import SearchSettings

_FREQUENCIES = 50_000  # words of fields
_VOCABULARY_BYTES = 96 * 1024 * 1024  # of all columns together; the oldest go first


class Snapshot:
    """A searcher of one commit and what serves it."""

    def __init__(
        self, index: tantivy.Index, signature: tuple[int, int], settings: SearchSettings
    ) -> None:
        self.signature = signature
        self.searcher = index.searcher()
        # a look-up in every segment; the words of one article stand in the next one, too
        self.frequency = lru_cache(maxsize=_FREQUENCIES)(self.searcher.doc_freq)
        values = Values(index.schema, self._vocabulary)
        self.leaves = Leaves(index, self._vocabulary, settings.expansions)
        self.translator = Translator(self.leaves)
        self.store = Store(self.searcher)
        self.ordering = Ordering(self.searcher, index.schema, values, self.store)
        self._facets = Facets(self.searcher, values)
        self._top_hits = TopHits(self.ordering, values, self.store)
        self._lock = threading.Lock()
        self._vocabularies: dict[str, Vocabulary] = {}

    def aggregate(self, question: Question, facets: Sequence[Facet]) -> dict[str, Answer]:
        """Return the answer of each facet under the name it was asked by."""
        answers = self._facets.compute(question.query, [bare(facet) for facet in facets])
        for facet in with_top_hits(facets):
            self._top_hits.fill(question, facet, answers[facet.name])
        return answers

    def _vocabulary(self, column: str) -> Vocabulary:
        with self._lock:
            known = self._vocabularies.pop(column, None)
            if known is None:
                words = self.searcher.terms_with_prefix(column, "")
                known = Vocabulary(word for word, _ in words)
            held = known.nbytes
            kept = {column: known}
            for name, other in reversed(self._vocabularies.items()):
                held += other.nbytes
                if held > _VOCABULARY_BYTES:
                    break
                kept[name] = other
            self._vocabularies = dict(reversed(kept.items()))
            return known
