"""Datestamps: seconds since 1970 as UTC, in the two granularities of OAI-PMH."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Literal

from fonds.web.harvest.oai_pmh.faults import OaiFault

Granularity = Literal["day", "second"]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_DAY_SECONDS = 86_400


def written(seconds: float) -> str:
    """Return a moment as UTC, rounded up to the second."""
    return datetime.fromtimestamp(math.ceil(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_bounds(since: str, until: str) -> tuple[float, float]:
    """Return the first and the last second of a stretch of time; infinite where nothing is said.

    Raises OaiFault for what is no datestamp, mixed granularities and an end before its start.
    """
    low, low_grain = _read("from", since) if since else (-math.inf, None)
    high, high_grain = _read("until", until) if until else (math.inf, None)
    if low_grain and high_grain and low_grain != high_grain:
        raise OaiFault("badArgument", "from and until have different granularities")
    if high_grain == "day":
        high += _DAY_SECONDS - 1
    if low > high:
        raise OaiFault("badArgument", "from is later than until")
    return low, high


def _read(name: str, text: str) -> tuple[float, Granularity]:
    grain: Granularity = "day" if _DAY.fullmatch(text) else "second"
    if grain == "second" and not _SECOND.fullmatch(text):
        raise OaiFault("badArgument", f"{name} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ")
    form = "%Y-%m-%d" if grain == "day" else "%Y-%m-%dT%H:%M:%SZ"
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).timestamp(), grain
    except ValueError as error:
        raise OaiFault("badArgument", f"{name} is no date") from error
