"""The sets: `collection:NAME` and `journal:ISSN`, each below a set of all of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

import msgspec
import numpy as np

from fonds.record import Record
from fonds.search.engine import Engine, Facet, Ords, SearchRequest
from fonds.search.query.printer import quote as quoted
from fonds.search.service import SearchService

COLLECTION, JOURNAL = "collection", "journal"
_SERIALS = ("host.issn", "host.eissn")
_MOST_JOURNALS = 100_000
_MOST_KEPT = 8  # sets whose documents are kept: harvesters ask page after page
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]", re.ASCII)
_NAMES = {
    COLLECTION: "Collections",
    JOURNAL: "Journals and series, by ISSN",
}


class OaiSet(msgspec.Struct, frozen=True):
    """A set as `ListSets` names it."""

    spec: str
    name: str


def collection_spec(name: str) -> str:
    """Return the set of a collection; what a set may not be written with is escaped with `!`."""
    escaped = quote(name, safe="-_.").replace("%", "!")
    return f"{COLLECTION}:{escaped}"


def collection_of(spec: str) -> str:
    """Return the collection that a set means; empty when it means none."""
    kind, _, name = spec.partition(":")
    return unquote(name.replace("!", "%"), errors="replace") if kind == COLLECTION else ""


def issn_of(spec: str) -> str:
    """Return the ISSN that a set means; empty when it means none."""
    kind, _, name = spec.partition(":")
    return name if kind == JOURNAL and _ISSN.fullmatch(name) else ""


def sets_of(collection: str, record: Record) -> tuple[str, ...]:
    """Return the sets that a document is in, without those above them."""
    host = record.host
    numbers = dict.fromkeys((*host.issn, *host.eissn)) if host is not None else {}
    journals = (f"{JOURNAL}:{issn}" for issn in numbers if _ISSN.fullmatch(issn))
    return (collection_spec(collection), *journals)


class Sets:
    """The sets of one server. What takes a look at every document is kept until a load."""

    def __init__(self, search: SearchService, engine: Engine) -> None:
        self._search = search
        self._engine = engine
        self._kept = _Kept((-1, -1))

    def all(self, collections: list[str]) -> tuple[OaiSet, ...]:
        """Return every set that is not empty."""
        kept = self._current()
        if kept.journals is None:
            titles = dict(_journals(self._engine))
            kept.journals = tuple(
                OaiSet(f"{JOURNAL}:{issn}", titles[issn]) for issn in sorted(titles)
            )
        journals = kept.journals
        found = [OaiSet(COLLECTION, _NAMES[COLLECTION])]
        found += [OaiSet(collection_spec(name), name) for name in collections]
        if journals:
            found.append(OaiSet(JOURNAL, _NAMES[JOURNAL]))
        return (*found, *journals)

    def ords(self, spec: str) -> Ords:
        """Return the documents of a set of journals in the order of arrival."""
        kept = self._current()
        known = kept.ords.get(spec)
        if known is not None:
            return known
        issn = issn_of(spec)
        asked = " OR ".join(f"{field}.raw:{quoted(issn)}" for field in _SERIALS)
        if spec == JOURNAL:
            asked = " OR ".join(f"_exists_:{field}" for field in _SERIALS)
        ords: Ords = np.sort(self._engine.matches(self._search.ask(asked))[0])
        if len(kept.ords) >= _MOST_KEPT:
            kept.ords.clear()
        kept.ords[spec] = ords
        return ords

    def _current(self) -> _Kept:
        state = (self._engine.last_ord(), self._engine.count())
        if state != self._kept.state:
            self._kept = _Kept(state)
        return self._kept


class _Kept:
    """What was found in one state of the index."""

    def __init__(self, state: tuple[int, int]) -> None:
        self.state = state  # last ord and number of documents
        self.journals: tuple[OaiSet, ...] | None = None
        self.ords: dict[str, Ords] = {}


def _journals(engine: Engine) -> Iterator[tuple[str, str]]:
    """Yield each ISSN with the title that most of its documents give."""
    title = Facet("title", "host.title", "terms", 1)
    for field in _SERIALS:
        facet = Facet("issn", field, "terms", _MOST_JOURNALS, inner=title)
        answer = engine.search(SearchRequest(None, size=0, facets=(facet,))).aggregations
        for bucket in _buckets(answer["issn"]):
            if _ISSN.fullmatch(bucket.key):
                titles = bucket.title.buckets if bucket.title is not None else ()
                yield bucket.key, titles[0].key if titles else bucket.key


class _Bucket(msgspec.Struct, frozen=True):
    key: str
    title: _Buckets | None = None


class _Buckets(msgspec.Struct, frozen=True):
    buckets: tuple[_Bucket, ...] = ()


def _buckets(answer: object) -> tuple[_Bucket, ...]:
    return msgspec.convert(answer, _Buckets).buckets
