"""Continuous ranges of a title, and the gaps between them.

A range claims everything between its ends, so what is missing must end it. Volumes are counted
where they have numbers; issues inside a volume, too; years where there is nothing better:

- two volumes belong together when their numbers follow each other, whatever the years between (a
  journal that rested during a war has no gap), up to ten years: then a new series began;
- inside a volume, issue 2 and issue 5 leave a gap; so does a volume that begins with issue 3, or
  that ends before the issue with which both its neighbours end;
- supplements and other issues without a number leave none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from fonds.holdings.numbering import read_span
from fonds.holdings.runs import Run, Volume, runs_of, volumes_of

_REST = 10  # years between two numbers that follow each other; beyond, a new series began


class Place(msgspec.Struct, frozen=True):
    """Where in a title documents stand, and how many."""

    year: int  # 0: unknown
    volume: str
    issue: str
    documents: int
    texts: int  # of these, with a text or a PDF


class Point(msgspec.Struct, frozen=True):
    """One end of a range."""

    year: int
    volume: str = ""
    issue: str = ""


class Range(msgspec.Struct, frozen=True):
    """Everything between two points is there."""

    first: Point
    last: Point
    documents: int
    texts: int


class Gap(msgspec.Struct, frozen=True):
    """What is missing between two ranges: numbers of volumes, of issues (of `volume`), or years."""

    kind: Literal["volumes", "issues", "years"]
    first: int
    last: int
    volume: str
    after: Point
    before: Point


class Coverage(msgspec.Struct, frozen=True):
    """What is held of one title."""

    ranges: tuple[Range, ...]
    gaps: tuple[Gap, ...]
    documents: int
    texts: int  # of these, with a text or a PDF
    unplaced: int  # of these, without year and volume: in no range


def coverage_of(places: Iterable[Place]) -> Coverage:
    """Compute the ranges and gaps of one title."""
    placed: list[tuple[int, str, str, int, int]] = []
    documents = texts = unplaced = 0
    for place in places:
        documents += place.documents
        texts += place.texts
        if place.year or place.volume.strip():
            placed.append((place.year, place.volume, place.issue, place.documents, place.texts))
        else:
            unplaced += place.documents
    volumes = volumes_of(placed)
    runs = [run for volume in volumes for run in runs_of(volume)]
    short = _short(volumes)
    ranges: list[Range] = []
    gaps: list[Gap] = []
    current: list[Run] = runs[:1]
    for before, after in pairwise(runs):
        gap = _gap(before, after, short)
        if gap is None:
            current.append(after)
            continue
        ranges.append(_range(current))
        gaps.append(gap)
        current = [after]
    if current:
        ranges.append(_range(current))
    return Coverage(tuple(ranges), tuple(gaps), documents, texts, unplaced)


def holds(coverage: Coverage, year: int, volume: str) -> bool | None:
    """Tell whether a volume, or else a year, lies in a range; None when neither is said."""
    span = read_span(volume) if volume else None
    ends = [(read_span(one.first.volume), read_span(one.last.volume)) for one in coverage.ranges]
    if span is not None and any(low is not None for low, _ in ends):
        return any(
            low.first <= span.first <= high.last
            for low, high in ends
            if low is not None and high is not None and low.series == high.series == span.series
        )
    if not year:
        return None
    return any(one.first.year <= year <= one.last.year for one in coverage.ranges)


def _range(runs: Sequence[Run]) -> Range:
    years = [year for run in runs for year in (run.first_year, run.last_year) if year]
    first, last = runs[0], runs[-1]
    return Range(
        Point(min(years, default=0), first.volume.label, first.first_label),
        Point(max(years, default=0), last.volume.label, last.last_label),
        sum(run.documents for run in runs),
        sum(run.texts for run in runs),
    )


def _gap(before: Run, after: Run, short: dict[int, int]) -> Gap | None:
    """Return what is missing between two runs; None where the second continues the first."""
    if before.volume is after.volume:
        return _missing("issues", before, after, before.last_issue + 1, after.first_issue - 1)
    one, other = before.volume.span, after.volume.span
    rested = after.first_year - before.last_year if after.first_year and before.last_year else 0
    if one is not None and other is not None and one.series == other.series and rested <= _REST:
        if other.first > one.last + 1:
            return _missing("volumes", before, after, one.last + 1, other.first - 1)
        if other.first >= one.first:
            return _missing_issues(before, after, short)
    if one is None and other is None and before.last_issue and after.first_issue:
        return _by_issues(before, after, rested)
    if rested > 1:
        return _missing("years", before, after, before.last_year + 1, after.first_year - 1)
    return None


def _by_issues(before: Run, after: Run, rested: int) -> Gap | None:
    """Look for what is missing between two years of a title that numbers its issues alone."""
    first, last = before.last_issue + 1, after.first_issue - 1
    if first == last + 1 and rested <= _REST:
        return None
    if first <= last and before.volume.first_issue > 1:  # it counts on from year to year
        return _missing("issues", before, after, first, last)
    if rested > 1:
        return _missing("years", before, after, before.last_year + 1, after.first_year - 1)
    return _missing("issues", before, after, 1, last) if last > 0 else None


def _missing_issues(before: Run, after: Run, short: dict[int, int]) -> Gap | None:
    """Look for issues that are missing between two volumes that follow each other."""
    expected = short.get(id(before.volume), 0)
    if expected and before.last_issue and before.last_issue < expected:
        return _missing("issues", before, after, before.last_issue + 1, expected)
    begins = after.first_issue
    if begins <= 1 or not before.last_issue or begins == before.last_issue + 1:
        return None
    counted_on = before.volume.first_issue > 1 and begins > before.last_issue
    first = before.last_issue + 1 if counted_on else 1
    return _missing("issues", before, after, first, begins - 1)


def _missing(
    kind: Literal["volumes", "issues", "years"], before: Run, after: Run, first: int, last: int
) -> Gap:
    inside = before if kind == "issues" and before.last_issue < last else after
    return Gap(
        kind,
        first,
        max(first, last),
        inside.volume.label if kind == "issues" else "",
        Point(before.last_year, before.volume.label, before.last_label),
        Point(after.first_year, after.volume.label, after.first_label),
    )


def _short(volumes: Sequence[Volume]) -> dict[int, int]:
    """Return the volumes that end before both neighbours do: the issue they should end with."""
    found: dict[int, int] = {}
    for left, middle, right in zip(volumes, volumes[1:], volumes[2:], strict=False):
        ends = left.last_issue
        if 0 < middle.last_issue < ends == right.last_issue and left.first_issue == 1:
            found[id(middle)] = ends
    return found
