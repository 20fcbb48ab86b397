"""Lists of records: which documents a question means, and the next piece of them.

Pieces follow the order of arrival (the ord), so documents that come meanwhile are at the end, and
one that is replaced moves there: nothing is missed, nothing is given twice in one version.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from fonds.archive.arrivals import Arrival, Stretch
from fonds.search.engine import Ords
from fonds.web.harvest.datestamps import datestamp
from fonds.web.harvest.oai_pmh.faults import OaiFault
from fonds.web.harvest.oai_pmh.moments import read_bounds
from fonds.web.harvest.oai_pmh.sets import COLLECTION, JOURNAL, Sets, collection_of, issn_of
from fonds.web.harvest.oai_pmh.tokens import Place
from fonds.web.services import Services


class Listing:
    """The documents that one question means."""

    def __init__(self, services: Services, sets: Sets, place: Place) -> None:
        self._services = services
        self._sets = sets
        self._low, self._high = read_bounds(place.since, place.until)
        self._spec = place.set
        stretches = [one for one in services.archive.stretches() if self._wanted(one)]
        self._stretches: Sequence[Stretch] = stretches
        self._ords = self._members()

    def size(self) -> int:
        """Return how many records there are."""
        if self._ords is None:
            return self._services.archive.arrived(self._stretches)
        return len(self._ords)

    def page(self, after: int, count: int) -> list[Arrival]:
        """Return the next records behind an ord."""
        archive = self._services.archive
        if self._ords is None:
            return archive.arrivals(self._stretches, after, count)
        found: list[Arrival] = []
        at = int(np.searchsorted(self._ords, after, side="right"))
        while len(found) < count and at < len(self._ords):
            numbers = self._ords[at : at + count - len(found)].tolist()
            located = archive.located(numbers)
            known = [located[n] for n in numbers if n in located and located[n].current]
            found += [Arrival(one, self._stretch(one.ord)) for one in known]
            at += len(numbers)
        return found

    def _wanted(self, stretch: Stretch) -> bool:
        if (
            not self._low
            <= math.ceil(datestamp(self._services.settings.harvest, stretch))
            <= self._high
        ):
            return False
        collection = collection_of(self._spec)
        return not collection or stretch.collection == collection

    def _members(self) -> Ords | None:
        """Return the documents of a set of journals; None for other sets."""
        kind = self._spec.partition(":")[0]
        if self._spec in ("", COLLECTION) or collection_of(self._spec):
            return None
        if kind != JOURNAL or (self._spec != JOURNAL and not issn_of(self._spec)):
            raise OaiFault("noRecordsMatch", "there is no such set")
        ords = self._sets.ords(self._spec)
        if not self._stretches:
            return ords[:0]
        firsts = np.array([one.first for one in self._stretches])
        lasts = np.array([one.last for one in self._stretches])
        at = np.searchsorted(firsts, ords, side="right") - 1
        return ords[(at >= 0) & (ords <= lasts[at])]

    def _stretch(self, number: int) -> Stretch:
        return self._stretches[bisect_right(self._stretches, number, key=lambda s: s.first) - 1]
