"""The enrichments installed: ours and those of plug-ins, through the same entry points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points

from fonds.enrich.model import Enriched, Enrichment, Layer, MadeFile, Material
from fonds.errors import EnrichmentUnknown
from fonds.settings import EnrichSettings

__all__ = [
    "Enriched",
    "Enrichment",
    "Layer",
    "MadeFile",
    "Material",
    "load_enrichments",
]

GROUP = "fonds.enrichments"


def load_enrichments(settings: EnrichSettings, names: Sequence[str] = ()) -> tuple[Enrichment, ...]:
    """Return the enrichments of these names, or all installed, each after those it needs.

    What a named one needs comes along. Raises EnrichmentUnknown.
    """
    points = {point.name: point for point in sorted(entry_points(group=GROUP), key=_name)}
    for name in names:
        if name not in points:
            raise EnrichmentUnknown(name=name, known=", ".join(points))
    made: dict[str, Enrichment] = {}
    wanted = list(names or points)
    while wanted:
        name = wanted.pop(0)
        if name in points and name not in made:
            made[name] = points[name].load()(settings)
            wanted += made[name].after
    return tuple(_ordered(made.values()))


def _name(point: object) -> str:
    return str(getattr(point, "name", ""))


def _ordered(enrichments: Iterable[Enrichment]) -> list[Enrichment]:
    """Return enrichments so that each stands behind those it needs; by name otherwise."""
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
