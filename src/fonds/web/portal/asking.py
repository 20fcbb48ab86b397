"""What the address of a search page says, and addresses that say a little more or less."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

import msgspec
from starlette.datastructures import QueryParams

from fonds.errors import FondsError
from fonds.search.query.printer import quote

FACETS = ("corpusName", "host.title", "genre", "language", "accessCondition.contentType")
SORTS: dict[str, tuple[str, str]] = {  # name -> sortBy and rankBy of the API
    "relevance": ("", ""),
    "newest": ("publicationDate[desc]", ""),
    "oldest": ("publicationDate[asc]", ""),
    "title": ("title.raw", ""),
    "quality": ("qualityIndicators.score[desc]", ""),
    "meaning": ("", "hybrid"),
}
_MEANING = "meaning"  # an order that takes vectors
SIZE = 10
_MOST_PAGE = 10_000_000
_MOST_FILTERS = 40
_YEAR = re.compile(r"\d{1,4}", re.ASCII)
_LIST = re.compile(r"[0-9a-f]{32}")


def sorts(*, has_vectors: bool) -> tuple[str, ...]:
    """Return the orders that a page offers."""
    return tuple(name for name in SORTS if has_vectors or name != _MEANING)


class Filter(msgspec.Struct, frozen=True):
    """One value of a facet that results must have, or must not."""

    field: str
    value: str
    excluded: bool = False

    @property
    def query(self) -> str:
        """Return the filter as a query."""
        return f"{'NOT ' if self.excluded else ''}{self.field}.raw:{quote(self.value)}"


# a page of results has a hundred addresses that differ in one value
_quoted = lru_cache(maxsize=2_000)(quote_plus)


class Asked(msgspec.Struct, frozen=True):
    """A search as its address says it."""

    q: str = ""
    filters: tuple[Filter, ...] = ()
    first: str = ""  # years
    last: str = ""
    listed: str = ""  # name of a stored query: a list of identifiers
    sort: str = "relevance"
    page: int = 1
    explain: bool = False
    as_words: bool = False  # what looks like an identifier or a reference is not read as one

    @property
    def is_search(self) -> bool:
        """Tell a search from the empty page."""
        return bool(self.q or self.filters or self.first or self.last or self.listed)

    @property
    def narrows(self) -> bool:
        """Tell whether there is something beside the words."""
        return bool(self.filters or self.first or self.last or self.listed)

    @property
    def query(self) -> str:
        """Return the whole question in the query language."""
        return self.question(self.q)

    def question(self, q: str, listed: str = "") -> str:
        """Return the whole question, `q` for the words and `listed` for what the list holds."""
        parts = [f"({q})"] if q else []
        parts += [f"({listed})"] if listed else []
        parts += [one.query for one in self.filters]
        if self.first or self.last:
            parts.append(f"publicationDate:[{self.first or '*'} TO {self.last or '*'}]")
        return " AND ".join(parts) or "*"

    def address(self, **changes: object) -> str:
        """Return the address of this search with some things changed; back to page 1."""
        other = msgspec.structs.replace(self, **{"page": 1, "explain": False, **changes})
        pairs = list(other.pairs())
        return "/?" + urlencode(pairs, quote_via=_quoted) if pairs else "/"

    def pairs(self, *without: str) -> Iterator[tuple[str, str]]:
        """Give the parameters of the address, some left out: what a form carries along."""
        said = [
            ("q", self.q),
            *(("x" if one.excluded else "f", f"{one.field}:{one.value}") for one in self.filters),
            ("first", self.first),
            ("last", self.last),
            ("list", self.listed),
            ("sort", self.sort if self.sort != "relevance" else ""),
            ("page", str(self.page) if self.page > 1 else ""),
            ("explain", "1" if self.explain else ""),
            ("as", "words" if self.as_words else ""),
        ]
        return ((name, value) for name, value in said if value and name not in without)

    def with_filter(self, field: str, value: str, *, excluded: bool = False) -> str:
        """Return the address of this search with one filter more."""
        kept = (one for one in self.filters if (one.field, one.value) != (field, value))
        return self.address(filters=(*kept, Filter(field, value, excluded)))

    def without(self, one: Filter) -> str:
        """Return the address of this search with one filter less."""
        return self.address(filters=tuple(f for f in self.filters if f != one))


def read(parameters: QueryParams) -> Asked:
    """Read an address; what makes no sense is left out, so that old links go on working."""
    sort = parameters.get("sort", "relevance")
    listed = parameters.get("list", "")
    return Asked(
        q=" ".join(parameters.get("q", "").split()),
        filters=tuple(_filters(parameters))[:_MOST_FILTERS],
        first=_year(parameters.get("first", "")),
        last=_year(parameters.get("last", "")),
        listed=listed if _LIST.fullmatch(listed) else "",
        sort=sort if sort in SORTS else "relevance",
        page=page_number(parameters),
        explain=parameters.get("explain", "") == "1",
        as_words=parameters.get("as", "") == "words",
    )


def page_number(parameters: QueryParams) -> int:
    """Return the page of a list that is asked for; the first for what is no number."""
    page = parameters.get("page", "1")[:18]
    return min(int(page), _MOST_PAGE) if page.isascii() and page.isdigit() and int(page) else 1


def place_of(q: str, error: FondsError) -> tuple[str, str, str] | None:
    """Return a query before, at and behind the character an error points at."""
    position = error.data.get("position")
    if not isinstance(position, int) or not q:
        return None
    at = position - 1
    if not 0 <= at <= len(q):
        return None
    return q[:at], q[at : at + 1] or " ", q[at + 1 :]


def _filters(parameters: QueryParams) -> Iterable[Filter]:
    seen: set[tuple[str, str]] = set()
    for name, text in parameters.multi_items():
        field, _, value = text.partition(":")
        if name in ("f", "x") and field in FACETS and value and (field, value) not in seen:
            seen.add((field, value))
            yield Filter(field, value, name == "x")


def _year(text: str) -> str:
    return text.strip() if _YEAR.fullmatch(text.strip()) else ""
