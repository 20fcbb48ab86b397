"""DataCite's descriptions in XML and JSON become records."""

from __future__ import annotations

import gzip
from pathlib import Path

from fonds.settings import LimitSettings
from fonds.sources.delivery import open_delivery
from fonds.sources.detect import load_readers, read_candidate
from fonds.sources.model import Candidate
from tests.sources.formats.reading import read, read_folder

_JSON = b"""{"id": "10.1000/%d", "attributes": {"doi": "10.1000/%d", "creators": [{"name": "Curie,
Marie", "nameType": "Personal", "affiliation": ["CNRS"]}], "titles": [{"title": "Bees"}],
"publisher": "P", "publicationYear": 2017, "types": {"resourceTypeGeneral": "Dataset"},
"descriptions": [{"description": "About <i>bees</i>", "descriptionType": "Abstract"}]}}"""


def test_the_full_example(shared: Path) -> None:
    """Titles, people, funders, dates and the journal of a related item are told."""
    folder = shared / "corpora" / "datacite"
    (full,) = read((folder / "datacite-example-full-v4.xml").read_bytes())
    record = full.record
    assert record.title == "Example Title: Example Subtitle"
    assert (record.author[0].orcid, record.author[1].name) == (
        "0000-0001-5727-2427",
        "ExampleOrganization",
    )
    assert record.funder[0].name == "Example Funder"
    (paper,) = read((folder / "datacite-example-datapaper-v4.xml").read_bytes())
    assert paper.record.host is not None
    assert paper.record.host.title == "Geoscience Data Journal"


def test_real_files(shared: Path) -> None:
    """Every kernel's examples are read, with DOI, title and year."""
    found = [r for _, r in read_folder(shared / "corpora" / "datacite", "*.xml")]
    assert len(found) == 30
    assert all(r.record.doi and r.record.title and r.record.publication_date for r in found)


def test_a_thousand_lines_in_gzip(tmp_path: Path) -> None:
    """JSON to a line, compressed, is read record by record; each is a document."""
    lines = b"\n".join((_JSON % (n, n)).replace(b"\n", b" ") for n in range(1000))
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(lines))
    with open_delivery(tmp_path, LimitSettings(), tmp_path / "spool") as delivery:
        (item,) = list(delivery)
    assert isinstance(item, Candidate)
    found = read_candidate(item, load_readers(), LimitSettings())
    assert isinstance(found, tuple)
    assert len(found) == 1000
    assert found[7].record.doi == ("10.1000/7",)
    assert found[7].record.abstract == "About bees"
    assert found[7].record.author[0].affiliations == ("CNRS",)


def test_bombs_in_gzip_are_refused(tmp_path: Path) -> None:
    """What unpacks to more than the limit is not read."""
    (tmp_path / "x.jsonl.gz").write_bytes(gzip.compress(bytes(1_000_000)))
    limits = LimitSettings(xml_bytes=10_000)
    with open_delivery(tmp_path, limits, tmp_path / "spool") as delivery:
        (item,) = list(delivery)
    assert isinstance(item, Candidate)
    found = read_candidate(item, load_readers(), limits)
    assert not isinstance(found, tuple)
    assert found.finding.code == "archive-bomb"


def test_where_it_appeared_is_no_abstract() -> None:
    """A series is not shown among the abstracts."""
    xml = """<resource xmlns="http://datacite.org/schema/kernel-4"><identifier
identifierType="DOI">10.5072/1</identifier><titles><title>T</title></titles><descriptions>
<description descriptionType="SeriesInformation">Vol. 3</description>
<description descriptionType="Methods">By hand</description></descriptions></resource>"""
    (reading,) = read(xml)
    assert [other.value for other in reading.record.other_abstract] == ["By hand"]
