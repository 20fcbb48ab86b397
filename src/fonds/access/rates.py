"""How much one caller may ask in a time: windows of requests and of bytes.

Fixed windows that begin with a caller's first request, shared by all server processes of a home.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from fonds.access.windows import Windows
from fonds.settings import RateSettings

Caller = Literal["person", "token", "network"]
Unit = Literal["requests", "content-bytes"]


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


class Rates:
    """The windows of all callers. For one thread, the event loop."""

    def __init__(
        self,
        quotas: Sequence[Quota],
        windows: Windows | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.quotas = tuple(quotas)
        self._windows = windows if windows is not None else Windows()
        self._clock = clock

    def ask(self, callers: Mapping[Caller, str]) -> tuple[list[Left], Left | None]:
        """Take one request from every quota of a caller.

        Returns what is left of each, and the quota that refuses; then nothing is taken.
        """
        now = self._clock()
        with self._windows.locked():
            mine = [(quota, self._find(quota, callers[quota.caller], now))
                    for quota in self.quotas if quota.caller in callers]  # fmt: skip
            refusing = [pair for pair in mine if self._windows.read(pair[1])[1] >= pair[0].limit]
            for quota, place in mine:
                if not refusing and quota.unit == "requests":
                    self._windows.use(place, 1)
            left = [self._left(quota, place, now) for quota, place in mine]
        if not refusing:
            return left, None
        refused = {quota.name for quota, _ in refusing}
        return left, max(
            (one for one in left if one.quota.name in refused), key=lambda one: one.reset
        )

    def sent(self, callers: Mapping[Caller, str], count: int) -> None:
        """Take bytes that went out."""
        mine = [quota for quota in self.quotas
                if quota.unit == "content-bytes" and quota.caller in callers]  # fmt: skip
        if not mine or not count:
            return
        now = self._clock()
        with self._windows.locked():
            for quota in mine:
                self._windows.use(self._find(quota, callers[quota.caller], now), count)

    def close(self) -> None:
        """Give the windows back."""
        self._windows.close()

    def _find(self, quota: Quota, caller: str, now: float) -> int:
        return self._windows.find(f"{quota.name} {caller}", now, quota.seconds)

    def _left(self, quota: Quota, place: int, now: float) -> Left:
        end, used = self._windows.read(place)
        return Left(quota, max(0, quota.limit - used), max(0.0, end - now))


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
