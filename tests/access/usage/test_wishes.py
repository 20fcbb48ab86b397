"""Dates and filters are read as the standard says; what is odd is said, and ignored."""

from __future__ import annotations

import pytest

from fonds.access.usage.exceptions import CounterRefusal
from fonds.access.usage.kinds import kind_of
from fonds.access.usage.wishes import (
    Available,
    Wish,
    in_years,
    last_day,
    month_before,
    months_between,
    read_wish,
)

PERIODS = [("2026-01", "2026-02"), ("2026-01-01", "2026-02-28"), ("2026-01", "2026-02-28")]
MONTHS = Available("2025-03", "2026-02")


def wish(name: str = "TR", **given: str) -> Wish:
    """Read a wish."""
    kind = kind_of(name)
    assert kind is not None
    return read_wish(kind, {"begin_date": "2026-01", "end_date": "2026-02", **given}, MONTHS, "P")


@pytest.mark.parametrize(("begin", "end"), PERIODS)
def test_dates(begin: str, end: str) -> None:
    """Months, or their first and last days."""
    found = wish(begin_date=begin, end_date=end)
    assert (found.begin, found.end, found.warnings) == ("2026-01", "2026-02", ())


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"begin_date": ""}, 1030),
        ({"begin_date": "2026"}, 3020),
        ({"begin_date": "2026-13"}, 3020),
        ({"begin_date": "2026-01-02"}, 3020),
        ({"end_date": "2026-02-27"}, 3020),
        ({"begin_date": "2026-02-30"}, 3020),
        ({"begin_date": "0000-01"}, 3020),
        ({"begin_date": "2026-02", "end_date": "2026-01"}, 3020),
        ({"begin_date": "2026-03", "end_date": "2026-04"}, 3020),
        ({"begin_date": "٢٠٢٦-01"}, 3020),
    ],
)
def test_refused_dates(given: dict[str, str], code: int) -> None:
    """What is no period of finished months is refused."""
    with pytest.raises(CounterRefusal) as refused:
        wish(**given)
    assert refused.value.code == code


def test_months_that_are_not_there() -> None:
    """The end is moved to the last month counted; a begin too early is said."""
    found = wish(begin_date="2024-01", end_date="2030-12")
    assert found.end == "2026-02"
    assert [code for code, _ in found.warnings] == [3031, 3032]


def test_odd_parameters() -> None:
    """Unknown names 3050, values 3060 and 3062, components 3063; the rest is done."""
    found = wish(
        "IR",
        colour="red",
        data_type="Article|Moon",
        attributes_to_show="YOP|Colour",
        granularity="Week",
        include_component_details="True",
        platform="Q",
        yop="20x0",
    )
    assert found.filters == {"Data_Type": ("Article",)}
    assert found.attributes == ("YOP",)
    assert sorted(code for code, _ in found.warnings) == [3050, 3060, 3060, 3060, 3062, 3062, 3063]


def test_views_take_no_filters() -> None:
    """Of a Standard View everything is fixed."""
    found = wish("TR_J1", data_type="Book", access_type="Open")
    assert found.warnings == ((3050, "access_type, data_type"),)
    assert found.filters["Data_Type"] == ("Journal",)


def test_months() -> None:
    """The calendar."""
    assert month_before("2026-01") == "2025-12"
    assert months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert last_day("2024-02").isoformat() == "2024-02-29"
    assert last_day("2026-12").isoformat() == "2026-12-31"
    assert in_years("2020", ("1999", "2019-2021"))
    assert not in_years("2022", ("1999", "2019-2021"))
