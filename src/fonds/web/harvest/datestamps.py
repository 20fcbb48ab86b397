"""When the documents of a pack came, as every protocol tells it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from fonds.archive.arrivals import Stretch
from fonds.settings import HarvestSettings


def datestamp(settings: HarvestSettings, stretch: Stretch) -> float:
    """Return when the documents of a pack came; of a withdrawn collection, at least that day."""
    withdrawn = settings.withdrawn.get(stretch.collection)
    return stretch.time if withdrawn is None else max(stretch.time, _midnight(withdrawn))


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
