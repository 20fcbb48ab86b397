"""What arrived when: the current documents pack by pack, for those who copy the archive.

A pack holds documents of one collection, in the order of arrival, and has one time: that of its
last entry. So a stretch of time is a few packs, and no document has to be looked at to find them.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.archive.catalogue import Catalogue, Located

_STRETCHES = (
    "SELECT e.first, e.last, c.name, e.time FROM extent e"
    " JOIN collection c ON c.id = e.collection ORDER BY e.first"
)
_COUNT = "SELECT count(*) FROM document WHERE ord BETWEEN ? AND ? AND current"


class Stretch(msgspec.Struct, frozen=True):
    """The documents of one pack: `first` to `last` in the order of arrival."""

    first: int
    last: int
    collection: str
    time: float  # seconds since 1970


class Arrival(msgspec.Struct, frozen=True):
    """A current document and the pack it came in."""

    located: Located
    stretch: Stretch


def stretches(catalogue: Catalogue) -> list[Stretch]:
    """Return all packs of documents in the order of arrival."""
    return [Stretch(*row) for row in catalogue.rows(_STRETCHES)]


def arrivals(
    catalogue: Catalogue, among: Sequence[Stretch], after: int, count: int
) -> list[Arrival]:
    """Return the next current documents behind an ord, in the order of arrival."""
    found: list[Arrival] = []
    for stretch in among:
        if stretch.last > after and len(found) < count:
            behind = max(after, stretch.first - 1)
            page = catalogue.between(behind, stretch.last, count - len(found))
            found += [Arrival(located, stretch) for located in page]
    return found


class Counts:
    """How many current documents packs hold; each is counted once until something is loaded."""

    def __init__(self) -> None:
        self._counted: tuple[int, dict[tuple[int, int], int]] = (-1, {})

    def of(self, catalogue: Catalogue, among: Sequence[Stretch]) -> int:
        """Return how many current documents some packs hold."""
        state, counted = self._counted
        last = catalogue.last_ord()
        if state != last:  # a new version ends an old one, which may be in any pack
            counted = {}
            self._counted = (last, counted)
        total = 0
        for one in among:
            place = (one.first, one.last)
            if place not in counted:
                counted[place] = int(catalogue.rows(_COUNT, place)[0][0])
            total += counted[place]
        return total
