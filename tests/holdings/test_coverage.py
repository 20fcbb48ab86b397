"""Ranges are continuous, gaps are what is missing, and every document stands in one range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.holdings.coverage import Coverage, Gap, Place, coverage_of


def places(*texts: str) -> list[Place]:
    """Make places of `year volume issue`, `-` for nothing, one document each."""
    found = []
    for text in texts:
        year, volume, issue = (part.replace("-", "") if part == "-" else part
                               for part in text.split())  # fmt: skip
        found.append(Place(int(year or 0), volume, issue, 1, 1))
    return found


def shown(coverage: Coverage) -> list[str]:
    """Write ranges as text."""
    return [
        f"{one.first.year}:{one.first.volume}:{one.first.issue}"
        f" to {one.last.year}:{one.last.volume}:{one.last.issue}"
        for one in coverage.ranges
    ]


def missing(coverage: Coverage) -> list[str]:
    """Write gaps as text."""
    return [_gap(one) for one in coverage.gaps]


def _gap(one: Gap) -> str:
    inside = f" of {one.volume}" if one.volume else ""
    return f"{one.kind} {one.first}-{one.last}{inside}"


@pytest.mark.parametrize(
    ("held", "ranges", "gaps"),
    [
        (("1990 1 -", "1991 2 -", "1992 3 -"), ["1990:1: to 1992:3:"], []),
        (
            ("1990 1 -", "1991 2 -", "1994 5 -"),
            ["1990:1: to 1991:2:", "1994:5: to 1994:5:"],
            ["volumes 3-4"],
        ),
        # a journal that rested: its numbers go on
        (("1940 20 -", "1946 21 -"), ["1940:20: to 1946:21:"], []),
        # a new series after many years has the next number by chance
        (("1900 3 -", "1950 4 -"), ["1900:3: to 1900:3:", "1950:4: to 1950:4:"],
         ["years 1901-1949"]),
        (
            ("1990 1 1", "1990 1 2", "1990 1 5", "1991 2 1"),
            ["1990:1:1 to 1990:1:2", "1990:1:5 to 1991:2:1"],
            ["issues 3-4 of 1"],
        ),
        # a volume that begins late, one that ends early between two complete ones
        (("1990 1 4", "1991 2 3"), ["1990:1:4 to 1990:1:4", "1991:2:3 to 1991:2:3"],
         ["issues 1-2 of 2"]),
        (
            ("1990 1 1-4", "1991 2 1-2", "1992 3 1-4"),
            ["1990:1:1-4 to 1991:2:1-2", "1992:3:1-4 to 1992:3:1-4"],
            ["issues 3-4 of 2"],
        ),
        # issues counted on from volume to volume
        (("1990 1 11-12", "1991 2 13"), ["1990:1:11-12 to 1991:2:13"], []),
        # supplements leave no gap; double volumes cover both
        (("1990 1 1", "1990 1 Suppl", "1990 1 2"), ["1990:1:1 to 1990:1:2"], []),
        (("1990 1-2 -", "1991 3 -"), ["1990:1-2: to 1991:3:"], []),
        # years alone
        (("1990 - -", "1991 - -", "1995 - -"), ["1990:: to 1991::", "1995:: to 1995::"],
         ["years 1992-1994"]),
        # issues alone, counted on from year to year
        (("2013 - 20-23", "2014 - 24", "2014 - 27"),
         ["2013::20-23 to 2014::24", "2014::27 to 2014::27"], ["issues 25-26"]),
        # dated a year early; without volume in a year that a volume covers
        (("1990 5 -", "1989 6 -", "1991 7 -", "1990 - -"), ["1989:5: to 1991:7:"], []),
        # several volumes a year, in any order; Roman numbers
        (("1990 12 -", "1990 10 -", "1990 11 -"), ["1990:10: to 1990:12:"], []),
        (("1890 IV -", "1891 V -"), ["1890:IV: to 1891:V:"], []),
        # a second series begins at 1 again
        (("1900 1 -", "1901 2 -", "1950 1 -", "1951 2 -"),
         ["1900:1: to 1901:2:", "1950:1: to 1951:2:"], ["years 1902-1949"]),
        ((), [], []),
        (("- - -",), [], []),
    ],
)  # fmt: skip
def test_ranges(held: tuple[str, ...], ranges: list[str], gaps: list[str]) -> None:
    """Each case of the module's rules."""
    coverage = coverage_of(places(*held))
    assert shown(coverage) == ranges
    assert missing(coverage) == gaps


def test_a_hundred_years() -> None:
    """A century without a gap is one range; each volume taken out parts one range in two."""
    whole = [Place(1900 + n, str(n + 1), str(i), 2, 2) for n in range(100) for i in (1, 2, 3, 4)]
    assert shown(coverage_of(whole)) == ["1900:1:1 to 1999:100:4"]
    for lost in (2, 50, 99):
        coverage = coverage_of([one for one in whole if one.volume != str(lost)])
        assert missing(coverage) == [f"volumes {lost}-{lost}"]
        assert len(coverage.ranges) == 2


PLACES = st.lists(
    st.builds(
        Place,
        year=st.one_of(st.just(0), st.integers(1850, 2026)),
        volume=st.one_of(st.just(""), st.integers(1, 40).map(str), st.text(max_size=5)),
        issue=st.one_of(st.just(""), st.integers(1, 14).map(str), st.text(max_size=5)),
        documents=st.integers(1, 5),
        texts=st.integers(0, 1),
    ),
    max_size=20,
)


@given(PLACES)
def test_every_document_is_counted_once(held: list[Place]) -> None:
    """Ranges and what cannot be placed add up to everything; gaps stand between ranges."""
    coverage = coverage_of(held)
    assert coverage.documents == sum(one.documents for one in held)
    placed = sum(one.documents for one in coverage.ranges)
    assert placed + coverage.unplaced == coverage.documents
    assert len(coverage.gaps) == max(0, len(coverage.ranges) - 1)
    for one in coverage.ranges:
        assert one.first.year <= one.last.year
        assert one.texts <= one.documents
    for gap in coverage.gaps:
        assert gap.first <= gap.last


@given(st.sets(st.integers(1, 60), min_size=1), st.randoms())
def test_volumes_by_number(numbers: set[int], random: object) -> None:
    """With one volume a year, ranges are the stretches of numbers, whatever the order given."""
    held = [Place(1900 + number, str(number), "", 1, 1) for number in numbers]
    random.shuffle(held)  # type: ignore[attr-defined]
    found = {
        number
        for one in coverage_of(held).ranges
        for number in range(int(one.first.volume), int(one.last.volume) + 1)
    }
    assert found == numbers
