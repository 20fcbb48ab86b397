"""A report as a table: header, empty line, one line per metric; UTF-8 with a byte order mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fonds.access.usage.as_json import attributes_of, filters_of
from fonds.access.usage.exceptions import STATUS
from fonds.access.usage.reports import Report, Row, item_ids
from fonds.access.usage.subjects import Author, Item, Title
from fonds.access.usage.wishes import months_between

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BLANK = re.compile(r"[\t\r\n]+")
_IDS = ("DOI", "Proprietary_ID", "ISBN", "Print_ISSN", "Online_ISSN", "URI")
_NO_BOOKS = tuple(name for name in _IDS if name != "ISBN")


def report_tsv(report: Report) -> bytes:
    """Return a report as tab-separated values."""
    lines = [*_header(report), (), *_table(report)]
    text = "".join("\t".join(_clean(cell) for cell in line) + "\r\n" for line in lines)
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _header(report: Report) -> Iterator[tuple[str, str]]:
    kind = report.wish.kind
    filters, attributes = filters_of(report), attributes_of(report)
    begin, end = filters.pop("Begin_Date"), filters.pop("End_Date")
    metrics = filters.pop("Metric_Type", [])
    if report.wish.total:
        attributes["Exclude_Monthly_Details"] = "True"
        del attributes["Granularity"]
    yield "Report_Name", kind.name
    yield "Report_ID", kind.id
    yield "Release", "5.1"
    yield "Institution_Name", report.customer.name
    yield (
        "Institution_ID",
        "; ".join(
            f"{name}:{value}" if name != "Proprietary" else value
            for name, values in report.customer.ids.items()
            for value in values
        ),
    )
    yield "Metric_Types", "; ".join(metrics)
    yield "Report_Filters", _pairs(filters)
    yield "Report_Attributes", _pairs(attributes)
    yield (
        "Exceptions",
        "; ".join(
            f"{code}: {STATUS[code][1]}{f' ({data})' if data else ''}"
            for code, data in report.exceptions
        ),
    )
    yield "Reporting_Period", f"Begin_Date={begin}; End_Date={end}"
    yield "Created", report.created
    yield "Created_By", report.platform
    yield "Registry_Record", ""


def _table(report: Report) -> Iterator[tuple[str, ...]]:
    wish = report.wish
    months = [] if wish.total else months_between(wish.begin, wish.end)
    columns = _columns(report)
    shown = [f"{_NAMES[int(month[5:]) - 1]}-{month[:4]}" for month in months]
    yield (*columns, "Metric_Type", "Reporting_Period_Total", *shown)
    for row in report.rows:
        cells = {**_described(report, row), **row.attributes}
        place = [cells.get(column, "") for column in columns]
        for metric, counts in row.performance.items():
            total = str(sum(counts.values()))
            yield (*place, metric, total, *(str(counts.get(month, 0)) for month in months))


def _columns(report: Report) -> list[str]:
    wish = report.wish
    asked = wish.kind.columns if wish.kind.view else ("Data_Type", *wish.attributes)
    shown = [name for name in ("Data_Type", "YOP", "Access_Type", "Access_Method") if name in asked]
    if wish.kind.level == "platform":
        return ["Platform", *shown]
    if wish.kind.level == "title":
        only_journals = wish.kind.data_types == ("Journal",)
        ids = _NO_BOOKS if only_journals else _IDS
        return ["Title", "Publisher", "Publisher_ID", "Platform", *ids, *shown]
    about = [name for name in ("Authors", "Publication_Date", "Article_Version") if name in asked]
    ids = _NO_BOOKS if wish.kind.view else _IDS
    columns = ["Item", "Publisher", "Publisher_ID", "Platform", *about, *ids]
    if wish.parents:
        parent = ["Title", "Authors", "Publication_Date", "Article_Version", "Data_Type", *ids]
        skipped = ("Publication_Date", "Data_Type") if wish.kind.view else ()
        columns += [f"Parent_{name}" for name in parent if name not in skipped]
    return [*columns, *shown]


def _described(report: Report, row: Row) -> dict[str, str]:
    cells = {"Platform": report.platform}
    subject, parent = row.subject, row.parent
    if subject is None:
        return cells
    cells["Item" if isinstance(subject, Item) else "Title"] = subject.name
    cells["Publisher"] = subject.publisher
    cells.update(_ids(subject, report.base_url))
    if isinstance(subject, Item):
        cells["Authors"] = "; ".join(_author(one) for one in subject.authors)
        cells["Publication_Date"] = subject.date
    if parent is not None:
        cells["Parent_Title"] = parent.name
        cells["Parent_Data_Type"] = parent.data_type
        named = _ids(parent, report.base_url)
        cells.update({f"Parent_{name}": value for name, value in named.items()})
    return cells


def _ids(subject: Title | Item, base_url: str) -> dict[str, str]:
    found = item_ids(subject, base_url)
    found["Proprietary_ID"] = found.pop("Proprietary")
    return found


def _author(author: Author) -> str:
    return f"{author.name} (ORCID:{author.orcid})" if author.orcid else author.name


def _pairs(values: Mapping[str, str | list[str]]) -> str:
    return "; ".join(
        f"{name}={value if isinstance(value, str) else '|'.join(value)}"
        for name, value in values.items()
    )


def _clean(text: str) -> str:
    """Keep a text in its cell."""
    return _BLANK.sub(" ", text)
