"""The counting rules of COUNTER R5.1: double clicks, sessions, unique items and titles.

Rules: Code of Practice 5.1, section 7 (https://cop5.countermetrics.org). A pure function of the
events of a day; every number of every report is a sum of what it returns.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from fonds.access.usage.events import AccessMethod, AccessType, Event, Kind, unpack_ords

DOUBLE_CLICK = 30_000  # milliseconds: of two requests no further apart the later one counts
_HOUR = 3_600_000
WORLD = ""  # the customer that everything belongs to


class Subject(msgspec.Struct, frozen=True):
    """What a document is in reports."""

    item: str  # id of the document, the same for all its versions
    title: str  # key of its journal or book
    yop: str  # year of publication, "0001" where unknown
    counts_titles: bool = False  # books: the title is counted, too


class ItemUse(msgspec.Struct, frozen=True):
    """What the counts of an item are kept by."""

    customer: str
    item: str
    access: AccessType
    method: AccessMethod


class TitleUse(msgspec.Struct, frozen=True):
    """What the counts of a book are kept by."""

    customer: str
    title: str
    yop: str
    access: AccessType
    method: AccessMethod


class Counts(msgspec.Struct, frozen=True):
    """What one day comes to: metric -> number, by what it was counted for."""

    searches: Mapping[tuple[str, AccessMethod], int]
    items: Mapping[ItemUse, Mapping[str, int]]
    titles: Mapping[TitleUse, Mapping[str, int]]


_METRICS: Mapping[Kind, tuple[str, ...]] = {
    "investigation": ("Item_Investigations",),
    "request": ("Item_Investigations", "Item_Requests"),
}
_DENIALS: Mapping[Kind, str] = {"no-license": "No_License", "limit-exceeded": "Limit_Exceeded"}


def count(events: Iterable[Event], subjects: Mapping[int, Subject]) -> Counts:
    """Count the events of a day; `subjects` says what the documents are, by place of arrival."""
    return _Day(subjects).counted(events)


def single_clicks(events: Iterable[Event]) -> Iterator[Event]:
    """Leave out of each double click all but the last request.

    What the access was belongs to it: one export is an event for each.
    """
    last: dict[tuple[str, str, Kind, AccessType], Event] = {}
    for event in sorted(events, key=lambda one: one.time):
        place = (event.user, event.address, event.kind, event.access)
        before = last.get(place)
        if before is not None and event.time - before.time > DOUBLE_CLICK:
            yield before
        last[place] = event
    yield from last.values()


class _Day:
    def __init__(self, subjects: Mapping[int, Subject]) -> None:
        self._subjects = subjects
        self._searches: Counter[tuple[str, AccessMethod]] = Counter()
        self._items: dict[ItemUse, Counter[str]] = defaultdict(Counter)
        self._titles: dict[TitleUse, Counter[str]] = defaultdict(Counter)
        self._seen: set[tuple[object, ...]] = set()

    def counted(self, events: Iterable[Event]) -> Counts:
        for event in single_clicks(events):
            if event.echo:
                continue  # the day after counts it
            if event.kind == "search":
                for customer in (WORLD, *event.customers):
                    self._searches[customer, event.method] += 1
                continue
            for number in unpack_ords(event.ords):
                subject = self._subjects.get(number)
                if subject is not None:
                    self._use(event, subject)
        return Counts(self._searches, self._items, self._titles)

    def _use(self, event: Event, subject: Subject) -> None:
        session = (event.user, event.time // _HOUR)
        how = (event.access, event.method)
        found: list[str] = []
        of_title: list[str] = []
        if event.kind in _DENIALS:
            found.append(_DENIALS[event.kind])
        for metric in _METRICS.get(event.kind, ()):
            found.append(f"Total_{metric}")
            if self._first(session, metric, subject.item, how):
                found.append(f"Unique_{metric}")
            place = (subject.title, subject.yop)
            if subject.counts_titles and self._first(session, metric, place, how):
                of_title.append(f"Unique_{metric.replace('Item', 'Title')}")
        for customer in (WORLD, *event.customers):
            self._items[ItemUse(customer, subject.item, *how)].update(found)
            if of_title:
                use = TitleUse(customer, subject.title, subject.yop, *how)
                self._titles[use].update(of_title)

    def _first(self, *what: object) -> bool:
        """Tell whether something happens for the first time on this day."""
        if what in self._seen:
            return False
        self._seen.add(what)
        return True
