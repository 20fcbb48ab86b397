"""A small archive's usage, for tests of reports."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.access.usage.counting import Subject, count
from fonds.access.usage.events import Event
from fonds.access.usage.kinds import kind_of
from fonds.access.usage.months import Months
from fonds.access.usage.reports import Customer, Report, make_report
from fonds.access.usage.subjects import BOOKS, Item, Title, read_subject
from fonds.access.usage.wishes import Available, read_wish
from fonds.record import Contributor, Host, Record

PLATFORM = "Fonds of Nowhere"
CREATED = "2026-04-01T06:00:00Z"
LORRAINE = Customer("lorraine", "Université de Lorraine", {"Proprietary": ("fonds:lorraine",)})
_JOURNAL = Host(
    genre=("journal",), title="Annals of Nothing", issn=("1234-5679",), publisher="Nobody"
)
_BOOK = Host(genre=("book",), title="The Book of Bees", isbn=("9782070408504",))
RECORDS = {
    1: Record(
        title="On bees",
        genre=("article",),
        publication_date="2020",
        online_date="2020-05-17",
        doi=("10.1000/bees",),
        author=(Contributor(name="Ada Exemple", orcid="0000-0002-1825-0097"),),
        host=_JOURNAL,
    ),
    2: Record(title="On wasps\tand tabs", publication_date="2021", host=_JOURNAL),
    3: Record(title="Queens", genre=("chapter",), publication_date="2019", host=_BOOK),
    4: Record(title="Drones", genre=("chapter",), publication_date="2019", host=_BOOK),
    5: Record(title="A hive", host=Host(genre=("patent",))),
    6: Record(title="Something else"),
    7: Record(title="A whole book", genre=("book",), host=Host(genre=("book",), title="Whole")),
}
KNOWN: dict[int, tuple[Item, Title]] = {
    number: read_subject(msgspec.json.encode(record), f"{number:040X}", f"ark:/99999/t{number}")
    for number, record in RECORDS.items()
}
SUBJECTS = {
    number: Subject(item.key, title.key, item.yop, title.data_type in BOOKS)
    for number, (item, title) in KNOWN.items()
}


def keep(folder: Path, day: str, events: list[Event]) -> Months:
    """Count events into the months of a folder."""
    months = Months(folder)
    months.add(day, [f"{day}/{len(events)}"], count(events, SUBJECTS), KNOWN.values())
    return months


def report_of(months: Months, name: str, customer: Customer = LORRAINE, /, **given: str) -> Report:
    """Make a report of January to March 2026."""
    kind = kind_of(name)
    assert kind is not None
    parameters = {"begin_date": "2026-01", "end_date": "2026-03", **given}
    wish = read_wish(kind, parameters, Available("2026-01", "2026-03"), PLATFORM)
    return make_report(months, wish, customer, PLATFORM, CREATED, "https://fonds.example")
