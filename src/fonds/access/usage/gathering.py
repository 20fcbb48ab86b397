"""Counts finished days, adds them to their months, and deletes what they were counted from."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fonds.access.usage.counting import Subject, count
from fonds.access.usage.event_log import day_of, days_of, files_of, read_events
from fonds.access.usage.events import Event, unpack_ords
from fonds.access.usage.months import Months
from fonds.access.usage.salts import Salts
from fonds.access.usage.subjects import BOOKS, Item, Title, read_subject
from fonds.archive.archive import Archive

GRACE = 600  # seconds after its end before a day is counted: what other processes still write


def usage_folder(home: Path) -> Path:
    """Return where a home keeps its usage."""
    return home / "usage"


def gather(home: Path, archive: Archive, *, now: float | None = None) -> list[str]:
    """Count every finished day that was not yet counted, and return these days.

    One process at a time does it; another that comes meanwhile returns at once.
    """
    folder = usage_folder(home)
    today = day_of(int(((time.time() if now is None else now) - GRACE) * 1000))
    if not folder.is_dir():
        return []
    with _alone(folder) as alone:
        if not alone:
            return []
        months = Months(folder)
        return [day for day in days_of(folder / "events") if day < today
                and _count_day(folder, months, archive, day)]  # fmt: skip


def _count_day(folder: Path, months: Months, archive: Archive, day: str) -> bool:
    files = files_of(folder / "events", day)
    added = months.added()
    fresh = [path for path in files if f"{day}/{path.name}" not in added]
    if fresh:
        events = [event for path in fresh for event in read_events(path)]
        known = _subjects(archive, events)
        subjects = {
            number: Subject(item.key, title.key, item.yop, title.data_type in BOOKS)
            for number, (item, title) in known.items()
        }
        counts = count(events, subjects)
        months.add(day, [f"{day}/{path.name}" for path in fresh], counts, known.values())
    for path in files:
        path.unlink(missing_ok=True)
    Salts(folder / "salts").drop(day)
    try:
        (folder / "events" / day).rmdir()
    except OSError:
        return bool(fresh)  # something came late: it is counted the next time
    return bool(fresh)


def _subjects(archive: Archive, events: list[Event]) -> dict[int, tuple[Item, Title]]:
    numbers = sorted({number for event in events for number in unpack_ords(event.ords)})
    found = {}
    for number in numbers:
        document = archive.by_ord(number)
        if document is not None:
            found[number] = read_subject(document.record, document.id, document.ark)
    return found


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    with (folder / "gather.lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
