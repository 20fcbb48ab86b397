"""Who cites whom as fields of a query: by DOI, by title and year, as the archive is now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.archive.archive import Archive
from fonds.errors import QueryInvalid
from fonds.loading.index import catch_up
from fonds.record import Record, Reference
from fonds.search.citations.files import FOLDER, read_state
from fonds.search.citations.keys import Citing, cited_keys, own_keys, read_citing
from fonds.search.citations.store import refresh_citations
from fonds.search.cursors import CursorStore
from fonds.search.doctor import Doctor
from fonds.search.engine import Engine
from fonds.search.engines import open_engine
from fonds.search.query.lucene import read_query
from fonds.search.query.printer import to_lucene
from fonds.search.service import SearchService
from fonds.search.state_file import STATE
from fonds.settings import Settings
from tests.archive.making import document

BOOK = "On the mosses of northern island shores"
RECORDS = (
    Record(title=BOOK, doi=("10.1000/Moss.1",), publication_date="1999"),
    Record(title="Lichens", publication_date="2001", ref_bibs=(Reference(doi="10.1000/MOSS.1"),)),
    Record(
        title="Ferns of the northern island shores",
        publication_date="2003",
        ref_bibs=(
            Reference(title="On the Mosses of Northern Island-Shores", publication_date="2000"),
            Reference(title="Lichens", publication_date="2001"),  # too short to name a work
            Reference(doi="10.9999/elsewhere"),
        ),
    ),
    Record(
        title="Birds",
        ref_bibs=(
            Reference(title=BOOK, publication_date="2004"),  # too far from its year
            Reference(title=BOOK, doi="10.9999/another", publication_date="1999"),  # not its DOI
            Reference(title="Ferns of the northern island shores", publication_date="2002"),
        ),
    ),
)


class Home:
    """A home and what searches it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.add(RECORDS)
        self.engine: Engine = open_engine(path, Settings(), writable=False)
        with Archive.open(path, Settings()) as archive:
            self.names = {one.ord: (one.id, one.ark) for one in archive.documents()}
        self.service = SearchService(
            Archive.open(path, Settings()), self.engine, CursorStore(path / "cursors"),
            Settings().search,
        )  # fmt: skip

    def add(self, records: tuple[Record, ...], first: int = 0, content: str = "") -> None:
        """Load documents of these records."""
        with Archive.open(self.path, Settings(), writable=True) as archive:
            with archive.batch("plants") as batch:
                for number, record in enumerate(records, first):
                    batch.add(
                        msgspec.structs.replace(document(number, content=content), record=record)
                    )
                batch.commit()
            engine = open_engine(self.path, Settings(), writable=True)
            catch_up(archive, engine)
            engine.close()

    def ords(self, q: str) -> list[int]:
        """Return the documents that a query finds."""
        return sorted(hit.ord for hit in self.service.search(self.service.ask(q)).hits)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Return a home of the records above, which have the numbers 1 to 4."""
    made = Home(tmp_path_factory.mktemp("citations"))
    yield made
    made.engine.close()


def test_by_doi_and_by_title(home: Home) -> None:
    """The same DOI in any case; else the same long title, years at most one apart."""
    identifier, ark = home.names[1]
    for said in (identifier, ark, "10.1000/moss.1", "https://doi.org/10.1000/Moss.1", f'"{ark}"'):
        assert home.ords(f"cites:{said}") == [2, 3], said
    assert home.ords(f"citedBy:{home.names[3][1]}") == [1]
    assert home.ords(f"cites:{home.names[3][0]}") == [4]
    assert home.ords(f"cites:{home.names[2][0]}") == []
    assert home.ords("cites:10.9999/elsewhere") == []


def test_counts(home: Home) -> None:
    """How many documents cite one, and how many it cites; none is a number, too."""
    assert home.ords("citingHere:>=2") == [1]
    assert home.ords("citingHere:1") == [3]
    assert home.ords("citingHere:[1 TO *]") == home.ords("citingHere:*") == [1, 3]
    assert home.ords("citingHere:0") == home.ords("NOT citingHere:>0") == [2, 4]
    assert home.ords("citingHere:[0 TO 1]") == [2, 3, 4]
    assert home.ords("citedHere:{0 TO 1]") == home.ords("_exists_:cites") == [2, 3, 4]
    assert home.ords("citedHere:0") == [1]


def test_with_other_words(home: Home) -> None:
    """Within a query as any field: with and, not, boosts, groups."""
    ark = home.names[1][1]
    assert home.ords(f"title:lichens AND cites:{ark}") == [2]
    assert home.ords(f"title:ferns (cites:{ark})^3 -title:lichens") == [3]
    assert home.ords(f"* AND NOT cites:{ark}") == [1, 4]


@pytest.mark.parametrize(
    "q", ["cites:darwin", "cites:10.1*", "cites:[1 TO 3]", "citingHere:many", "citingHere:1*",
          "cites:moss~", "citedBy:/x/"],
)  # fmt: skip
def test_what_cannot_be_asked(q: str) -> None:
    """Words, patterns, ranges of documents: refused with the place and what was expected."""
    with pytest.raises(QueryInvalid) as caught:
        read_query(q)
    assert caught.value.data["position"] == 1


def test_explained(home: Home) -> None:
    """The doctor prints the query back and counts its parts."""
    ark = home.names[1][1]
    said = Doctor(home.service, home.engine).explain(f"cites:{ark} AND title:lichens")
    assert [(part.field, part.matches) for part in said.parts] == [("cites", 2), ("title", 1)]
    assert said.total == 1
    assert to_lucene(read_query(to_lucene(read_query(f"cites:{ark}")))) == said.understood.split()[
        0
    ].removeprefix("+")


def test_what_comes_later_counts(tmp_path: Path) -> None:
    """A load, a new version, a lost file, a killed run: answers are of the archive as it is."""
    home = Home(tmp_path)
    identifier = home.names[1][0]
    assert home.ords(f"cites:{identifier}") == [2, 3]
    late = Record(title="Late", ref_bibs=(Reference(doi="10.1000/moss.1"),))
    home.add((late,), len(RECORDS))
    assert home.ords(f"cites:{identifier}") == [2, 3, 5]
    home.add((msgspec.structs.replace(RECORDS[1], ref_bibs=()),), 1, "<article/>")
    assert home.ords(f"cites:{identifier}") == [3, 5]
    assert home.ords("citingHere:2") == [1]
    folder = tmp_path / FOLDER
    (folder / "works").write_bytes(b"")
    (folder / STATE).unlink()
    assert home.ords(f"cites:{identifier}") == [3, 5]
    state = read_state(folder)
    assert state is not None
    with (folder / "references").open("ab") as file:
        file.write(b"what a killed run had written")
    home.add((msgspec.structs.replace(late, title="Later"),), len(RECORDS) + 1)
    assert home.ords(f"cites:{identifier}") == [3, 5, 7]
    with Archive.open(tmp_path, Settings()) as archive:
        assert refresh_citations(tmp_path, archive) == read_state(folder)
    home.engine.close()


TITLES = st.sampled_from(["A b c d", "a B, c-d", "A b c", "Á b c d e", "a b c d e"])
DOIS = st.sampled_from(["", "10.1/x", "10.1/X", "10.1/y"])
YEARS = st.sampled_from(["", "1999", "2000", "2001-05", "x"])


@given(st.tuples(TITLES, DOIS, YEARS), st.tuples(TITLES, DOIS, YEARS))
@settings(max_examples=300)
def test_keys_meet_where_the_rule_says(
    work: tuple[str, str, str], reference: tuple[str, str, str]
) -> None:
    """A work and a reference share a key when the rule of the pages makes them one."""
    title, doi, year = work
    record = Record(title=title, doi=(doi,) if doi else (), publication_date=year)
    cited, cited_doi, cited_year = reference
    one = Reference(title=cited, doi=cited_doi, publication_date=cited_year)
    keys = set(own_keys(_read(record))) & set(cited_keys(_read(Record(ref_bibs=(one,)))))
    if doi and cited_doi:
        assert bool(keys) == (doi.lower() == cited_doi.lower())
        return
    same = _plain(title) == _plain(cited) and len(_plain(title).split()) >= 4
    years = year[:4], cited_year[:4]
    near = all(map(str.isdigit, years)) and abs(int(years[0]) - int(years[1])) <= 1
    assert bool(keys) == (same and near)


def _read(record: Record) -> Citing:
    return read_citing(msgspec.json.encode(record))


def _plain(title: str) -> str:
    return " ".join(title.lower().replace(",", "").replace("-", " ").replace("á", "a").split())
