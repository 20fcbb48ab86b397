"""The figures of the librarian: what was read, month by month and title by title."""

from __future__ import annotations

import base64
import binascii
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from fonds.access.usage.customers import Reader, customers_of, reader_of
from fonds.access.usage.kinds import DENIED, KINDS, SEARCHES, TII, TIR, UIR, ReportKind
from fonds.access.usage.months import Used
from fonds.access.usage.reports import Customer
from fonds.access.usage.wishes import month_before, months_between
from fonds.web.services import Services

_MOST_TITLES = 25
_MOST_MONTHS = 60
SHOWN = (SEARCHES, TII, TIR, UIR, DENIED)
_WIDTH, _HEIGHT = 720, 180  # of the chart, without its labels


class Bar(msgspec.Struct, frozen=True):
    """One month of the chart; text mining stands on top of the rest."""

    month: str
    x: float
    width: float
    regular_y: float
    regular_height: float
    tdm_y: float
    tdm_height: float
    regular: int
    tdm: int


class MonthRow(msgspec.Struct, frozen=True):
    """One month of the table."""

    month: str
    counts: tuple[int, ...]  # in the order of SHOWN
    running: bool  # it is not over


class TitleRow(msgspec.Struct, frozen=True):
    """One journal or book."""

    name: str
    publisher: str
    issn: str
    count: int
    share: float  # of the largest, for its bar


class Figures(msgspec.Struct, frozen=True):
    """Everything the page shows."""

    customers: tuple[Customer, ...]  # among which one may choose
    customer: Customer
    begin: str
    end: str
    months: tuple[MonthRow, ...]
    totals: tuple[int, ...]
    bars: tuple[Bar, ...]
    top: int  # of the chart's axis
    types: tuple[tuple[str, int], ...]  # requests by type of access
    titles: tuple[TitleRow, ...]
    denied: tuple[TitleRow, ...]
    reports: tuple[ReportKind, ...]
    downloads: str  # parameters of the addresses of reports; empty: no month is finished


def holder(services: Services, authorization: str) -> Reader | None:
    """Return whose key came as the password of Basic authentication; the name does not matter."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "basic" or len(value) > 1_000:
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return reader_of(services.gate.rights, text.partition(":")[2])


def chosen_customer(services: Services, reader: Reader, name: str) -> Customer:
    """Return the customer that was chosen among those somebody may see."""
    allowed = customers_of(services.gate.rights, reader)
    default = allowed[-1]  # The World, for the operator
    return next((one for one in allowed if one.id == name), default)


def figures(
    services: Services, reader: Reader, customer: Customer, begin: str, end: str
) -> Figures:
    """Return the figures of some months; by default of the last twelve with the running one."""
    now = datetime.now(UTC).strftime("%Y-%m")
    begin, end = _period(begin, end, now)
    months = services.usage.months
    used = months.by_platform(customer.key, begin, end)
    by_title = months.by_title(customer.key, begin, end)
    names = months_between(begin, end)
    rows = tuple(_month_rows(used, names, now))
    bars, top = _bars(used, names)
    last = services.usage.available().last
    downloads = f"begin={begin}&end={min(end, last)}&institution={customer.id}"
    return Figures(
        customers=tuple(customers_of(services.gate.rights, reader)),
        customer=customer,
        begin=begin,
        end=end,
        months=rows,
        totals=tuple(sum(row.counts[at] for row in rows) for at in range(len(SHOWN))),
        bars=bars,
        top=top,
        types=tuple(_sums(((u.access, u) for u in by_title), TIR).most_common()),
        titles=_titles(services, by_title, TIR),
        denied=_titles(services, by_title, DENIED),
        reports=KINDS,
        downloads=downloads if begin <= last else "",
    )


def _period(begin: str, end: str, now: str) -> tuple[str, str]:
    end = min(end, now) if _is_month(end) else now
    if not _is_month(begin):
        begin = end
        for _ in range(11):
            begin = month_before(begin)
    begin = min(begin, end)
    return max(begin, months_between("1900-01", end)[-_MOST_MONTHS]), end


def _is_month(text: str) -> bool:
    try:
        return len(text) == 7 and datetime.strptime(text, "%Y-%m").year >= 1990
    except ValueError:
        return False


def _month_rows(used: Iterable[Used], names: list[str], now: str) -> Iterable[MonthRow]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for one in used:
        table[one.month][one.metric] += one.count
    for name in names:
        yield MonthRow(name, tuple(table[name][metric] for metric in SHOWN), name == now)


def _bars(used: Iterable[Used], names: list[str]) -> tuple[tuple[Bar, ...], int]:
    counts: Counter[tuple[str, str]] = Counter()
    for one in used:
        if one.metric == TIR:
            counts[one.month, one.method] += one.count
    top = _round_up(max((counts[n, "Regular"] + counts[n, "TDM"] for n in names), default=0))
    step = _WIDTH / len(names)
    found = []
    for at, name in enumerate(names):
        regular, tdm = counts[name, "Regular"], counts[name, "TDM"]
        low, high = _HEIGHT * regular / top, _HEIGHT * tdm / top
        found.append(
            Bar(
                month=name,
                x=round(at * step + step * 0.15, 2),
                width=round(step * 0.7, 2),
                regular_y=round(_HEIGHT - low, 2),
                regular_height=round(low, 2),
                tdm_y=round(_HEIGHT - low - high, 2),
                tdm_height=round(high, 2),
                regular=regular,
                tdm=tdm,
            )
        )
    return tuple(found), top


def _round_up(count: int) -> int:
    """Return a round number that is not smaller, for the axis."""
    size = 1
    while True:
        for factor in (1, 2, 4, 6, 8):
            if size * factor >= max(count, 1):
                return size * factor
        size *= 10


def _sums(pairs: Iterable[tuple[str, Used]], metric: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for key, one in pairs:
        if one.metric == metric:
            found[key] += one.count
    return found


def _titles(services: Services, used: Iterable[Used], metric: str) -> tuple[TitleRow, ...]:
    most = _sums(((one.key, one) for one in used), metric).most_common(_MOST_TITLES)
    known = services.usage.months.titles() if most else {}
    largest = most[0][1] if most else 1
    return tuple(
        TitleRow(
            known[key].name,
            known[key].publisher,
            known[key].print_issn or known[key].online_issn or known[key].isbn,
            count,
            round(100 * count / largest, 1),
        )
        for key, count in most
    )
