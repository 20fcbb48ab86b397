"""The enrichments installed: ours and those of plug-ins, through the same entry points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fonds.enrich.model import Enriched, Enrichment, Failed, Layer, Material
from fonds.errors import EnrichmentUnknown
from fonds.plugins import installed
from fonds.settings import EnrichSettings

__all__ = [
    "EnrichSettings",
    "Enriched",
    "Enrichment",
    "Failed",
    "Layer",
    "Material",
    "load_enrichments",
    "modules_of",
    "names_of",
]

GROUP = "fonds.enrichments"


def load_enrichments(
    settings: EnrichSettings, names: Sequence[str] = (), without: Sequence[str] = ()
) -> tuple[Enrichment, ...]:
    """Return the enrichments of these names, each behind those whose results it asks for.

    Without names, all that are installed but those in `without`. Raises EnrichmentUnknown.
    """
    points = installed(GROUP)
    for name in names:
        if name not in points:
            raise EnrichmentUnknown(name=name, known=", ".join(sorted(points)))
    wanted = names_of(names, without)
    return tuple(_ordered(points[name].load()(settings) for name in wanted))


def names_of(names: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """Return these names; without any, those of all that are installed but those in `without`."""
    return list(names) or [name for name in installed(GROUP) if name not in without]


def modules_of(names: Sequence[str]) -> list[str]:
    """Return the modules of the enrichments of these names."""
    points = installed(GROUP)
    return [points[name].module for name in names if name in points]


def _ordered(enrichments: Iterable[Enrichment]) -> list[Enrichment]:
    """Return enrichments so that each stands behind those it asks; by name otherwise."""
    waiting = sorted(enrichments, key=lambda one: one.name)
    names = {one.name for one in waiting}
    ordered: list[Enrichment] = []
    done: set[str] = set()
    while waiting:
        ready = [one for one in waiting if names.intersection(one.after) <= done]
        ready = ready[:1] or waiting[:1]  # two that need each other: by name
        ordered += ready
        done.add(ready[0].name)
        waiting.remove(ready[0])
    return ordered
