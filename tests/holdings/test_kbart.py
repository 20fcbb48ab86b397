"""KBART files keep to the recommendation, and say what the archive holds."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.access.rights import AccessFile, CollectionRule, Rights
from fonds.holdings.coverage import Place, coverage_of
from fonds.holdings.holdings import Choice
from fonds.holdings.kbart import (
    COLUMNS,
    Row,
    file_name,
    lines,
    package_of,
    rows_of,
    title_rows,
)
from fonds.holdings.kbart_rules import BACON_NAME, faults
from fonds.holdings.model import Title
from fonds.settings import HoldingsSettings
from tests.holdings.making import EISSN, ISSN, article, book, held

BASE = "https://archive.example.org"
OPEN = Rights(AccessFile())
GOOD = Row(
    publication_title="Nature", title_id="x", title_url=BASE, publication_type="serial",
    access_type="P", date_first_issue_online="1990", date_last_issue_online="1991",
)  # fmt: skip


def test_the_header_has_the_25_columns_in_their_order() -> None:
    """NISO RP-9-2014, table 1."""
    assert "\t".join(COLUMNS) == (
        "publication_title	print_identifier	online_identifier	date_first_issue_online"
        "	num_first_vol_online	num_first_issue_online	date_last_issue_online"
        "	num_last_vol_online	num_last_issue_online	title_url	first_author	title_id"
        "	embargo_info	coverage_depth	notes	publisher_name	publication_type"
        "	date_monograph_published_print	date_monograph_published_online	monograph_volume"
        "	monograph_edition	first_editor	parent_publication_title_id"
        "	preceding_publication_title_id	access_type"
    )


def test_a_file_is_read_back(tmp_path: Path) -> None:
    """Parsed by the csv module, the rows are the ranges of what was loaded."""
    documents = [
        article(1, volume="1", issue="1", eissn=(EISSN,)),
        article(2, volume="1", issue="2"),
        article(3, volume="4", issue="1", year="1993", pdf=False, collection="other"),
        article(4, issn=(), title='Tabs\tand "quotes"\n', year="2000"),
        book(5, isbn=("978-0-12-037311-6",)),
        article(6, issn=(), title="Without a year", year=""),
    ]
    with held(tmp_path, documents) as holdings:
        text = "".join(lines(rows_of(holdings, OPEN, BASE)))
        assert faults(text) == []
        table = list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
        nature = [row for row in table if row["print_identifier"] == ISSN]
        assert [row["num_first_vol_online"] for row in nature] == ["1", "4"]
        assert nature[0]["online_identifier"] == EISSN
        assert nature[0]["num_last_issue_online"] == "2"
        assert [row["coverage_depth"] for row in nature] == ["fulltext", "abstracts"]
        assert len({row["title_id"] for row in nature}) == 1
        title = holdings.title(nature[0]["title_id"].rpartition("/")[2])
        assert title is not None
        assert nature[0]["title_url"] == f"{BASE}/journals/{title.id}"
        (chapter,) = [row for row in table if row["publication_type"] == "monograph"]
        assert chapter["print_identifier"] == "9780120373116"
        assert chapter["date_monograph_published_print"] == "1999"
        assert chapter["first_author"] == "Exemple"
        assert 'Tabs and "quotes"' in [row["publication_title"] for row in table]
        assert "Without a year" not in text
        one = "".join(lines(rows_of(holdings, OPEN, BASE, Choice(collection="other"))))
        assert one.count("\n") == 2
        shut = Rights(AccessFile(collections={"*": CollectionRule(access="restricted")}))
        assert all(row.access_type == "P" for row in rows_of(holdings, shut, BASE))
        assert all(row.access_type == "F" for row in rows_of(holdings, OPEN, BASE))


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"publication_title": ""}, "publication_title"),
        ({"print_identifier": "00280836"}, "print_identifier"),
        ({"print_identifier": "0028-0837"}, "print_identifier"),
        ({"title_url": "archive.example.org"}, "title_url"),
        ({"date_first_issue_online": "90"}, "date_first_issue_online"),
        ({"date_last_issue_online": ""}, "date_last_issue_online"),
        ({"date_last_issue_online": "1989"}, "date_last_issue_online"),
        ({"date_first_issue_online": "1991-13"}, "date_first_issue_online"),
        ({"num_last_vol_online": "4"}, "num_first_vol_online"),
        ({"num_last_issue_online": "4"}, "num_first_issue_online"),
        ({"embargo_info": "P0D"}, "embargo_info"),
        ({"embargo_info": "P1Y;R10Y"}, "embargo_info"),
        ({"coverage_depth": "full"}, "coverage_depth"),
        ({"access_type": "free"}, "access_type"),
        ({"publication_type": "journal"}, "publication_type"),
        ({"notes": "a\ufffdb"}, "notes"),
        ({"publisher_name": "Ã©diteur"}, "publisher_name"),
        ({"publisher_name": "x" * 256}, "publisher_name"),
        ({"first_author": "Curie"}, "first_author"),
        ({"preceding_publication_title_id": "unknown"}, "preceding_publication_title_id"),
    ],
)
def test_faults_are_found(changes: dict[str, str], column: str) -> None:
    """Each rule finds what breaks it, and names the column."""
    found = faults("".join(lines([msgspec.structs.replace(GOOD, **changes)])))
    assert column in {one.column for one in found}


def test_good_rows_pass() -> None:
    """Embargoes as GOKb writes them, dates of any precision; the file may hold no row."""
    for embargo in ("P1Y", "R10Y", "R10Y;P30D"):
        row = msgspec.structs.replace(
            GOOD, embargo_info=embargo, date_first_issue_online="1990-02-28",
            date_last_issue_online="1990-02",
        )  # fmt: skip
        assert faults("".join(lines([row]))) == []
    assert faults("".join(lines([]))) == []


def test_files_that_are_none() -> None:
    """A wrong header, a row of another width, the same row twice, one identifier for two."""
    assert faults("a\tb\n")[0].row == 1
    good = "".join(lines([GOOD]))
    assert [one.row for one in faults(good + "a\tb\n")] == [3]
    assert [one.reason for one in faults(good + good.partition("\n")[2])] == [
        "the same row stands twice"
    ]
    other = msgspec.structs.replace(GOOD, publication_title="Science")
    assert [one.column for one in faults("".join(lines([GOOD, other])))] == ["title_id"]


def test_names_of_files() -> None:
    """BACON's pattern fits, whatever the collection is called; a name leads to its collection."""
    settings = HoldingsSettings(provider="Université X", region="France")
    day = date(2026, 11, 26)
    for collection in ("revues_1", "elsevier", "é à.b"):
        name = file_name(settings, collection, day)
        assert BACON_NAME.fullmatch(name), name
        assert package_of(name, [collection, "x"]) == collection
        assert package_of(collection, [collection, "x"]) == collection
    assert file_name(settings, "AllTitles", day) == "Universite-X_France_AllTitles_2026-11-26.tsv"
    assert package_of("A_B_AllTitles_2020-01-01.txt", ["x"]) == ""
    assert package_of("unknown", ["x"]) is None


PLACES = st.lists(
    st.builds(
        Place,
        year=st.one_of(st.just(0), st.integers(1850, 2026)),
        volume=st.one_of(st.just(""), st.integers(1, 30).map(str), st.text(max_size=6)),
        issue=st.one_of(st.just(""), st.integers(1, 12).map(str), st.text(max_size=6)),
        documents=st.just(1),
        texts=st.integers(0, 1),
    ),
    max_size=12,
)


@given(st.text(max_size=60), st.text(max_size=60), PLACES)
def test_anything_makes_a_valid_file(name: str, publisher: str, held_: list[Place]) -> None:
    """Whatever publishers deliver, the rows keep every rule and none stands twice."""
    title = Title(
        id="TTL-0", kind="serial", name=name or "x", publisher=publisher, issn=(ISSN,), documents=1
    )
    rows = list(title_rows(title, coverage_of(held_), BASE, "99999", is_free=True))
    found = [one for one in faults("".join(lines(rows))) if one.reason != "characters were lost"]
    lost = [one for one in found if one.column == "publication_title"]
    assert found == lost  # a name of blanks alone is the one thing that cannot be written
    assert max(Counter(rows).values(), default=1) == 1
