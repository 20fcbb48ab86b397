"""Every report fits the standard's schema, says what was counted by hand, agrees with the rest."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.access.usage.as_json import report_json
from fonds.access.usage.as_tsv import report_tsv
from fonds.access.usage.events import AccessType, Event, pack_ords
from fonds.access.usage.kinds import KINDS
from fonds.access.usage.months import Months
from fonds.access.usage.reports import WORLD_ID, Customer, Report
from tests.access.usage.samples import LORRAINE, RECORDS, keep, report_of

JANUARY = 1_767_258_000_000  # 2026-01-01T09:00:00Z
FEBRUARY = 1_769_936_400_000  # 2026-02-01T09:00:00Z
MINUTE = 60_000
WORLD = Customer(WORLD_ID, "The World", {"ISNI": (WORLD_ID,)})


def used(
    time: int, kind: str, number: int, access: AccessType = "Controlled", **more: Any
) -> Event:
    """Make an event of somebody in Lorraine."""
    ords = pack_ords([number] if number else [])
    given = {"customers": ("lorraine",), **more}
    return Event(time, "ada", f"/{number}/{kind}", kind, ords, access, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Months:
    """Return two months of use."""
    folder = tmp_path_factory.mktemp("usage")
    january = [
        used(JANUARY, "search", 0),
        used(JANUARY + MINUTE, "investigation", 1),
        used(JANUARY + 2 * MINUTE, "request", 1),
        used(JANUARY + 3 * MINUTE, "request", 2, "Open"),
        used(JANUARY + 4 * MINUTE, "request", 3),
        used(JANUARY + 5 * MINUTE, "request", 4),
        used(JANUARY + 6 * MINUTE, "no-license", 1),
        used(JANUARY + 7 * MINUTE, "investigation", 5, "Free_To_Read"),
        used(JANUARY + 8 * MINUTE, "request", 1, method="TDM"),
    ]
    february = [
        used(FEBRUARY, "request", 1),
        used(FEBRUARY + MINUTE, "request", 1, customers=()),
        used(FEBRUARY + 2 * MINUTE, "no-license", 3),
        used(FEBRUARY + 3 * MINUTE, "investigation", 6),
        used(FEBRUARY + 4 * MINUTE, "request", 7),
        used(FEBRUARY + 5 * MINUTE, "investigation", 4),
        used(FEBRUARY + 6 * MINUTE, "limit-exceeded", 2),
    ]
    keep(folder, "2026-01-01", january)
    return keep(folder, "2026-02-01", february)


@pytest.fixture(scope="module")
def schema(shared: Path) -> dict[str, Any]:
    """Return the schemas of the standard."""
    found: dict[str, Any] = json.loads((shared / "refs/counter/COUNTER_API.json").read_text())
    return found


VARIANTS: list[tuple[str, dict[str, str]]] = [
    *((kind.id, {}) for kind in KINDS),
    ("PR", {"attributes_to_show": "Access_Method"}),
    ("PR", {"granularity": "Total", "platform": "Fonds of Nowhere"}),
    ("TR", {"attributes_to_show": "YOP|Access_Type|Access_Method"}),
    ("TR", {"data_type": "Book", "yop": "2019|2021-2023", "access_type": "Controlled|Open"}),
    ("TR", {"odd": "1", "data_type": "Moon", "attributes_to_show": "Colour"}),
    (
        "IR",
        {"attributes_to_show": "Authors|Publication_Date|YOP", "include_parent_details": "True"},
    ),
    ("IR", {"item_id": "DOI:10.1000/bees", "author": "ORCID:0000-0002-1825-0097"}),
    ("IR", {"include_component_details": "True"}),
    ("TR", {"item_id": "ISSN:0000-0000"}),
]


@pytest.mark.parametrize(("name", "given"), VARIANTS)
def test_reports_fit_the_schema(
    months: Months, schema: dict[str, Any], name: str, given: dict[str, str]
) -> None:
    """JSON Schema 2020-12 of the COUNTER API."""
    for customer in (LORRAINE, WORLD):
        found = report_json(report_of(months, name, customer, **given))
        validator = jsonschema.Draft202012Validator(
            {"$ref": f"#/components/schemas/{name}", "components": schema["components"]},
            format_checker=jsonschema.FormatChecker(),
        )
        assert [error.message for error in validator.iter_errors(found)] == []


def rows(report: Report) -> dict[tuple[str, ...], dict[str, dict[str, int]]]:
    """Return the rows of a report by subject and attributes."""
    return {
        (row.subject.name if row.subject else "", *row.attributes.values()): {
            metric: dict(counts) for metric, counts in row.performance.items()
        }
        for row in report.rows
    }


def test_journal_requests(months: Months) -> None:
    """TR_J1: controlled and regular alone; open access and text mining are elsewhere."""
    assert rows(report_of(months, "TR_J1")) == {
        ("Annals of Nothing",): {
            "Total_Item_Requests": {"2026-01": 1, "2026-02": 1},
            "Unique_Item_Requests": {"2026-01": 1, "2026-02": 1},
        }
    }
    world = rows(report_of(months, "TR_J1", WORLD))["Annals of Nothing",]
    assert world["Total_Item_Requests"] == {"2026-01": 1, "2026-02": 2}


def test_journals_by_year_and_access(months: Months) -> None:
    """TR_J4 by year of publication; TR_J3 by access."""
    assert list(rows(report_of(months, "TR_J4"))) == [("Annals of Nothing", "2020")]
    by_access = rows(report_of(months, "TR_J3"))
    assert by_access["Annals of Nothing", "Open"]["Total_Item_Requests"] == {"2026-01": 1}
    controlled = by_access["Annals of Nothing", "Controlled"]
    assert controlled["Total_Item_Investigations"] == {"2026-01": 2, "2026-02": 1}
    assert controlled["Unique_Item_Investigations"] == {"2026-01": 1, "2026-02": 1}


def test_books(months: Months) -> None:
    """TR_B1: two chapters in a session are two requests and one title."""
    found = rows(report_of(months, "TR_B1"))
    assert found["The Book of Bees", "Book", "2019"] == {
        "Total_Item_Requests": {"2026-01": 2},
        "Unique_Title_Requests": {"2026-01": 1},
    }


def test_denials(months: Months) -> None:
    """TR_J2 and TR_B2."""
    assert rows(report_of(months, "TR_J2")) == {
        ("Annals of Nothing",): {
            "Limit_Exceeded": {"2026-02": 1},
            "No_License": {"2026-01": 1},
        }
    }
    assert rows(report_of(months, "TR_B2")) == {
        ("The Book of Bees", "Book", "2019"): {"No_License": {"2026-02": 1}}
    }


def test_text_mining_is_in_master_reports_only(months: Months) -> None:
    """TDM stands in TR, split off where that is asked, and in no view."""
    found = rows(report_of(months, "TR", attributes_to_show="Access_Method"))
    assert found["Annals of Nothing", "Journal", "TDM"]["Total_Item_Requests"] == {"2026-01": 1}
    with_tdm = rows(report_of(months, "TR"))["Annals of Nothing", "Journal"]
    assert with_tdm["Total_Item_Requests"] == {"2026-01": 3, "2026-02": 1}


def test_platform(months: Months) -> None:
    """PR_P1: searches, and requests by type."""
    found = rows(report_of(months, "PR_P1"))
    assert found["", "Platform"] == {"Searches_Platform": {"2026-01": 1}}
    assert found["", "Article"]["Total_Item_Requests"] == {"2026-01": 2, "2026-02": 1}
    assert found["", "Book_Segment"]["Unique_Item_Requests"] == {"2026-01": 2}
    assert found["", "Book"]["Unique_Title_Requests"] == {"2026-01": 1, "2026-02": 1}


def test_items_below_their_titles(months: Months) -> None:
    """IR with parents groups items by journal or book."""
    given = {"include_parent_details": "True", "attributes_to_show": "Authors|Publication_Date"}
    found = report_json(report_of(months, "IR", LORRAINE, **given))["Report_Items"]
    bees = next(one for one in found if one["Title"] == "Annals of Nothing")
    assert bees["Data_Type"] == "Journal"
    assert bees["Item_ID"]["Print_ISSN"] == "1234-5679"
    first = bees["Items"][0]
    assert first["Authors"] == [{"Name": "Ada Exemple", "ORCID": "0000-0002-1825-0097"}]
    assert first["Publication_Date"] == "2020-05-17"
    assert first["Item_ID"]["URI"] == "https://fonds.example/notice/ark:/99999/t1"
    book = next(one for one in found if one["Title"] == "The Book of Bees")
    assert book["Item_ID"]["ISBN"] == "978-2-07-040850-4"


def test_nothing_found(months: Months) -> None:
    """A filter that leaves nothing gives 3030 and no rows."""
    report = report_of(months, "TR", item_id="DOI:10.1/none")
    assert report.rows == ()
    header = report_json(report)["Report_Header"]
    assert header["Exceptions"] == [
        {"Code": 3030, "Message": "No Usage Available for Requested Dates"}
    ]


def test_total_granularity(months: Months) -> None:
    """One number for the whole period, under its first month; the table has no months."""
    report = report_of(months, "TR", granularity="Total")
    found = rows(report)["Annals of Nothing", "Journal"]
    assert found["Total_Item_Requests"] == {"2026-01": 4}
    table = report_tsv(report).decode("utf-8-sig").split("\r\n")
    assert table[14].endswith("Metric_Type\tReporting_Period_Total")


def test_tables_look_like_the_samples(months: Months, shared: Path) -> None:
    """Header, order of columns and the byte order mark are those of the official tables."""
    for name, asked in {
        "TR": {"attributes_to_show": "YOP|Access_Type|Access_Method"},
        "TR_J1": {},
        "PR": {"attributes_to_show": "Access_Method"},
        "IR": {
            "attributes_to_show": "Authors|Publication_Date|Article_Version|YOP|Access_Type|"
            "Access_Method",
            "include_parent_details": "True",
        },
    }.items():
        sample = (shared / f"refs/counter/{name.replace('_', '')}_sample_r51.tsv").read_bytes()
        ours = report_tsv(report_of(months, name, LORRAINE, **asked))
        assert sample[:3] == ours[:3]
        theirs = [line.split("\t") for line in sample.decode("utf-8-sig").splitlines()]
        mine = [line.split("\t") for line in ours.decode("utf-8-sig").splitlines()]
        assert [line[0] for line in mine[:13]] == [line[0] for line in theirs[:13]]
        assert mine[13] == [""]
        columns = [cell for cell in theirs[14] if not cell.endswith("-2022")]
        columns = [cell for cell in columns if not (name == "IR" and cell.startswith("Parent_Pub"))]
        mine_columns = [cell for cell in mine[14] if not cell.endswith("-2026")]
        mine_columns = [
            c for c in mine_columns if not (name == "IR" and c.startswith("Parent_Pub"))
        ]
        assert mine_columns == columns
        assert len({len(line) for line in mine[14:]}) == 1


def test_a_tab_in_a_title_stays_in_its_cell(months: Months) -> None:
    """No value of a record breaks the table."""
    table = report_tsv(report_of(months, "IR")).decode("utf-8-sig")
    assert "On wasps and tabs\t" in table


EVENTS = st.builds(
    lambda minute, user, kind, number, access, method, mine: Event(
        JANUARY + minute * 17_000,
        user,
        f"/{number}/{kind}",
        kind,
        pack_ords([] if kind == "search" else [number]),
        access,
        method,
        ("lorraine",) if mine else (),
    ),
    st.integers(0, 400),
    st.sampled_from(["ada", "bob"]),
    st.sampled_from(["search", "investigation", "request", "no-license"]),
    st.sampled_from(sorted(RECORDS)),
    st.sampled_from(["Controlled", "Open", "Free_To_Read"]),
    st.sampled_from(["Regular", "TDM"]),
    st.booleans(),
)


def total(report: Report, metric: str) -> int:
    """Return the sum of a metric over all rows."""
    return sum(sum(row.performance.get(metric, {}).values()) for row in report.rows)


@settings(max_examples=12, deadline=None)
@given(st.lists(EVENTS, max_size=60))
def test_reports_agree(events: list[Event]) -> None:
    """Platform, titles and items add up to the same; views are parts of their master reports."""
    with tempfile.TemporaryDirectory() as folder:
        months = keep(Path(folder), "2026-01-01", events)
        for customer in (LORRAINE, WORLD):
            made = {kind.id: report_of(months, kind.id, customer) for kind in KINDS}
            for metric in ("Item_Investigations", "Item_Requests"):
                for prefix in ("Total_", "Unique_"):
                    name = prefix + metric
                    assert total(made["PR"], name) == total(made["TR"], name)
                    whole = report_of(months, "PR", customer, data_type="Book")
                    assert total(made["IR"], name) == total(made["TR"], name) - total(whole, name)
                assert total(made["TR"], f"Unique_{metric}") <= total(made["TR"], f"Total_{metric}")
            for metric in ("Unique_Title_Investigations", "Unique_Title_Requests"):
                assert total(made["PR"], metric) == total(made["TR"], metric)
            requests = "Total_Item_Requests"
            regular = report_of(
                months, "TR", customer, access_method="Regular", data_type="Journal"
            )
            assert total(made["TR_J3"], requests) == total(regular, requests)
            assert total(made["TR_J1"], requests) == total(made["TR_J4"], requests)
            assert total(made["TR_J1"], requests) <= total(made["TR_J3"], requests)
            assert total(made["IR_A1"], requests) == total(made["TR_J3"], requests)
            assert total(made["PR"], requests) <= total(made["PR"], "Total_Item_Investigations")
