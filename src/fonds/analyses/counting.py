"""Counting documents by what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from fonds.analyses.digest import Digest

Counts = list[tuple[str, int]]


def counted(documents: Iterable[Digest], values: Callable[[Digest], Iterable[str]]) -> Counts:
    """Return how many documents have each value; most first, equal counts by name."""
    found: Counter[str] = Counter()
    for one in documents:
        found.update({value for value in values(one) if value})
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def by_year(documents: Iterable[Digest], years: range) -> list[int]:
    """Return how many documents each year has; those without a year are left out."""
    found = Counter(one.year for one in documents)
    return [found[year] for year in years]


def quoted(field: str, value: str) -> str:
    """Return the query that finds a value of a field."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{field}:"{escaped}"'
