"""The table of reports: names, columns, filters and metrics of the Code of Practice 5.1."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["platform", "title", "item"]

TII, TIR = "Total_Item_Investigations", "Total_Item_Requests"
UII, UIR = "Unique_Item_Investigations", "Unique_Item_Requests"
UTI, UTR = "Unique_Title_Investigations", "Unique_Title_Requests"
LIMIT, DENIED, SEARCHES = "Limit_Exceeded", "No_License", "Searches_Platform"
_ITEMS = ("Article", "Book_Segment", "Conference_Item", "News_Item", "Other", "Patent",
          "Reference_Item", "Report", "Thesis_or_Dissertation", "Unspecified")  # fmt: skip
_TITLES = ("Book", "Conference", "Journal", "Newspaper_or_Newsletter", "Other", "Patent",
           "Reference_Work", "Report", "Thesis_or_Dissertation", "Unspecified")  # fmt: skip
_BOOKS = ("Book", "Reference_Work")
ACCESS_TYPES = ("Controlled", "Free_To_Read", "Open")
ACCESS_METHODS = ("Regular", "TDM")
_CONTROLLED = ("Controlled",)
_REGULAR = ("Regular",)


class ReportKind(msgspec.Struct, frozen=True):
    """One report. Of a Standard View the filters are fixed, and so are the columns."""

    id: str
    name: str
    description: str
    level: Level
    metrics: tuple[str, ...]
    data_types: tuple[str, ...]  # those it may hold
    columns: tuple[str, ...] = ()  # of a view: the attributes it shows
    attributes: tuple[str, ...] = ()  # of a master report: those that may be asked for
    fixed: tuple[str, ...] = ()  # filters of a view that its header names
    access_types: tuple[str, ...] = ACCESS_TYPES
    methods: tuple[str, ...] = ACCESS_METHODS
    view: bool = True

    @property
    def path(self) -> str:
        """Return the last part of its address."""
        return self.id.lower()


_ALL = ("Metric_Type", "Data_Type", "Access_Type", "Access_Method")
_NO_ACCESS = ("Metric_Type", "Data_Type", "Access_Method")

KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        "PR",
        "Platform Report",
        "Usage of the whole platform, by type of content.",
        "platform",
        (SEARCHES, TII, TIR, UII, UIR, UTI, UTR),
        tuple(sorted({"Platform", *_ITEMS, *_BOOKS})),
        attributes=("Access_Method",),
        view=False,
    ),
    ReportKind(
        "PR_P1",
        "Platform Usage",
        "Searches and requests on the whole platform.",
        "platform",
        (SEARCHES, TIR, UIR, UTR),
        tuple(sorted({"Platform", *_ITEMS, *_BOOKS})),
        columns=("Data_Type",),
        fixed=("Metric_Type", "Access_Method"),
        methods=_REGULAR,
    ),
    ReportKind(
        "TR",
        "Title Report",
        "Usage of journals, books and other titles.",
        "title",
        (TII, TIR, UII, UIR, UTI, UTR, LIMIT, DENIED),
        _TITLES,
        attributes=("YOP", "Access_Type", "Access_Method"),
        view=False,
    ),
    ReportKind(
        "TR_B1",
        "Book Requests (Controlled)",
        "Requests for books that need a licence.",
        "title",
        (TIR, UTR),
        _BOOKS,
        columns=("Data_Type", "YOP"),
        fixed=_ALL,
        access_types=_CONTROLLED,
        methods=_REGULAR,
    ),
    ReportKind(
        "TR_B2",
        "Book Access Denied",
        "Requests for books that were refused.",
        "title",
        (LIMIT, DENIED),
        _BOOKS,
        columns=("Data_Type", "YOP"),
        fixed=_NO_ACCESS,
        methods=_REGULAR,
    ),
    ReportKind(
        "TR_B3",
        "Book Usage by Access Type",
        "All usage of books, by type of access.",
        "title",
        (TII, TIR, UII, UIR, UTI, UTR),
        _BOOKS,
        columns=("Data_Type", "YOP", "Access_Type"),
        fixed=_NO_ACCESS,
        methods=_REGULAR,
    ),
    ReportKind(
        "TR_J1",
        "Journal Requests (Controlled)",
        "Requests for journals that need a licence.",
        "title",
        (TIR, UIR),
        ("Journal",),
        fixed=_ALL,
        access_types=_CONTROLLED,
        methods=_REGULAR,
    ),
    ReportKind(
        "TR_J2",
        "Journal Access Denied",
        "Requests for journals that were refused.",
        "title",
        (LIMIT, DENIED),
        ("Journal",),
        fixed=_NO_ACCESS,
        methods=_REGULAR,
    ),
    ReportKind(
        "TR_J3",
        "Journal Usage by Access Type",
        "All usage of journals, by type of access.",
        "title",
        (TII, TIR, UII, UIR),
        ("Journal",),
        columns=("Access_Type",),
        fixed=_NO_ACCESS,
        methods=_REGULAR,
    ),
    ReportKind(
        "TR_J4",
        "Journal Requests by YOP (Controlled)",
        "Requests for journals that need a licence, by year of publication.",
        "title",
        (TIR, UIR),
        ("Journal",),
        columns=("YOP",),
        fixed=_ALL,
        access_types=_CONTROLLED,
        methods=_REGULAR,
    ),
    ReportKind(
        "IR",
        "Item Report",
        "Usage of articles, chapters and other items.",
        "item",
        (TII, TIR, UII, UIR, LIMIT, DENIED),
        _ITEMS,
        attributes=(
            "Authors",
            "Publication_Date",
            "Article_Version",
            "YOP",
            "Access_Type",
            "Access_Method",
        ),
        view=False,
    ),
    ReportKind(
        "IR_A1",
        "Journal Article Requests",
        "Requests for articles.",
        "item",
        (TIR, UIR),
        ("Article",),
        columns=("Authors", "Publication_Date", "Article_Version", "Access_Type"),
        fixed=_NO_ACCESS,
        methods=_REGULAR,
    ),
)


def kind_of(name: str) -> ReportKind | None:
    """Return a report by its id, in any case of letters."""
    return next((kind for kind in KINDS if kind.id == name.upper()), None)
