"""Categories of journals are found by ISSN, in the bundled table and in an operator's."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from fonds.enrich.categories.journals import (
    bundled_journals,
    plain_issn,
    read_doaj,
    read_lcc,
    read_table,
)
from fonds.enrich.categories.multicat import JournalCategories, Multicat
from fonds.enrich.categories.tree import Tree, read_tree, values
from fonds.enrich.errors import TableUnreadable
from fonds.enrich.model import Enriched
from fonds.record import Host
from fonds.settings import EnrichSettings
from tests.enrich.making import material, stood_off


def _made(host: Host, settings: EnrichSettings | None = None) -> Enriched | None:
    whole = material(title="A title")
    whole.record = msgspec.structs.replace(whole.record, host=host)
    return Multicat(settings or EnrichSettings()).enrich(whole)


def test_a_bundled_journal_has_its_path() -> None:
    """PLOS ONE is known; its classes are written from the top, level by level."""
    made = _made(Host(genre=("journal",), eissn=("1932-6203",)))
    assert made is not None
    assert isinstance(made.result, JournalCategories)
    paths = ["1 - Medicine", "2 - Medicine (General)", "1 - Science", "2 - Science (General)"]
    assert made.fields == {"categories": {"lcc": paths}}
    assert [one.get("scheme") for one in stood_off(made).iter("{*}keywords")] == ["#lcc"]


@pytest.mark.parametrize(
    "host", [Host(genre=("journal",)), Host(genre=("journal",), issn=("0000-0000", "x", ""))]
)
def test_an_unknown_journal_has_none(host: Host) -> None:
    """No ISSN, or one that no table has, is nothing."""
    assert _made(host) is None


def test_an_operators_table_is_read(tmp_path: Path) -> None:
    """A licensed scheme comes by a CSV; several rows of a journal are several paths."""
    table = tmp_path / "scopus.csv"
    table.write_text(
        "ISSN;EISSN;Level1;Level2\n12345679;;Physical Sciences;Geology\n"
        "1234-5679;2345-6789;Life Sciences;\n"
    )
    made = _made(
        Host(genre=("journal",), issn=("1234-5679",)),
        EnrichSettings(categories={"scopus": str(table)}),
    )
    assert made is not None
    assert made.fields == {
        "categories": {"scopus": ["1 - Physical Sciences", "2 - Geology", "1 - Life Sciences"]}
    }
    assert read_table(str(table))["2345-6789"] == (("Life Sciences",),)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", None])
def test_a_broken_table_is_said(tmp_path: Path, content: bytes | None) -> None:
    """A missing file, one without the columns, or no text at all is named with what to do."""
    table = tmp_path / "t.csv"
    if content is not None:
        table.write_bytes(content)
    with pytest.raises(TableUnreadable, match=r"t\.csv"):
        read_table(str(table))


def test_doajs_chains_are_cut() -> None:
    """Labels hold commas; classes of the former scheme and those above others are left out."""
    tree = Tree(
        {"R": "Medicine", "RC": "Internal medicine", "Q": "Science", "X": "Law, order"},
        {"RC": "R", "X": "Q"},
    )
    data = (
        '"Title","ISSN","EISSN","Subjects"\n'
        '"A","1234-5679","","Internal medicine,Medicine,Oncology,Medicine"\n'
        '"B","","2345-6789","Law, order,Science,Unheard of"\n'
        '"C","bad","","Science"\n'
    )
    assert read_doaj(data.encode(), tree) == {"1234-5679": ("RC",), "2345-6789": ("X",)}


def test_the_tree_is_doajs() -> None:
    """Classes are read with the class above; the bundled table knows classes of the tree alone."""
    xml = (
        "<subjects><subject><name>Medicine</name><code>R</code></subject><subject>"
        "<name>Surgery</name><code>RD</code><parent>Medicine</parent></subject></subjects>"
    )
    assert read_lcc(xml.encode()) == [("R", "", "Medicine"), ("RD", "R", "Surgery")]
    tree = read_tree()
    assert values([tree.path("RC31-1245")]) == ["1 - Medicine", "2 - Internal medicine"]
    assert tree.path("nowhere") == ()
    assert all(path for paths in bundled_journals(tree).values() for path in paths)


@pytest.mark.parametrize(
    ("text", "issn"),
    [("1932-6203", "1932-6203"), ("1234567x", "1234-567X"), ("12345678X", ""), ("", "")],
)
def test_issns(text: str, issn: str) -> None:
    """An ISSN is eight digits, however it is written."""
    assert plain_issn(text) == issn
