"""A journal or book as its page shows it: coverage, years, issues, contents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from fonds.access.gate import Visitor
from fonds.holdings.coverage import Coverage
from fonds.holdings.model import Issue, Title
from fonds.record import Record
from fonds.search.query.printer import quote
from fonds.web.portal.asking import Asked, Filter
from fonds.web.portal.source import source_of
from fonds.web.portal.timeline import Timeline, timeline
from fonds.web.portal.ways import texts_here
from fonds.web.services import Services
from fonds.web.visitors import may_read

SIZE = 50  # documents of one page of contents
_MOST_AUTHORS = 4
_MOST_PAGE = 1_000_000
_MOST_ISSUES = 400  # of one year, shown as links
_NUMBERS = ("issn", "eissn", "isbn", "eisbn")
_RECORD = msgspec.json.Decoder(Record)


class Wanted(msgspec.Struct, frozen=True):
    """What the address of a title's page asks for; None: not said."""

    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    page: int = 1

    def address(self, title: Title, ending: str = "", **changes: object) -> str:
        """Return the address of this place, or of another one, in a title."""
        other = msgspec.structs.replace(self, **{"page": 1, **changes})
        pairs = [("year", str(other.year))] if other.year is not None else []
        pairs += [("volume", other.volume)] if other.volume is not None else []
        pairs += [("issue", other.issue)] if other.issue is not None else []
        pairs += [("page", str(other.page))] if other.page > 1 else []
        path = f"/journals/{title.id}{ending}"
        return f"{path}?{urlencode(pairs)}" if pairs else path


class Entry(msgspec.Struct, frozen=True):
    """One document of the contents."""

    ark: str
    volume: str
    issue: str
    title: str
    authors: tuple[str, ...]
    more_authors: int
    pages: str
    number: str
    year: str
    pdf: str  # its address, or empty
    text: str  # the address of the text to read, where there is no PDF, or empty
    is_open: bool
    doi: str


class Year(msgspec.Struct, frozen=True):
    """One year with its documents."""

    year: int
    count: int
    address: str
    active: bool


class Decade(msgspec.Struct, frozen=True):
    """Years that stand together."""

    first: int
    count: int
    years: tuple[Year, ...]
    active: bool


class Part(msgspec.Struct, frozen=True):
    """One issue of the year that is shown."""

    volume: str
    issue: str
    count: int
    address: str
    active: bool


class TitlePage(msgspec.Struct, frozen=True):
    """Everything the page of a title shows."""

    title: Title
    coverage: Coverage
    drawing: Timeline | None
    decades: tuple[Decade, ...]
    at: Wanted  # the place that is shown; its year is 0 where none is known
    parts: tuple[Part, ...]
    more_parts: int
    entries: tuple[Entry, ...]
    total: int  # documents at the place that is shown
    page: int
    pages: int


def read_wanted(parameters: QueryParams) -> Wanted:
    """Read an address; what makes no sense is left out."""
    year, page = parameters.get("year", ""), parameters.get("page", "1")
    return Wanted(
        year=int(year) if _is_count(year) and len(year) <= 4 else None,
        volume=_given(parameters.get("volume")),
        issue=_given(parameters.get("issue")),
        page=min(max(int(page), 1), _MOST_PAGE) if _is_count(page) else 1,
    )


def read_title(services: Services, title: Title, wanted: Wanted, visitor: Visitor) -> TitlePage:
    """Read a title for its page, at the place asked for, or at its latest year."""
    issues, coverage = services.holdings.shape(title)
    years: Counter[int] = Counter()
    for one in issues:
        years[one.year] += one.documents
    asked = wanted.year if wanted.year is not None else -1
    year = asked if asked in years else max(years, default=0)
    here = [one for one in issues if one.year == year]
    chosen = [o for o in here if _is(wanted.volume, o.volume) and _is(wanted.issue, o.issue)]
    if chosen:
        at = Wanted(year, wanted.volume, wanted.issue)
    else:
        at, chosen = Wanted(year), here
    total = sum(one.documents for one in chosen)
    pages = max(1, -(-total // SIZE))
    page = min(wanted.page, pages)
    ords = services.holdings.contents(
        title, at.year, at.volume, at.issue, offset=(page - 1) * SIZE, size=SIZE
    )
    records = services.archive.records(ords)
    return TitlePage(
        title=title,
        coverage=coverage,
        drawing=timeline(issues, coverage),
        decades=_decades(title, years, year),
        at=at,
        parts=tuple(_parts(title, here[:_MOST_ISSUES], at)) if len(here) > 1 else (),
        more_parts=max(0, len(here) - _MOST_ISSUES),
        entries=tuple(_entry(services, record, visitor) for record in records),
        total=total,
        page=page,
        pages=pages,
    )


def documents_query(title: Title) -> str:
    """Return what finds a title's documents: by its numbers, or by its name and no number."""
    names = [name for name in (title.name, *title.other_names) if name]
    without = " AND ".join(f"NOT _exists_:host.{field}" for field in _NUMBERS)
    named = [f"(host.title.raw:{quote(name)} AND {without})" for name in names]
    return " OR ".join((*_numbered(title), *named))


def _numbered(title: Title) -> list[str]:
    numbers = dict.fromkeys((*title.issn, *title.eissn, *title.isbn, *title.eisbn))
    return [f"host.{field}.raw:{quote(number)}" for field in _NUMBERS for number in numbers]


def search_address(title: Title, words: str) -> str:
    """Return the address of a search for words in a title, whatever its records call it."""
    numbers = _numbered(title)
    names = [name for name in (title.name, *title.other_names) if name]
    if len(names) == 1 or not numbers:
        return Asked(q=words, filters=(Filter("host.title", title.name),)).address()
    inside = " OR ".join(numbers)
    return Asked(q=f"({inside}) AND ({words})" if words else inside).address()


def _entry(services: Services, content: bytes, visitor: Visitor) -> Entry:
    record = _RECORD.decode(content)
    source = source_of(record.host, record.publication_date)
    access = record.access_condition
    pdf, text = texts_here(record)
    readable = bool(pdf or text) and may_read(services, visitor, content)
    return Entry(
        ark=record.ark_istex,
        volume=source.volume,
        issue=source.issue,
        title=record.title,
        authors=tuple(author.name for author in record.author[:_MOST_AUTHORS]),
        more_authors=max(0, len(record.author) - _MOST_AUTHORS),
        pages=source.pages,
        number=source.number,
        year=source.year,
        pdf=pdf if readable else "",
        text=text if readable else "",
        is_open=access is not None and access.content_type == "isOpenAccess",
        doi=record.doi[0] if record.doi else "",
    )


def _decades(title: Title, years: Counter[int], shown: int) -> tuple[Decade, ...]:
    """Return the years, the latest first, by tens."""
    by_decade: dict[int, list[Year]] = defaultdict(list)
    for year, count in sorted(years.items(), reverse=True):
        address = Wanted(year=year).address(title)
        by_decade[year - year % 10].append(Year(year, count, address, year == shown))
    return tuple(
        Decade(first, sum(one.count for one in held), tuple(held), any(y.active for y in held))
        for first, held in by_decade.items()
    )


def _parts(title: Title, here: Iterable[Issue], at: Wanted) -> Iterable[Part]:
    for one in here:
        address = Wanted(one.year, one.volume, one.issue).address(title)
        active = (at.volume, at.issue) == (one.volume, one.issue)
        yield Part(one.volume, one.issue, one.documents, address, active)


def _is(wanted: str | None, held: str) -> bool:
    return wanted is None or wanted == held


def _given(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())[:100]


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
