"""What the address of a search page says, and addresses that say a little more or less."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from fonds.search.query.printer import quote

FACETS = ("corpusName", "host.title", "genre", "language")
SORTS: dict[str, tuple[str, str]] = {  # name -> sortBy and rankBy of the API
    "relevance": ("", ""),
    "newest": ("publicationDate[desc]", ""),
    "oldest": ("publicationDate[asc]", ""),
    "title": ("title.raw", ""),
    "quality": ("qualityIndicators.score[desc]", ""),
}
SIZE = 10
_MOST_PAGE = 10_000_000
_MOST_FILTERS = 40
_YEAR = re.compile(r"\d{1,4}", re.ASCII)


class Filter(msgspec.Struct, frozen=True):
    """One value of a facet that results must have."""

    field: str
    value: str

    @property
    def query(self) -> str:
        """Return the filter as a query."""
        return f"{self.field}.raw:{quote(self.value)}"


class Asked(msgspec.Struct, frozen=True):
    """A search as its address says it."""

    q: str = ""
    filters: tuple[Filter, ...] = ()
    first: str = ""  # years
    last: str = ""
    sort: str = "relevance"
    page: int = 1
    explain: bool = False

    @property
    def is_search(self) -> bool:
        """Tell a search from the empty page."""
        return bool(self.q or self.filters or self.first or self.last)

    @property
    def query(self) -> str:
        """Return the whole question in the query language."""
        parts = [f"({self.q})"] if self.q else []
        parts += [one.query for one in self.filters]
        if self.first or self.last:
            parts.append(f"publicationDate:[{self.first or '*'} TO {self.last or '*'}]")
        return " AND ".join(parts) or "*"

    def address(self, **changes: object) -> str:
        """Return the address of this search with some things changed; back to page 1."""
        other = msgspec.structs.replace(self, **{"page": 1, "explain": False, **changes})
        pairs = [("q", other.q)] if other.q else []
        pairs += [("f", f"{one.field}:{one.value}") for one in other.filters]
        pairs += [("first", other.first)] if other.first else []
        pairs += [("last", other.last)] if other.last else []
        pairs += [("sort", other.sort)] if other.sort != "relevance" else []
        pairs += [("page", str(other.page))] if other.page > 1 else []
        pairs += [("explain", "1")] if other.explain else []
        return "/?" + urlencode(pairs) if pairs else "/"

    def with_filter(self, field: str, value: str) -> str:
        """Return the address of this search with one filter more."""
        return self.address(filters=(*self.filters, Filter(field, value)))

    def without(self, one: Filter) -> str:
        """Return the address of this search with one filter less."""
        return self.address(filters=tuple(f for f in self.filters if f != one))


def read(parameters: QueryParams) -> Asked:
    """Read an address; what makes no sense is left out, so that old links go on working."""
    sort = parameters.get("sort", "relevance")
    page = parameters.get("page", "1")
    return Asked(
        q=" ".join(parameters.get("q", "").split()),
        filters=tuple(_filters(parameters.getlist("f")))[:_MOST_FILTERS],
        first=_year(parameters.get("first", "")),
        last=_year(parameters.get("last", "")),
        sort=sort if sort in SORTS else "relevance",
        page=min(int(page), _MOST_PAGE) if page.isascii() and page.isdigit() and int(page) else 1,
        explain=parameters.get("explain", "") == "1",
    )


def _filters(values: Iterable[str]) -> Iterable[Filter]:
    seen: set[Filter] = set()
    for text in values:
        field, _, value = text.partition(":")
        one = Filter(field, value)
        if field in FACETS and value and one not in seen:
            seen.add(one)
            yield one


def _year(text: str) -> str:
    return text.strip() if _YEAR.fullmatch(text.strip()) else ""
