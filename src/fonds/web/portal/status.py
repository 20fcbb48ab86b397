"""What runs here and whether it is well: for people and for monitors."""

from __future__ import annotations

from importlib.metadata import version
from typing import Literal

import msgspec

from fonds.archive.checked import Checked, last_check
from fonds.web.services import Services

State = Literal["well", "behind", "damaged"]


class CollectionStatus(msgspec.Struct, frozen=True, rename="camel"):
    """One collection."""

    name: str
    documents: int
    set_aside: int  # delivered files that could not be read
    first_load: float  # seconds since 1970
    last_load: float


class EnrichmentStatus(msgspec.Struct, frozen=True, rename="camel"):
    """What one version of an enrichment came to, in current documents."""

    name: str
    version: int
    made: int
    nothing: int
    failed: int


class Status(msgspec.Struct, frozen=True, rename="camel"):
    """The whole installation. No path, no address, no text of a document."""

    state: State
    name: str
    version: str
    documents: int
    searchable: int
    set_aside: int
    last_load: float  # 0 when nothing was ever loaded
    collections: tuple[CollectionStatus, ...]
    enrichments: tuple[EnrichmentStatus, ...]
    check: Checked | None  # the last one of every byte; None: never yet


def status_of(services: Services) -> Status:
    """Return how the installation stands now."""
    archive, engine = services.archive, services.engine
    infos = sorted(archive.collections(), key=lambda one: one.name)
    check = last_check(services.home)
    behind = engine.last_ord() < archive.last_ord() or engine.count() != archive.count()
    state: State = "damaged" if check and check.damages else "behind" if behind else "well"
    return Status(
        state=state,
        name=services.settings.web.name,
        version=version("fonds"),
        documents=archive.count(),
        searchable=engine.count(),
        set_aside=sum(one.set_aside for one in infos),
        last_load=max((one.last for one in infos), default=0.0),
        collections=tuple(
            CollectionStatus(one.name, one.documents, one.set_aside, one.first, one.last)
            for one in infos
        ),
        enrichments=_enrichments(services),
        check=check,
    )


def _enrichments(services: Services) -> tuple[EnrichmentStatus, ...]:
    counts: dict[tuple[str, int], dict[str, int]] = {}
    for one in services.archive.enrichment_counts():
        counts.setdefault((one.name, one.version), {})[one.status] = one.documents
    return tuple(
        EnrichmentStatus(
            name, number, found.get("made", 0), found.get("nothing", 0), found.get("failed", 0)
        )
        for (name, number), found in sorted(counts.items())
    )
