"""What a load did, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from fonds.archive.model import Outcome


class LoadSummary(msgspec.Struct, frozen=True):
    """The figures of one load; what `fonds load --json` prints."""

    collection: str
    files: int  # found in the deliveries
    loaded: int
    new_versions: int
    unchanged: int
    duplicates: int  # of those loaded: same work as another document of the archive
    completed: int  # documents that got values from a record of the same work
    set_aside: int
    kept: int  # files that are no document and no failure: lists, notes, loose images
    set_aside_by_code: dict[str, int]
    seconds: float
    documents_per_second: float
    interrupted: bool = False


class Tally:
    """Counts outcomes as batches become durable."""

    def __init__(self) -> None:
        self._statuses: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self._duplicates = 0
        self._completed = 0

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Count the outcomes of a committed batch."""
        for outcome in outcomes:
            self._statuses[outcome.status] += 1
            self._duplicates += outcome.duplicate
            if outcome.status == "set-aside":
                self._codes[outcome.code] += 1

    def add_completed(self, count: int) -> None:
        """Count documents that were completed."""
        self._completed += count

    def summary(
        self, collection: str, *, files: int, seconds: float, interrupted: bool
    ) -> LoadSummary:
        """Return the figures."""
        count = self._statuses
        made = count["loaded"] + count["new-version"]
        return LoadSummary(
            collection=collection,
            files=files,
            loaded=count["loaded"],
            new_versions=count["new-version"],
            unchanged=count["unchanged"],
            duplicates=self._duplicates,
            completed=self._completed,
            set_aside=count["set-aside"],
            kept=count["kept"],
            set_aside_by_code=dict(self._codes.most_common()),
            seconds=round(seconds, 3),
            documents_per_second=round(made / seconds, 1) if seconds else 0.0,
            interrupted=interrupted,
        )
