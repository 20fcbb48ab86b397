"""Trends as they are given."""

from __future__ import annotations

import msgspec

from fonds.analyses.trends.bursts import Burst


class Series(msgspec.Struct, frozen=True, rename="camel"):
    """Something, year by year."""

    value: str
    kind: str  # of an entity, else empty
    query: str
    documents: int  # of the corpus, with a year
    counts: tuple[int, ...]  # documents of each year
    trend: float  # z of the Cochran-Armitage test
    bursts: tuple[Burst, ...]


class Trends(msgspec.Struct, frozen=True, rename="camel"):
    """Series over the years of a corpus."""

    of: str  # "words": the reader's own
    years: tuple[int, ...]
    documents: tuple[int, ...]  # of each year
    series: tuple[Series, ...]
    looked: int  # candidates that were counted
