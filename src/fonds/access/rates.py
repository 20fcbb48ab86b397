"""How much one caller may ask in a time: windows of requests and of bytes.

Fixed windows that begin with a caller's first request. Kept in memory by each server process; a
caller is a digest or a name, and is forgotten when its window is over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from fonds.settings import RateSettings

Caller = Literal["person", "token", "network"]
Unit = Literal["requests", "content-bytes"]
_MOST_WINDOWS = 200_000  # remembered at a time; then those that are over are dropped


class Quota(msgspec.Struct, frozen=True):
    """What one kind of caller may ask."""

    caller: Caller
    unit: Unit
    limit: int
    seconds: int

    @property
    def name(self) -> str:
        """Return its name in RateLimit headers."""
        return self.caller if self.unit == "requests" else f"{self.caller}-bytes"


class Left(msgspec.Struct, frozen=True):
    """What is left to a caller."""

    quota: Quota
    remaining: int
    reset: float  # seconds until the window is over


class _Window:
    __slots__ = ("end", "used")

    def __init__(self, end: float) -> None:
        self.end = end
        self.used = 0


class Rates:
    """The windows of all callers. For one thread, the event loop."""

    def __init__(
        self, quotas: Sequence[Quota], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.quotas = tuple(quotas)
        self._clock = clock
        self._windows: dict[tuple[str, str], _Window] = {}

    def ask(self, callers: Mapping[Caller, str]) -> tuple[list[Left], Left | None]:
        """Take one request from every quota of a caller.

        Returns what is left of each, and the quota that refuses; then nothing is taken.
        """
        mine = [(quota, self._window(quota, callers[quota.caller]))
                for quota in self.quotas if quota.caller in callers]  # fmt: skip
        refusing = [pair for pair in mine if pair[1].used >= pair[0].limit]
        for quota, window in mine:
            if not refusing and quota.unit == "requests":
                window.used += 1
        left = [self._left(quota, window) for quota, window in mine]
        if not refusing:
            return left, None
        return left, max((self._left(*pair) for pair in refusing), key=lambda one: one.reset)

    def sent(self, callers: Mapping[Caller, str], count: int) -> None:
        """Take bytes that went out."""
        for quota in self.quotas:
            if quota.unit == "content-bytes" and quota.caller in callers:
                self._window(quota, callers[quota.caller]).used += count

    def _window(self, quota: Quota, caller: str) -> _Window:
        now = self._clock()
        place = (quota.name, caller)
        window = self._windows.get(place)
        if window is None or window.end <= now:
            if len(self._windows) >= _MOST_WINDOWS:
                self._windows = {k: w for k, w in self._windows.items() if w.end > now}
            window = self._windows[place] = _Window(now + quota.seconds)
        return window

    def _left(self, quota: Quota, window: _Window) -> Left:
        remaining = max(0, quota.limit - window.used)
        return Left(quota, remaining, max(0.0, window.end - self._clock()))


def quotas_of(settings: RateSettings) -> list[Quota]:
    """Return the quotas that are set; none by default."""
    every: list[Quota] = [
        Quota("person", "requests", settings.person_requests, settings.seconds),
        Quota("token", "requests", settings.token_requests, settings.seconds),
        Quota("network", "requests", settings.network_requests, settings.seconds),
        Quota("person", "content-bytes", settings.person_bytes, settings.bytes_seconds),
        Quota("token", "content-bytes", settings.token_bytes, settings.bytes_seconds),
        Quota("network", "content-bytes", settings.network_bytes, settings.bytes_seconds),
    ]
    return [quota for quota in every if quota.limit > 0]
