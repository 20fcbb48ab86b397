"""What a request for a report asks: months, filters, attributes; what is odd becomes a warning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from fonds.access.usage.exceptions import CounterRefusal
from fonds.access.usage.kinds import ACCESS_METHODS, ACCESS_TYPES, ReportKind

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)
_PERSONAL = ("customer_id", "requestor_id", "api_key")
_LISTS = ("metric_type", "data_type", "access_type", "access_method", "yop")


class Wish(msgspec.Struct, frozen=True):
    """What a report is to hold."""

    kind: ReportKind
    begin: str  # yyyy-mm
    end: str
    filters: Mapping[str, tuple[str, ...]] = {}  # as Report_Filters names them
    attributes: tuple[str, ...] = ()
    total: bool = False  # not by months
    parents: bool = False
    platform: bool = False  # the platform was named
    warnings: tuple[tuple[int, str], ...] = ()


class Available(msgspec.Struct, frozen=True):
    """The months that were counted, yyyy-mm; `first` is empty before anything was."""

    first: str
    last: str


def read_wish(
    kind: ReportKind, parameters: Mapping[str, str], months: Available, platform: str
) -> Wish:
    """Read the parameters of a report; raises CounterRefusal (1030, 3020)."""
    return _Reader(kind, parameters, platform).read(months)


def month_before(month: str) -> str:
    """Return the month before one."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - (number == 1):04}-{(number - 2) % 12 + 1:02}"


def months_between(first: str, last: str) -> list[str]:
    """Return every month from one to another."""
    begin, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(begin, end + 1)]


class _Reader:
    def __init__(self, kind: ReportKind, parameters: Mapping[str, str], platform: str) -> None:
        self._kind = kind
        self._given = {key.lower(): value.strip() for key, value in parameters.items()}
        self._platform = platform
        self._warnings: list[tuple[int, str]] = []

    def read(self, months: Available) -> Wish:
        begin, end = self._dates(months)
        self._unknown()
        platform = self._given.get("platform", "")
        if platform and platform != self._platform:
            self._warnings.append((3060, f"platform={platform}"))
        return Wish(
            kind=self._kind,
            begin=begin,
            end=end,
            filters=self._filters(),
            attributes=self._attributes(),
            total=self._total(),
            parents=self._parents(),
            platform=bool(platform) and platform == self._platform,
            warnings=tuple(self._warnings),
        )

    def _dates(self, months: Available) -> tuple[str, str]:
        missing = [name for name in ("begin_date", "end_date") if not self._given.get(name)]
        if missing:
            raise CounterRefusal(1030, f"missing: {', '.join(missing)}")
        begin = self._month("begin_date", first=True)
        end = self._month("end_date", first=False)
        if end < begin:
            raise CounterRefusal(3020, "end_date is before begin_date")
        if begin > months.last:
            raise CounterRefusal(3020, f"the last month available is {months.last}")
        if end > months.last:
            self._warnings.append((3031, f"not yet counted: after {months.last}"))
            end = months.last
        if months.first and begin < months.first:
            self._warnings.append((3032, f"available: {months.first} to {months.last}"))
        return begin, end

    def _month(self, name: str, *, first: bool) -> str:
        value = self._given[name]
        match = _MONTH.fullmatch(value)
        try:
            if match is None:
                raise ValueError(value)
            year, month = int(match[1]), int(match[2])
            date(year, month, 1)
            if match[3] is not None and date(year, month, int(match[3])) != (
                date(year, month, 1) if first else last_day(f"{year:04}-{month:02}")
            ):
                raise ValueError(value)
        except ValueError as error:
            reason = f"{name}={value[:40]}: whole months, as yyyy-mm or their first and last days"
            raise CounterRefusal(3020, reason) from error
        return f"{year:04}-{month:02}"

    def _unknown(self) -> None:
        known = {*_PERSONAL, "platform", "begin_date", "end_date"}
        if not self._kind.view:
            known |= {"metric_type", "data_type", "access_method", "attributes_to_show"}
            known |= {"granularity"}
        if not self._kind.view and self._kind.level != "platform":
            known |= {"access_type", "yop", "item_id"}
        if not self._kind.view and self._kind.level == "item":
            known |= {"author", "include_parent_details", "include_component_details"}
        odd = sorted(name[:60] for name in self._given if name not in known)
        if odd:
            self._warnings.append((3050, ", ".join(odd)[:500]))
            self._given = {k: v for k, v in self._given.items() if k in known}

    def _filters(self) -> dict[str, tuple[str, ...]]:
        kind = self._kind
        if kind.view:
            fixed = {
                "Metric_Type": kind.metrics,
                "Data_Type": kind.data_types,
                "Access_Type": kind.access_types,
                "Access_Method": kind.methods,
            }
            return {name: fixed[name] for name in kind.fixed}
        allowed: dict[str, Callable[[str], object]] = {
            "metric_type": lambda value: value in kind.metrics,
            "data_type": lambda value: value in kind.data_types,
            "access_type": lambda value: value in ACCESS_TYPES,
            "access_method": lambda value: value in ACCESS_METHODS,
            "yop": _YEARS.fullmatch,
        }
        found = {}
        for name in _LISTS:
            values = self._values(name, allowed[name], 3060)
            if values:
                found["YOP" if name == "yop" else name.title()] = values
        for name, shown in (("item_id", "Item_ID"), ("author", "Author")):
            if len(self._given.get(name, "")) > 1:
                found[shown] = (self._given[name][:300],)
        return found

    def _attributes(self) -> tuple[str, ...]:
        allowed = self._kind.attributes
        asked = self._values("attributes_to_show", lambda value: value in allowed, 3062)
        return tuple(name for name in allowed if name in asked)

    def _values(self, name: str, allowed: Callable[[str], object], code: int) -> tuple[str, ...]:
        asked = [v.strip() for v in self._given.get(name, "").split("|") if v.strip()]
        odd = [value for value in asked if not allowed(value)]
        if odd:
            self._warnings.append((code, f"{name}={'|'.join(odd)}"[:500]))
        return tuple(dict.fromkeys(value for value in asked if allowed(value)))

    def _total(self) -> bool:
        value = self._given.get("granularity", "")
        if value not in ("", "Month", "Total"):
            self._warnings.append((3062, f"granularity={value[:60]}"))
        return value == "Total"

    def _parents(self) -> bool:
        if self._given.get("include_component_details", "").lower() == "true":
            self._warnings.append((3063, ""))
        value = self._given.get("include_parent_details", "")
        if value.lower() not in ("", "true", "false"):
            self._warnings.append((3062, f"include_parent_details={value[:60]}"))
        return value.lower() == "true" or (self._kind.view and self._kind.level == "item")


def last_day(month: str) -> date:
    """Return the last day of a month."""
    year, number = int(month[:4]), int(month[5:])
    following = date(year + (number == 12), number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def in_years(text: str, ranges: tuple[str, ...]) -> bool:
    """Tell whether a year lies in one of some ranges (yyyy or yyyy-yyyy)."""
    for one in ranges:
        first, _, last = one.partition("-")
        if first <= text <= (last or first):
            return True
    return False
