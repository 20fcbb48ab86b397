"""A strict reader of KBART files: the recommendation's rules, and those that GOKb adds.

https://www.niso.org/standards-committees/kbart; every rule says its column and its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from fonds.holdings.describing import isbn13, valid_issn
from fonds.holdings.kbart import COLUMNS

BACON_NAME = re.compile(r"([a-zA-Z0-9\-]+_){3}\d{4}-\d{2}-\d{2}(_FORCE|_BYPASS)?\.tsv")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]", re.ASCII)
_EMBARGO = re.compile(r"(([RP][1-9][0-9]*[DMY])|(R[1-9][0-9]*[DMY];P[1-9][0-9]*[DMY]))")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|Â[\u0080-\u00bf]|â€")
_REQUIRED = ("publication_title", "title_url", "title_id", "publication_type", "access_type")
_SERIAL_ONLY = COLUMNS[3:9]
_MONOGRAPH_ONLY = (
    "first_author", "date_monograph_published_print", "date_monograph_published_online",
    "monograph_volume", "monograph_edition", "first_editor",
)  # fmt: skip
_LONG = {"publication_title": 1023, "title_url": 1023}
_MOST_CELL = 255
_DEPTHS = ("fulltext", "selected articles", "abstracts", "")

Cells = Mapping[str, str]


class Fault(msgspec.Struct, frozen=True):
    """What is wrong in one row; row 1 is the header."""

    row: int
    column: str
    reason: str


def faults(text: str) -> list[Fault]:
    """Return everything that is wrong with a file."""
    found: list[Fault] = []
    table = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    if tuple(table[0]) != COLUMNS:
        return [Fault(1, "", "the header does not name the 25 columns in their order")]
    for number, cells in enumerate(table[1:], 2):
        if len(cells) != len(COLUMNS):
            found.append(Fault(number, "", f"{len(cells)} cells instead of {len(COLUMNS)}"))
            continue
        row = MappingProxyType(dict(zip(COLUMNS, cells, strict=True)))
        for rule in (_texts, _identifiers, _words, _serial, _monograph):
            found += [Fault(number, column, reason) for column, reason in rule(row)]
    return [*found, *_between(table)]


def _texts(row: Cells) -> Iterator[tuple[str, str]]:
    for column in _REQUIRED:
        if not row[column].strip():
            yield column, "it is empty"
    for column, value in row.items():
        if "\ufffd" in value or _MOJIBAKE.search(value):
            yield column, "characters were lost"
        if len(value) > _LONG.get(column, _MOST_CELL):
            yield column, "it is too long"
        if value != value.strip() or not value.isprintable():
            yield column, "blanks at its ends, or control characters"


def _identifiers(row: Cells) -> Iterator[tuple[str, str]]:
    serial = row["publication_type"] == "serial"
    for column in ("print_identifier", "online_identifier"):
        value = row[column]
        if value and serial and not (_ISSN.fullmatch(value) and valid_issn(value)):
            yield column, "it is no ISSN"
        if value and not serial and isbn13(value) != value:
            yield column, "it is no ISBN of 13 digits"
    if not row["title_url"].startswith(("http://", "https://")):
        yield "title_url", "it is no address"


def _words(row: Cells) -> Iterator[tuple[str, str]]:
    allowed = {
        "publication_type": ("serial", "monograph"),
        "access_type": ("F", "P"),
        "coverage_depth": _DEPTHS,
    }
    for column, values in allowed.items():
        if row[column] not in values:
            yield column, f"it is none of {', '.join(filter(None, values))}"
    if row["embargo_info"] and not _EMBARGO.fullmatch(row["embargo_info"]):
        yield "embargo_info", "it is no embargo"


def _serial(row: Cells) -> Iterator[tuple[str, str]]:
    if row["publication_type"] != "serial":
        yield from ((c, "it is for serials only") for c in _SERIAL_ONLY if row[c])
        return
    first, last = row["date_first_issue_online"], row["date_last_issue_online"]
    for column in ("date_first_issue_online", "date_last_issue_online"):
        if not _DATE.fullmatch(row[column]):  # an archive knows both ends
            yield column, "it is no date"
    if first and last and last[: len(first)] < first[: len(last)]:
        yield "date_last_issue_online", "it is before the first"
    for kind in ("vol", "issue"):
        if row[f"num_last_{kind}_online"] and not row[f"num_first_{kind}_online"]:
            yield f"num_first_{kind}_online", "the last is there without the first"


def _monograph(row: Cells) -> Iterator[tuple[str, str]]:
    if row["publication_type"] != "monograph":
        yield from ((c, "it is for monographs only") for c in _MONOGRAPH_ONLY if row[c])
        return
    for column in ("date_monograph_published_print", "date_monograph_published_online"):
        if row[column] and not _DATE.fullmatch(row[column]):
            yield column, "it is no date"


def _between(table: Iterable[list[str]]) -> Iterator[Fault]:
    """Compare rows: the same one twice, one identifier for two titles, an unknown parent."""
    names: dict[str, str] = {}
    seen: set[tuple[str, ...]] = set()
    column: Callable[[str], int] = COLUMNS.index
    rows = [cells for cells in table if len(cells) == len(COLUMNS)][1:]
    for number, cells in enumerate(rows, 2):
        if tuple(cells) in seen:
            yield Fault(number, "", "the same row stands twice")
        seen.add(tuple(cells))
        name, identifier = cells[column("publication_title")], cells[column("title_id")]
        if names.setdefault(identifier, name) != name:
            yield Fault(number, "title_id", "two titles have it")
    for number, cells in enumerate(rows, 2):
        for key in ("parent_publication_title_id", "preceding_publication_title_id"):
            if cells[column(key)] and cells[column(key)] not in names:
                yield Fault(number, key, "no title has it")
