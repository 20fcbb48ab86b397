"""What the archive holds, counted: its collections with years, languages and rights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec

from fonds.archive.model import CollectionInfo
from fonds.web.portal.asking import Filter
from fonds.web.services import Services

_LANGUAGES = 4  # named of one collection
_MOST = 12  # values of a list
_OPEN = "isOpenAccess"
# what people ask about first; each count is what its query finds
_FIGURES = (
    ("abstract", "_exists_:abstract"),
    ("pdf", "_exists_:qualityIndicators.pdfWordCount"),
    ("structured", "qualityIndicators.tdmReady:true"),
    ("references", "_exists_:refBibs.title"),
    ("open", f"accessCondition.contentType:{_OPEN}"),
)


class Count(msgspec.Struct, frozen=True):
    """How many documents something has, and the search that finds them."""

    key: str
    documents: int
    address: str


class Collection(msgspec.Struct, frozen=True):
    """One collection."""

    name: str
    documents: int
    open: int  # under an open licence
    first: str  # years of publication; empty where none is known
    last: str
    languages: tuple[str, ...]
    more_languages: bool
    loaded: str  # day of its last load
    address: str


class Inventory(msgspec.Struct, frozen=True):
    """The whole archive."""

    documents: int
    figures: tuple[Count, ...]
    collections: tuple[Collection, ...]
    languages: tuple[Count, ...]
    genres: tuple[Count, ...]
    decades: tuple[Count, ...]


class Inventories:
    """The inventory of one server, counted again when the archive has changed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._kept: tuple[object, Inventory] | None = None

    def now(self) -> Inventory:
        """Return the inventory of the archive as it can be searched now."""
        engine = self._services.engine
        state = (engine.last_ord(), engine.turn(), engine.count())
        kept = self._kept
        if kept is None or kept[0] != state:
            kept = (state, _counted(self._services))
            self._kept = kept
        return kept[1]


def _counted(services: Services) -> Inventory:
    total, found = _facets(services, f"language[{_MOST}],genre[{_MOST}],publicationDate[perYear]")
    return Inventory(
        documents=total,
        figures=tuple(_figure(services, key, query) for key, query in _FIGURES),
        collections=_collections(services),
        languages=_values(found, "language"),
        genres=_values(found, "genre"),
        decades=_decades(found),
    )


def _facets(services: Services, facet: str) -> tuple[int, Mapping[str, Any]]:
    """Count everything; only descriptions are counted, which are open to everyone."""
    found = services.search.search(services.search.ask("*", size=0, facet=facet))
    return found.total, found.aggregations


def _figure(services: Services, key: str, query: str) -> Count:
    found = services.search.search(services.search.ask(query, size=0))
    return Count(key, found.total, _search(q=query))


def _collections(services: Services) -> tuple[Collection, ...]:
    """Return the collections that hold documents, the largest first."""
    years, languages, access = (
        {bucket["key"]: bucket for bucket in _buckets(_facets(services, facet)[1], "corpusName")}
        for facet in (
            "corpusName[*]>publicationDate",
            f"corpusName[*]>language[{_LANGUAGES + 1}]",
            "corpusName[*]>accessCondition.contentType",
        )
    )
    known = {info.name: info for info in services.archive.collections()}
    shown = [
        _collection(name, years[name], languages[name], access[name], known.get(name))
        for name in years
    ]
    return tuple(sorted(shown, key=lambda one: (-one.documents, one.name)))


def _collection(
    name: str,
    years: dict[str, Any],
    languages: dict[str, Any],
    access: dict[str, Any],
    info: CollectionInfo | None,
) -> Collection:
    spans = _buckets(years, "publicationDate")
    tags = [str(bucket["key"]) for bucket in _buckets(languages, "language")]
    free = [b["docCount"] for b in _buckets(access, "accessCondition.contentType")
            if b["key"] == _OPEN]  # fmt: skip
    return Collection(
        name=name,
        documents=years["docCount"],
        open=sum(free),
        first=str(spans[0]["fromAsString"]) if spans else "",
        last=str(spans[0]["toAsString"]) if spans else "",
        languages=tuple(tags[:_LANGUAGES]),
        more_languages=len(tags) > _LANGUAGES,
        loaded=day(info.last) if info is not None else "",
        address=_search(f=f"corpusName:{name}"),
    )


def _values(found: Mapping[str, Any], field: str) -> tuple[Count, ...]:
    return tuple(
        Count(
            str(bucket["key"]),
            bucket["docCount"],
            _search(q=Filter(field, str(bucket["key"])).query),
        )
        for bucket in _buckets(found, field)
    )


def _decades(found: Mapping[str, Any]) -> tuple[Count, ...]:
    counts: dict[int, int] = {}
    for bucket in _buckets(found, "publicationDate"):
        decade = int(bucket["keyAsString"]) // 10 * 10
        counts[decade] = counts.get(decade, 0) + bucket["docCount"]
    return tuple(
        Count(str(first), count, _search(first=str(first), last=str(first + 9)))
        for first, count in sorted(counts.items())
        if count
    )


def _buckets(found: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    answer = found.get(name)
    return list(answer["buckets"]) if answer else []


def _search(**asked: str) -> str:
    return "/?" + urlencode(asked)


def day(seconds: float) -> str:
    """Return the day of a time, in UTC; empty where it is not known."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d") if seconds > 0 else ""
