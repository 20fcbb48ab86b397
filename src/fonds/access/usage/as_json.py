"""A report as JSON: metric, month, count (Code of Practice 5.1, 3.2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fonds.access.usage.exceptions import described
from fonds.access.usage.kinds import DENIED, LIMIT, UTI, UTR
from fonds.access.usage.reports import Report, Row, item_ids
from fonds.access.usage.subjects import Author, Item, Title
from fonds.access.usage.wishes import last_day

# metrics that the schema wants in company; the other one is then shown with 0
_COMPANY = {UTI: UTR, UTR: "Total_Item_Requests", DENIED: LIMIT, LIMIT: DENIED}


def report_json(report: Report) -> dict[str, Any]:
    """Return a report as the API gives it."""
    return {"Report_Header": _header(report), "Report_Items": _items(report)}


def filters_of(report: Report) -> dict[str, Any]:
    """Return what the header says of filters."""
    wish = report.wish
    found: dict[str, Any] = {}
    for name, values in wish.filters.items():
        found[name] = values[0] if name in ("Item_ID", "Author") else list(values)
    if wish.platform:
        found["Platform"] = report.platform
    found["Begin_Date"] = f"{wish.begin}-01"
    found["End_Date"] = last_day(wish.end).isoformat()
    return found


def attributes_of(report: Report) -> dict[str, Any]:
    """Return what the header says of attributes."""
    wish = report.wish
    found: dict[str, Any] = {}
    if wish.attributes:
        found["Attributes_To_Show"] = list(wish.attributes)
    if wish.total:
        found["Granularity"] = "Total"
    if wish.parents and not wish.kind.view:
        found["Include_Parent_Details"] = "True"
    return found


def _header(report: Report) -> dict[str, Any]:
    kind, customer = report.wish.kind, report.customer
    header: dict[str, Any] = {
        "Release": "5.1",
        "Report_ID": kind.id,
        "Report_Name": kind.name,
        "Created": report.created,
        "Created_By": report.platform,
        "Institution_ID": {name: list(values) for name, values in customer.ids.items()},
        "Institution_Name": customer.name,
        "Registry_Record": "",
        "Report_Filters": filters_of(report),
    }
    attributes = attributes_of(report)
    if attributes:
        header["Report_Attributes"] = attributes
    if report.exceptions:
        header["Exceptions"] = [described(code, data) for code, data in report.exceptions]
    return header


def _items(report: Report) -> list[dict[str, Any]]:
    """Put the rows of one title or item together; items below their titles where that is asked."""
    parts: dict[str, tuple[Row, list[dict[str, Any]]]] = {}
    for row in report.rows:
        key = row.subject.key if row.subject is not None else ""
        parts.setdefault(key, (row, []))[1].append(_performance(report, row))
    level = report.wish.kind.level
    if level == "platform":
        return [
            {"Platform": report.platform, "Attribute_Performance": performance}
            for _, performance in parts.values()
        ]
    made = [(row, _subject(report, row, performance)) for row, performance in parts.values()]
    if level == "title":
        return [item for _, item in made]
    return _below_parents(report, made)


def _below_parents(report: Report, made: list[tuple[Row, dict[str, Any]]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row, item in made:
        parent = row.parent if report.wish.parents else None
        key = parent.key if parent is not None else ""
        if key not in found:
            found[key] = {**(_parent(report, parent) if parent is not None else {}), "Items": []}
        found[key]["Items"].append(item)
    return list(found.values())


def _parent(report: Report, title: Title) -> dict[str, Any]:
    shown: dict[str, Any] = {"Title": title.name, "Item_ID": item_ids(title, report.base_url)}
    if not report.wish.kind.view and title.data_type in ("Book", "Conference", "Journal",
                                                         "Newspaper_or_Newsletter",
                                                         "Reference_Work"):  # fmt: skip
        shown["Data_Type"] = title.data_type
    return shown


def _subject(report: Report, row: Row, performance: list[dict[str, Any]]) -> dict[str, Any]:
    subject = row.subject
    assert subject is not None
    is_item = isinstance(subject, Item)
    found: dict[str, Any] = {
        "Item" if is_item else "Title": subject.name,
        "Publisher": subject.publisher,
        "Platform": report.platform,
        "Item_ID": item_ids(subject, report.base_url),
    }
    shown = report.wish.kind.columns if report.wish.kind.view else report.wish.attributes
    if isinstance(subject, Item) and "Authors" in shown and subject.authors:
        found["Authors"] = [_author(author) for author in subject.authors]
    if isinstance(subject, Item) and "Publication_Date" in shown and subject.date:
        found["Publication_Date"] = subject.date
    return {**found, "Attribute_Performance": performance}


def _author(author: Author) -> dict[str, str]:
    return {"Name": author.name, **({"ORCID": author.orcid} if author.orcid else {})}


def _performance(report: Report, row: Row) -> dict[str, Any]:
    return {**row.attributes, "Performance": _in_company(report, row.performance)}


def _in_company(
    report: Report, performance: Mapping[str, Mapping[str, int]]
) -> dict[str, Mapping[str, int]]:
    """Return the counts; of the two that the schema wants, one may be 0."""
    found = dict(performance)
    if len(found) == 1:
        ((metric, months),) = found.items()
        other = _COMPANY.get(metric, "")
        if other in report.wish.filters.get("Metric_Type", report.wish.kind.metrics):
            found[other] = dict.fromkeys(months, 0)
    return found
