"""KBART Phase II (NISO RP-9-2014): one row per continuous range of a title, tab-separated.

Files are named as BACON (ABES) wants them: `Provider_Region_Package_YYYY-MM-DD.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from fonds.access.rights import Rights
from fonds.holdings.coverage import Coverage, Point, Range
from fonds.holdings.holdings import Choice, Holdings
from fonds.holdings.model import Title
from fonds.holdings.writing import one_line
from fonds.settings import HoldingsSettings

ALL_TITLES = "AllTitles"
MEDIA_TYPE = "text/tab-separated-values; charset=utf-8"
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9]+")
_MOST_TITLE = 1023  # characters


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row; the order of its fields is the order of the columns."""

    publication_title: str
    print_identifier: str = ""
    online_identifier: str = ""
    date_first_issue_online: str = ""
    num_first_vol_online: str = ""
    num_first_issue_online: str = ""
    date_last_issue_online: str = ""
    num_last_vol_online: str = ""
    num_last_issue_online: str = ""
    title_url: str
    first_author: str = ""
    title_id: str
    embargo_info: str = ""
    coverage_depth: str = ""
    notes: str = ""
    publisher_name: str = ""
    publication_type: str
    date_monograph_published_print: str = ""
    date_monograph_published_online: str = ""
    monograph_volume: str = ""
    monograph_edition: str = ""
    first_editor: str = ""
    parent_publication_title_id: str = ""
    preceding_publication_title_id: str = ""
    access_type: str


COLUMNS = Row.__struct_fields__


def rows_of(
    holdings: Holdings, rights: Rights, base: str, choice: Choice | None = None
) -> Iterator[Row]:
    """Give the rows of the titles that are asked for; `base` is the address of this server."""
    choice = choice or Choice()
    for title, coverage in holdings.covered(choice):
        is_free = holdings.is_free(title, rights, choice.collection)
        yield from title_rows(title, coverage, base, holdings.naan, is_free=is_free)


def title_rows(
    title: Title, coverage: Coverage, base: str, naan: str, *, is_free: bool
) -> Iterator[Row]:
    """Give the rows of one title; a serial without any year has none."""
    if title.kind == "monograph":
        yield _monograph(title, coverage, base, naan, is_free=is_free)
        return
    rows = (_serial(title, r, base, naan, is_free=is_free) for r in coverage.ranges if r.first.year)
    yield from dict.fromkeys(rows)  # ranges that differ by what no column can say are one row


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Give the lines of a file, its header first."""
    yield "\t".join(COLUMNS) + "\n"
    for row in rows:
        yield "\t".join(msgspec.structs.astuple(row)) + "\n"


def file_name(settings: HoldingsSettings, package: str, day: date) -> str:
    """Return the name of the file of a package: a collection, or `AllTitles`."""
    parts = (settings.provider, settings.region, package)
    return "_".join([*map(_plain_name, parts), day.isoformat()]) + ".tsv"


def package_of(name: str, collections: Iterable[str]) -> str | None:
    """Return the collection that a file's name means, "" for all titles; None for neither.

    The name may be the collection's own, or a whole file name of any day.
    """
    plain = re.sub(r"\.(tsv|txt)$", "", name)
    known = list(collections)
    if plain in known:
        return plain
    match = re.fullmatch(r"(?:[^_]+_){2}([^_]+)_\d{4}-\d{2}-\d{2}", plain)
    package = match[1] if match is not None else plain
    if package == ALL_TITLES:
        return ""
    return next((one for one in known if _plain_name(one) == package), None)


def _plain_name(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_IN_NAMES.sub("-", ascii_only).strip("-") or "Fonds"


def _serial(title: Title, one: Range, base: str, naan: str, *, is_free: bool) -> Row:
    first, last = _clean(one.first), _clean(one.last)
    # the last one without the first is an error
    volumes = bool(first.volume and last.volume)
    issues = (volumes or not first.volume + last.volume) and bool(first.issue and last.issue)
    return Row(
        publication_title=one_line(title.display, _MOST_TITLE),
        print_identifier=title.issn[0] if title.issn else "",
        online_identifier=title.eissn[0] if title.eissn else "",
        date_first_issue_online=f"{first.year:04}",
        num_first_vol_online=first.volume if volumes else "",
        num_first_issue_online=first.issue if issues else "",
        date_last_issue_online=f"{last.year:04}",
        num_last_vol_online=last.volume if volumes else "",
        num_last_issue_online=last.issue if issues else "",
        title_url=f"{base}/journals/{title.id}",
        title_id=f"ark:/{naan}/{title.id}",
        coverage_depth=_depth(one.documents, one.texts),
        notes=_notes(one.documents, one.texts),
        publisher_name=one_line(title.publisher),
        publication_type="serial",
        access_type="F" if is_free else "P",
    )


def _clean(point: Point) -> Point:
    return Point(point.year, one_line(point.volume), one_line(point.issue))


def _monograph(title: Title, coverage: Coverage, base: str, naan: str, *, is_free: bool) -> Row:
    return Row(
        publication_title=one_line(title.display, _MOST_TITLE),
        print_identifier=title.isbn[0] if title.isbn else "",
        online_identifier=title.eisbn[0] if title.eisbn else "",
        title_url=f"{base}/journals/{title.id}",
        first_author=one_line(title.author),
        title_id=f"ark:/{naan}/{title.id}",
        coverage_depth=_depth(coverage.documents, coverage.texts),
        notes=_notes(coverage.documents, coverage.texts),
        publisher_name=one_line(title.publisher),
        publication_type="monograph",
        date_monograph_published_print=str(title.year or title.first_year or ""),
        monograph_volume=one_line(title.volume),
        first_editor=one_line(title.editor),
        access_type="F" if is_free else "P",
    )


def _depth(documents: int, texts: int) -> str:
    if texts == documents:
        return "fulltext"
    return "selected articles" if texts else "abstracts"


def _notes(documents: int, texts: int) -> str:
    return f"full text of {texts} of {documents} articles" if 0 < texts < documents else ""
