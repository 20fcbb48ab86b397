"""A report: the counts of some months, filtered and rolled up as a wish says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from fonds.access.usage.counting import WORLD
from fonds.access.usage.months import Months, Used
from fonds.access.usage.sharing import WITHHELD, is_shared
from fonds.access.usage.subjects import Item, Title
from fonds.access.usage.wishes import Wish, in_years

WORLD_ID = "0000000000000000"  # the customer_id of “The World”


class Customer(msgspec.Struct, frozen=True):
    """Whose usage a report tells."""

    id: str  # as the API names it
    name: str
    ids: Mapping[str, tuple[str, ...]]  # ROR, ISNI, ISIL, OCLC, Proprietary

    @property
    def key(self) -> str:
        """Return the key that the counts are kept by."""
        return WORLD if self.id == WORLD_ID else self.id


class Row(msgspec.Struct, frozen=True):
    """One line of a report: what was used, how, and how often in which month."""

    subject: Title | Item | None
    parent: Title | None
    attributes: Mapping[str, str]  # Data_Type, YOP, Access_Type, Access_Method as shown
    performance: Mapping[str, Mapping[str, int]]  # metric -> month -> count


class Report(msgspec.Struct, frozen=True):
    """A report before it is written down."""

    wish: Wish
    customer: Customer
    platform: str
    created: str  # yyyy-mm-ddThh:mm:ssZ
    base_url: str  # addresses of items start with it; may be empty
    rows: tuple[Row, ...]
    exceptions: tuple[tuple[int, str], ...]


def make_report(
    months: Months,
    wish: Wish,
    customer: Customer,
    platform: str,
    created: str,
    base_url: str,
    *,
    institution: str = "",
) -> Report:
    """Make a report of the counts that are kept.

    `institution`: who asks for The World and may not see the figures of a few others.
    """
    used = _used(months, wish, customer.key)
    exceptions = list(wish.warnings)
    if institution:
        shown = list(filter(is_shared(months, wish, institution), used))
        if len(shown) < len(used):
            exceptions.append((3040, WITHHELD))
        used = shown
    rows = tuple(_rows(months, wish, used))
    if not rows and not any(code in (3031, 3032) for code, _ in exceptions):
        exceptions.append((3030, ""))
    return Report(wish, customer, platform, created, base_url, rows, tuple(exceptions))


def _used(months: Months, wish: Wish, customer: str) -> list[Used]:
    read = {"platform": months.by_platform, "title": months.by_title, "item": months.by_item}
    return [one for one in read[wish.kind.level](customer, wish.begin, wish.end) if _in(one, wish)]


def _rows(months: Months, wish: Wish, used: Iterable[Used]) -> Iterable[Row]:
    shown = wish.kind.columns if wish.kind.view else ("Data_Type", *wish.attributes)
    table: dict[tuple[str, ...], dict[str, dict[str, int]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(int))
    )
    columns = [name for name in ("Data_Type", "YOP", "Access_Type", "Access_Method")
               if name in shown]  # fmt: skip
    for one in used:
        values = {
            "Data_Type": one.data_type,
            "YOP": one.yop,
            "Access_Type": one.access,
            "Access_Method": one.method,
        }
        place = (one.key, *(values[name] for name in columns))
        table[place][one.metric][wish.begin if wish.total else one.month] += one.count
    subjects = _Subjects(months, wish, {place[0] for place in table})
    found = []
    for place, performance in table.items():
        subject, parent = subjects.of(place[0])
        if subjects.fits(subject, parent):
            attributes: dict[str, str] = dict(zip(columns, place[1:], strict=True))
            found.append(Row(subject, parent, attributes, performance))
    order = {metric: at for at, metric in enumerate(wish.kind.metrics)}
    for row in sorted(found, key=_place):
        ordered = sorted(row.performance.items(), key=lambda pair: order[pair[0]])
        filled = {metric: dict(sorted(by_month.items())) for metric, by_month in ordered}
        yield msgspec.structs.replace(row, performance=filled)


def _place(row: Row) -> tuple[str, str, str]:
    """Return what rows are ordered by: name, then key, then attributes."""
    name = row.subject.name.casefold() if row.subject is not None else ""
    key = row.subject.key if row.subject is not None else ""
    return name, key, "\t".join(row.attributes.values())


def _in(one: Used, wish: Wish) -> bool:
    kind, filters = wish.kind, wish.filters
    return (
        one.metric in filters.get("Metric_Type", kind.metrics)
        and one.data_type in filters.get("Data_Type", kind.data_types)
        and one.method in filters.get("Access_Method", kind.methods)
        and (not one.access or one.access in filters.get("Access_Type", kind.access_types))
        and ("YOP" not in filters or in_years(one.yop, filters["YOP"]))
    )


class _Subjects:
    """Titles and items by their keys, and whether they are asked for."""

    def __init__(self, months: Months, wish: Wish, keys: set[str]) -> None:
        self._wish = wish
        level = wish.kind.level
        self._titles = months.titles() if level != "platform" else {}
        self._items = months.items(keys) if level == "item" else {}

    def of(self, key: str) -> tuple[Title | Item | None, Title | None]:
        item = self._items.get(key)
        if item is not None:
            return item, self._titles.get(item.title)
        return self._titles.get(key), None

    def fits(self, subject: Title | Item | None, parent: Title | None) -> bool:
        filters = self._wish.filters
        if "Item_ID" in filters and not _has_id(subject, filters["Item_ID"][0]):
            return False
        if "Author" in filters:
            asked = filters["Author"][0].rpartition(":")[2]
            authors = subject.authors if isinstance(subject, Item) else ()
            return any(asked in (one.orcid, one.name) for one in authors)
        return True


def _has_id(subject: Title | Item | None, asked: str) -> bool:
    """Tell whether something has an identifier, with or without its namespace before it."""
    if subject is None:
        return False
    own = set(item_ids(subject, "").values())
    return asked in own or asked.partition(":")[2] in own


def item_ids(subject: Title | Item, base_url: str) -> dict[str, str]:
    """Return the identifiers of a title or an item, as Item_ID names them."""
    found = {"DOI": subject.doi, "Proprietary": f"fonds:{subject.key}"}
    if isinstance(subject, Title):
        found["ISBN"] = subject.isbn
        found["Print_ISSN"] = subject.print_issn
        found["Online_ISSN"] = subject.online_issn
    elif subject.ark and base_url:
        found["URI"] = f"{base_url}/notice/{subject.ark}"
    return {name: value for name, value in found.items() if value}
