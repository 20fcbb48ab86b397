"""A corpus as analyses see it: digests of its documents, and questions to the archive around it.

What was read from a text that may be neither read nor searched by who asks is not there: terms,
entities and categories of such documents are empty, and `withheld` counts them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import msgspec
import numpy as np

from fonds.access.gate import Gate, Visitor
from fonds.analyses.digest import Candidates, Digest
from fonds.archive.archive import Archive
from fonds.enrich.model import Material
from fonds.record import Record
from fonds.search.engine import Engine, Ords, SearchRequest
from fonds.search.facets import parse_facets
from fonds.search.narrowing import Closed, narrowed, within_closed, without
from fonds.search.query.tree import Node
from fonds.search.service import reads_text
from fonds.settings import Settings


class Asker(msgspec.Struct, frozen=True):
    """Who asks, and the collections whose texts they may not even search."""

    visitor: Visitor
    closed: tuple[Closed, ...] = ()


class Archived(msgspec.Struct, frozen=True):
    """The open archive that corpora are taken from."""

    archive: Archive
    engine: Engine
    gate: Gate
    settings: Settings = Settings()


class Corpus:
    """Some documents, and the archive around them, as one person may see them."""

    def __init__(
        self,
        archived: Archived,
        digests: Sequence[Digest],
        asker: Asker,
        read: Callable[[Sequence[int]], Iterable[Digest]] | None = None,
    ) -> None:
        self._archived = archived
        self._asker = asker
        self._read = read  # digests of further documents
        self.digests: tuple[Digest, ...] = tuple(map(self._shown, digests))
        self.beside: Corpus | None = None  # what it is compared with; None: the whole archive
        self.question = ""  # the query that finds exactly these; empty: everything, or a list
        self.name = ""  # what they were asked for by
        self.whole = self.ords  # all that were asked for, where these are a sample

    @cached_property
    def ords(self) -> Ords:
        """Return the documents in the order of the result."""
        return np.array([one.ord for one in self.digests], np.uint32)

    @cached_property
    def years(self) -> range:
        """Return the years from the first to the last; empty when none is known."""
        found = [one.year for one in self.digests if one.year]
        return range(min(found), max(found) + 1) if found else range(0)

    @property
    def withheld(self) -> int:
        """Return how many documents' texts may be neither read nor searched."""
        return sum(not self._searchable(one) for one in self.digests) if self._asker.closed else 0

    def narrowed(self, query: str) -> str:
        """Return a query of the documents of this corpus alone that another query finds."""
        return f"({self.question}) AND {query}" if self.question else query

    @property
    def sampled(self) -> bool:
        """Tell whether more documents were asked for than are looked at."""
        return len(self.whole) != len(self.digests)

    def others(self, most: int) -> Corpus:
        """Return the rest of the archive; of more than `most` documents, always the same sample."""
        everything = np.sort(self._archived.engine.matches(self._request(None))[0])
        rest = np.setdiff1d(everything, self.whole, assume_unique=True)
        chosen = rest
        if len(rest) > most:
            seed = [len(self.whole), len(rest)]
            chosen = np.sort(np.random.default_rng(seed).choice(rest, most, replace=False))
        read = self._read(chosen.tolist()) if self._read is not None else ()
        others = Corpus(self._archived, list(read), self._asker, self._read)
        others.whole = rest
        if self.question:
            others.question = f"*:* AND NOT ({self.question})"
        return others

    def may_read(self, digest: Digest) -> bool:
        """Tell whether the text of a document may be quoted to who asks."""
        return self._archived.gate.allows(self._asker.visitor, digest.collection, digest.access)

    def text(self, digest: Digest) -> str:
        """Return the running text of a document; empty without one, or if it may not be read."""
        return self._archived.archive.text_at(digest.ord) if self.may_read(digest) else ""

    def file(self, digest: Digest, typology: str, extension: str) -> bytes | None:
        """Return a file of a document; None without one, or if it may not be read."""
        if not self.may_read(digest):
            return None
        file = self._archived.archive.file(digest.ord, typology, extension)
        return self._archived.archive.read(file) if file is not None else None

    def material(self, digest: Digest) -> Material | None:
        """Return a document with its texts and sections; None if it may not be read."""
        if not self.may_read(digest):
            return None
        archive = self._archived.archive
        records = archive.records([digest.ord])

        def read(typology: str, extension: str) -> bytes | None:
            file = archive.file(digest.ord, typology, extension)
            return archive.read(file) if file is not None else None

        return Material(msgspec.json.decode(records[0], type=Record), read) if records else None

    @property
    def settings(self) -> Settings:
        """Return the settings of the installation."""
        return self._archived.settings

    def archived(self) -> int:
        """Return how many documents the whole archive has."""
        return self._archived.engine.count()

    def count(self, query: Node | None) -> int:
        """Return how many documents of the whole archive a query finds."""
        return self._archived.engine.search(self._request(query)).total

    def find(self, query: Node) -> Ords:
        """Return the documents of the whole archive that a query finds, best first."""
        return self._archived.engine.matches(self._request(query))[0]

    def within(self, query: Node) -> list[Digest]:
        """Return the documents of this corpus that a query finds, in the corpus' order."""
        found = np.isin(self.ords, self.find(query))
        return [self.digests[at] for at in np.flatnonzero(found).tolist()]

    def facet(self, facet: str, query: Node | None = None) -> Mapping[str, object]:
        """Return a facet, in the API's shape, over what a query finds in the whole archive."""
        request = msgspec.structs.replace(self._request(query), facets=parse_facets(facet))
        if self._asker.closed and any(map(reads_text, request.facets)):
            shown = without(request.query, within_closed(self._asker.closed))
            request = msgspec.structs.replace(request, query=shown)
        return self._archived.engine.search(request).aggregations

    def _request(self, query: Node | None) -> SearchRequest:
        return SearchRequest(narrowed(query, self._asker.closed), size=0)

    def _searchable(self, digest: Digest) -> bool:
        if not any(one.name == digest.collection for one in self._asker.closed):
            return True
        return self.may_read(digest)

    def _shown(self, digest: Digest) -> Digest:
        if not self._asker.closed or self._searchable(digest):
            return digest
        return msgspec.structs.replace(
            digest, terms=(), entities=(), categories=(), candidates=Candidates()
        )


def counted_without(
    corpus: Corpus, has: Callable[[Digest], bool], reason: str
) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Return how many documents have what an analysis takes, and why others have not."""
    used = sum(map(has, corpus.digests))
    withheld = corpus.withheld
    lacking = len(corpus.digests) - used - withheld
    reasons = (("withheld", withheld), (reason, lacking))
    return used, tuple((name, count) for name, count in reasons if count > 0)
