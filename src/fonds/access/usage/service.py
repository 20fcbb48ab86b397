"""The usage of one home as it is asked for: which months there are, and reports of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from fonds.access.usage.event_log import days_of
from fonds.access.usage.gathering import GRACE, usage_folder
from fonds.access.usage.kinds import ReportKind
from fonds.access.usage.months import Months
from fonds.access.usage.reports import Customer, Report, make_report
from fonds.access.usage.sharing import check_shared
from fonds.access.usage.wishes import Available, month_before, read_wish


class UsageService:
    """Reads what was counted. Safe from many threads."""

    def __init__(
        self, home: Path, *, platform: str, base_url: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = usage_folder(home)
        self._months = Months(self._folder)
        self.platform = platform
        self._base_url = base_url
        self._clock = clock

    @property
    def months(self) -> Months:
        """Return the counts."""
        return self._months

    def available(self) -> Available:
        """Return the months that are counted to their end."""
        return Available(self._months.first_day()[:7], self._last())

    def report(
        self,
        kind: ReportKind,
        parameters: Mapping[str, str],
        customer: Customer,
        institution: str = "",
    ) -> Report:
        """Return a report; raises CounterRefusal.

        `institution`: who asks for The World with a key of its own.
        """
        if institution:
            check_shared(kind)
        wish = read_wish(kind, parameters, self.available(), self.platform)
        created = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return make_report(
            self._months, wish, customer, self.platform, created, self._base_url,
            institution=institution,
        )  # fmt: skip

    def _last(self) -> str:
        """Return the last whole month of which no day waits to be counted."""
        now = datetime.fromtimestamp(self._clock() - GRACE, UTC)
        last = month_before(f"{now.year:04}-{now.month:02}")
        waiting = next(iter(days_of(self._folder / "events")), "")
        return min(last, month_before(waiting[:7])) if waiting else last
