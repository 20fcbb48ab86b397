"""Volumes in their order, and the runs of issues inside each: what ranges are joined from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from fonds.holdings.numbering import Span, label, read_span

Placed = tuple[int, str, str, int, int]  # year (0: unknown), volume, issue, documents, texts

_SAME_VOLUME = 2  # years between documents of one volume; beyond, it is one of another series
_ONLINE_FIRST = 1  # year by which a volume may be dated before the one it follows


class Issue(msgspec.Struct, frozen=True):
    """One issue of a volume; `span` is None where it has no number of the plain series."""

    label: str
    span: Span | None
    year: int
    documents: int
    texts: int


class Volume(msgspec.Struct, frozen=True):
    """One volume, or one year of a title without volumes."""

    label: str
    span: Span | None
    issues: tuple[Issue, ...]

    @property
    def years(self) -> list[int]:
        """Return the years it is of, the known ones."""
        return [issue.year for issue in self.issues if issue.year]

    @property
    def first_year(self) -> int:
        """Return its first year; 0 when none is known."""
        return min(self.years, default=0)

    @property
    def numbers(self) -> list[Span]:
        """Return the numbers of its issues."""
        return [issue.span for issue in self.issues if issue.span is not None]

    @property
    def first_issue(self) -> int:
        """Return its lowest number of an issue; 0 when none has one."""
        return min((span.first for span in self.numbers), default=0)

    @property
    def last_issue(self) -> int:
        """Return its highest number of an issue; 0 when none has one."""
        return max((span.last for span in self.numbers), default=0)


class Run(msgspec.Struct, frozen=True):
    """Issues of one volume that follow each other; numbers are 0 where issues have none."""

    volume: Volume
    first_issue: int
    last_issue: int
    first_label: str
    last_label: str
    first_year: int
    last_year: int
    documents: int
    texts: int


def volumes_of(placed: Iterable[Placed]) -> list[Volume]:
    """Return the volumes of one title in their order."""
    by_label: dict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        by_label[label(one[1])].append(one)
    loose = by_label.pop("", [])
    made = [_volume(part) for name in by_label for part in _eras(by_label[name])]
    known = {year: at for at, volume in enumerate(made) for year in set(volume.years)}
    extra: dict[int, list[Placed]] = defaultdict(list)
    for one in loose:  # of a year that a volume covers: part of it
        extra[known.get(one[0], -one[0])].append(one)
    joined = [
        _volume([*_placed_of(volume), *extra[at]]) if at in extra and at >= 0 else volume
        for at, volume in enumerate(made)
    ]
    return _ordered([*joined, *(_volume(extra[at]) for at in extra if at < 0)])


def runs_of(volume: Volume) -> list[Run]:
    """Return the runs of a volume; issues without a number stand in its first."""
    numbered = sorted(
        (issue for issue in volume.issues if issue.span is not None),
        key=lambda issue: (issue.span.first, issue.span.last) if issue.span else (0, 0),
    )
    rest = [issue for issue in volume.issues if issue.span is None]
    groups: list[list[Issue]] = []
    end = 0
    for issue in numbered:
        assert issue.span is not None
        if groups and issue.span.first <= end + 1:
            groups[-1].append(issue)
            end = max(end, issue.span.last)
        else:
            groups.append([issue])
            end = issue.span.last
    if not groups:
        return [_run(volume, [], rest)]
    return [_run(volume, group, rest if at == 0 else []) for at, group in enumerate(groups)]


def _run(volume: Volume, numbered: Sequence[Issue], rest: Sequence[Issue]) -> Run:
    spans = [issue.span for issue in numbered if issue.span is not None]
    everything = [*numbered, *rest]
    years = [issue.year for issue in everything if issue.year] or volume.years
    last = max(numbered, key=lambda issue: issue.span.last if issue.span else 0, default=None)
    return Run(
        volume=volume,
        first_issue=min((span.first for span in spans), default=0),
        last_issue=max((span.last for span in spans), default=0),
        first_label=numbered[0].label if numbered else "",
        last_label=last.label if last is not None else "",
        first_year=min(years, default=0),
        last_year=max(years, default=0),
        documents=sum(issue.documents for issue in everything),
        texts=sum(issue.texts for issue in everything),
    )


def _volume(placed: Sequence[Placed]) -> Volume:
    name = next((one[1].strip() for one in placed if one[1].strip()), "")
    return Volume(name, read_span(name) if name else None, tuple(_issues(placed)))


def _issues(placed: Iterable[Placed]) -> Iterable[Issue]:
    for year, _, issue, documents, texts in placed:
        span = read_span(issue) if issue.strip() else None
        plain = span if span is not None and not span.series and span.first else None
        yield Issue(issue.strip(), plain, year, documents, texts)


def _placed_of(volume: Volume) -> Iterable[Placed]:
    for issue in volume.issues:
        yield issue.year, volume.label, issue.label, issue.documents, issue.texts


def _eras(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Part volumes of one number that are many years apart: the numbering began anew."""
    dated = sorted((one for one in placed if one[0]), key=lambda one: one[0])
    eras: list[list[Placed]] = []
    for one in dated:
        if eras and one[0] - eras[-1][-1][0] <= _SAME_VOLUME:
            eras[-1].append(one)
        else:
            eras.append([one])
    undated = [one for one in placed if not one[0]]
    if undated:
        eras = [[*eras[0], *undated], *eras[1:]] if eras else [undated]
    return eras


def _ordered(volumes: Sequence[Volume]) -> list[Volume]:
    """Put volumes in order: by number where the years agree with it, else by year."""
    numbered = [one for one in volumes if one.span is not None and not one.span.series]
    rest = [one for one in volumes if one.span is None or one.span.series]
    numbered.sort(key=_by_number)
    dated = [one.first_year for one in numbered if one.first_year]
    if any(later < earlier - _ONLINE_FIRST for earlier, later in pairwise(dated)):
        numbered.sort(key=lambda one: (one.first_year, *_by_number(one)))
    rest.sort(key=lambda one: (one.first_year, *_by_number(one)))
    found: list[Volume] = []
    at = 0
    for volume in numbered:
        while at < len(rest) and rest[at].first_year < (volume.first_year or rest[at].first_year):
            found.append(rest[at])
            at += 1
        found.append(volume)
    return [*found, *rest[at:]]


def _by_number(volume: Volume) -> tuple[str, int, int, str]:
    if volume.span is None:
        return "", 0, 0, volume.label
    return volume.span.series, volume.span.first, volume.first_year, volume.label
