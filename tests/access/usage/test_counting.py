"""The rules of the Code of Practice, each by a small day counted by hand."""

from __future__ import annotations

import msgspec
import pytest

from fonds.access.usage.counting import Counts, ItemUse, Subject, TitleUse, count
from fonds.access.usage.events import AccessMethod, AccessType, Event, Kind, pack_ords

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
NINE = 1_767_258_000_000  # 2026-01-01T09:00:00Z
SUBJECTS = {
    1: Subject("article-1", "journal", "2020"),
    2: Subject("article-2", "journal", "2021"),
    3: Subject("chapter-1", "book", "2019", counts_titles=True),
    4: Subject("chapter-2", "book", "2019", counts_titles=True),
    5: Subject("article-1", "journal", "2020"),  # another version of the first
}


def event(
    at: int,
    kind: Kind = "request",
    *ords: int,
    user: str = "ada",
    address: str = "",
    access: AccessType = "Controlled",
    method: AccessMethod = "Regular",
    customers: tuple[str, ...] = (),
) -> Event:
    """Make an event, some milliseconds after nine o'clock."""
    numbers = () if kind == "search" else ords or (1,)
    place = address or f"/{kind}/{numbers}"
    return Event(NINE + at, user, place, kind, pack_ords(numbers), access, method, customers)


def metrics(
    counts: Counts, item: str = "article-1", customer: str = "", method: AccessMethod = "Regular"
) -> dict[str, int]:
    """Return what an item comes to."""
    use = ItemUse(customer, item, "Controlled", method)
    return dict(counts.items.get(use, {}))


@pytest.mark.parametrize(
    ("seconds", "kept"),
    [
        ((0, 10), 1),
        ((0, 30), 1),
        ((0, 30.001), 2),
        ((0, 20, 40), 1),  # each within 30 s of the next: the last one stays
        ((0, 20, 60), 2),
        ((0, 31, 62), 3),
    ],
)
def test_double_clicks(seconds: tuple[float, ...], kept: int) -> None:
    """Of requests for one address within 30 seconds the last one counts."""
    found = count([event(int(at * SECOND)) for at in seconds], SUBJECTS)
    assert metrics(found)["Total_Item_Requests"] == kept


def test_what_one_export_holds_is_no_double_click() -> None:
    """Documents of each access are an event of the same moment; every one counts."""
    parts: tuple[tuple[AccessType, int], ...] = (("Controlled", 1), ("Open", 2))
    day = [event(0, "request", number, address="/export", access=one) for one, number in parts]
    again = [event(SECOND, "request", n, address="/export", access=one) for one, n in parts]
    found = count([*day, *again], SUBJECTS)
    used = {(use.item, use.access): one["Total_Item_Requests"] for use, one in found.items.items()}
    assert used == {("article-1", "Controlled"): 1, ("article-2", "Open"): 1}


def test_an_echo_ends_a_double_click_and_counts_for_nothing() -> None:
    """The first moments of a day are seen by the day before."""
    echo = msgspec.structs.replace(event(20 * SECOND), ords=b"", echo=True)
    assert not count([event(0), echo], SUBJECTS).items
    assert not count([echo], SUBJECTS).items
    late = msgspec.structs.replace(event(31 * SECOND), ords=b"", echo=True)
    assert metrics(count([event(0), late], SUBJECTS))["Total_Item_Requests"] == 1


def test_the_later_of_a_double_click_is_kept() -> None:
    """At the turn of an hour this decides the session, and so the unique items."""
    at = HOUR - 5 * SECOND
    found = count([event(0), event(at), event(at + 10 * SECOND)], SUBJECTS)
    assert metrics(found) == {
        "Total_Item_Investigations": 2,
        "Total_Item_Requests": 2,
        "Unique_Item_Investigations": 2,
        "Unique_Item_Requests": 2,
    }


def test_double_clicks_are_of_one_user_and_one_address() -> None:
    """Two people, or PDF and text, are no double click; the item is unique per session."""
    found = count(
        [
            event(0, address="/1.pdf"),
            event(1, address="/1.txt"),
            event(2, address="/1.pdf", user="bob"),
        ],
        SUBJECTS,
    )
    assert metrics(found) == {
        "Total_Item_Investigations": 3,
        "Total_Item_Requests": 3,
        "Unique_Item_Investigations": 2,
        "Unique_Item_Requests": 2,
    }


def test_a_request_is_an_investigation_too() -> None:
    """The notice, then the PDF: two investigations, one request; unique, one of each."""
    found = count([event(0, "investigation"), event(MINUTE, "request")], SUBJECTS)
    assert metrics(found) == {
        "Total_Item_Investigations": 2,
        "Unique_Item_Investigations": 1,
        "Total_Item_Requests": 1,
        "Unique_Item_Requests": 1,
    }


def test_sessions_are_hours() -> None:
    """The same item in three hours is three unique items; twice in one hour, one."""
    times = (0, 10 * MINUTE, 59 * MINUTE, HOUR, 2 * HOUR)
    found = count([event(at) for at in times], SUBJECTS)
    assert metrics(found)["Total_Item_Requests"] == 5
    assert metrics(found)["Unique_Item_Requests"] == 3


def test_versions_are_one_item() -> None:
    """A corrected delivery does not make a second item."""
    found = count([event(0, "request", 1), event(MINUTE, "request", 5)], SUBJECTS)
    assert metrics(found)["Total_Item_Requests"] == 2
    assert metrics(found)["Unique_Item_Requests"] == 1


def test_unique_titles_are_of_books() -> None:
    """Two chapters of a book in a session: two items, one title; an article: no title."""
    found = count(
        [event(0, "request", 3), event(1, "request", 4), event(2, "request", 1)], SUBJECTS
    )
    assert metrics(found, "chapter-1")["Unique_Item_Requests"] == 1
    assert metrics(found, "chapter-2")["Unique_Item_Requests"] == 1
    assert {use: dict(n) for use, n in found.titles.items()} == {
        TitleUse("", "book", "2019", "Controlled", "Regular"): {
            "Unique_Title_Investigations": 1,
            "Unique_Title_Requests": 1,
        }
    }


def test_denials() -> None:
    """A refusal is no investigation; denials double-click, too."""
    found = count(
        [
            event(0, "no-license"),
            event(5 * SECOND, "no-license"),
            event(MINUTE, "no-license"),
            event(2 * MINUTE, "limit-exceeded"),
        ],
        SUBJECTS,
    )
    assert metrics(found) == {"No_License": 2, "Limit_Exceeded": 1}


def test_a_refusal_and_the_success_after_it_both_count() -> None:
    """Who logs in within 30 seconds was refused once and served once."""
    found = count(
        [event(0, "no-license", address="/1.pdf"), event(9 * SECOND, address="/1.pdf")], SUBJECTS
    )
    assert metrics(found)["No_License"] == 1
    assert metrics(found)["Total_Item_Requests"] == 1


def test_text_mining_is_counted_apart() -> None:
    """An export counts each of its documents once, as TDM."""
    found = count([event(0, "request", 1, 2, method="TDM"), event(MINUTE)], SUBJECTS)
    assert metrics(found, method="TDM")["Total_Item_Requests"] == 1
    assert metrics(found, "article-2", method="TDM")["Total_Item_Requests"] == 1
    assert metrics(found)["Total_Item_Requests"] == 1


def test_institutions_and_the_world() -> None:
    """Who belongs to two institutions counts for both, and once for the world."""
    found = count([event(0, customers=("lorraine", "lyon")), event(MINUTE)], SUBJECTS)
    assert metrics(found)["Total_Item_Requests"] == 2
    assert metrics(found, customer="lorraine")["Total_Item_Requests"] == 1
    assert metrics(found, customer="lyon")["Total_Item_Requests"] == 1


def test_searches() -> None:
    """The same search twice in 30 seconds is one."""
    found = count(
        [
            event(0, "search", address="/?q=bees"),
            event(SECOND, "search", address="/?q=bees"),
            event(2 * SECOND, "search", address="/?q=wasps", customers=("lyon",)),
        ],
        SUBJECTS,
    )
    assert dict(found.searches) == {("", "Regular"): 2, ("lyon", "Regular"): 1}


def test_what_is_not_known_is_left_out() -> None:
    """A document that is not in the archive makes no count."""
    assert not count([event(0, "request", 99)], SUBJECTS).items
