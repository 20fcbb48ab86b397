"""What `fonds status` says, as data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.model import EnrichmentCount
from fonds.search.engines import open_engine
from fonds.settings import Settings


class CollectionState(msgspec.Struct, frozen=True):
    """One collection."""

    name: str
    documents: int
    versions: int
    bytes: int
    set_aside: int
    first: str  # time of the first and the last load, UTC
    last: str


class State(msgspec.Struct, frozen=True):
    """One home."""

    documents: int
    indexed: int
    naan: str
    collections: tuple[CollectionState, ...]
    enrichments: tuple[EnrichmentCount, ...]


def read_state(home: Path, settings: Settings) -> State:
    """Read what a home holds; raises HomeNotFound."""
    with Archive.open(home, settings) as archive:
        engine = open_engine(home, settings, writable=False)
        try:
            indexed = engine.count()
        finally:
            engine.close()
        collections = tuple(
            CollectionState(
                c.name, c.documents, c.versions, c.bytes, c.set_aside, _time(c.first), _time(c.last)
            )
            for c in archive.collections()
        )
        return State(
            archive.count(),
            indexed,
            settings.archive.naan,
            collections,
            archive.enrichment_counts(),
        )


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
