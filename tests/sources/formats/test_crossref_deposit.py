"""Crossref deposits of journal articles become records."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.settings import LimitSettings
from fonds.sources.delivery import open_delivery
from fonds.sources.detect import load_readers, read_bytes, read_candidate
from fonds.sources.formats.crossref.reader import documents
from fonds.sources.model import Candidate, Rejected

_DEPOSIT = """<doi_batch xmlns="http://www.crossref.org/schema/{version}" version="{version}">
<head><registrant>R</registrant></head><body><journal><journal_metadata><full_title>J</full_title>
<issn media_type="electronic">2475-9066</issn></journal_metadata><journal_issue><journal_volume>
<volume>4</volume></journal_volume><issue>2</issue></journal_issue><journal_article><titles>
<title>Bees</title></titles><contributors><person_name contributor_role="author" sequence="first">
<given_name>Ada</given_name><surname>Exemple</surname></person_name></contributors>
<publication_date media_type="online"><month>2</month><day>1</day><year>{year}</year>
</publication_date><pages><first_page>7</first_page></pages><doi_data><doi>{doi}</doi>
<resource>https://example.org/7</resource></doi_data><citation_list><citation key="r1">
<doi>10.1000/r</doi><unstructured_citation>Curie, 1903.</unstructured_citation></citation>
</citation_list></journal_article></journal></body></doi_batch>"""


def deposit(version: str = "4.4.0", year: str = "2019", doi: str = "10.1000/x") -> bytes:
    """Return a deposit."""
    return _DEPOSIT.format(version=version, year=year, doi=doi).encode()


@pytest.mark.parametrize("version", ["4.3.0", "4.4.0", "5.3.1", "5.5.0"])
def test_every_version(version: str) -> None:
    """The namespace of the schema's version does not matter."""
    found = read_bytes(deposit(version), load_readers(), LimitSettings())
    assert isinstance(found, tuple)
    (reading,) = found
    record, host = reading.record, reading.record.host
    assert host is not None
    assert (record.title, record.doi, record.publication_date) == ("Bees", ("10.1000/x",), "2019")
    assert (host.title, host.eissn, host.volume, host.issue) == ("J", ("2475-9066",), "4", "2")
    assert [author.name for author in record.author] == ["Ada Exemple"]
    assert [(one.doi, one.text) for one in record.ref_bibs] == [("10.1000/r", "Curie, 1903.")]
    assert reading.reader == "crossref-deposit"


def test_marks_are_no_affiliations() -> None:
    """Where a deposit gives the mark of an affiliation for its name, nothing is invented."""
    named = (
        b"<affiliations><institution><institution_name>%s</institution_name></institution>"
        b"</affiliations></person_name>"
    )
    for name, wanted in ((b"1", ()), (b"CNRS", ("CNRS",))):
        made = deposit().replace(b"</person_name>", named % name, 1)
        found = read_bytes(made, load_readers(), LimitSettings())
        assert isinstance(found, tuple)
        assert found[0].record.author[0].affiliations == wanted


def test_roles_of_both_schemas() -> None:
    """An editor is one by the attribute of old schemas and by the element of 5.5."""
    old = deposit().replace(b'contributor_role="author"', b'contributor_role="editor"')
    new = deposit().replace(b' contributor_role="author"', b"")
    new = new.replace(b"</surname>", b'</surname><role type="editor" vocab="crossref"/>', 1)
    for made in (old, new):
        found = read_bytes(made, load_readers(), LimitSettings())
        assert isinstance(found, tuple)
        assert [one.name for one in found[0].record.editor] == ["Ada Exemple"]
        assert found[0].record.author == ()


def test_language_is_the_journals_not_a_neighbours() -> None:
    """An article that names no language has its journal's; its neighbour's says nothing of it."""
    article = deposit().partition(b"<journal_article>")[2].partition(b"</journal_article>")[0]
    french = b'<journal_article language="fr">' + article + b"</journal_article>"
    other = french.replace(b"10.1000/x", b"10.1000/y")
    both = deposit().replace(b"</journal_article>", b"</journal_article>" + other)
    for made, wanted in (
        (both, ["unknown", "fre"]),
        (both.replace(b"<journal_metadata>", b'<journal_metadata language="en">'), ["eng", "fre"]),
    ):
        found = read_bytes(made, load_readers(), LimitSettings())
        assert isinstance(found, tuple)
        assert [reading.record.language[0] for reading in found] == wanted


def test_documents_within_documents() -> None:
    """Documents nested without end, as no schema allows, are one."""
    inner = b"<crossref>" + b"<conference_paper>" * 100 + b"</conference_paper>" * 100
    made = b"<doi_records>" + inner + b"</crossref></doi_records>"
    assert len(documents(etree.fromstring(made))) == 1


def test_wrong_values_are_said() -> None:
    """A DOI that is none and a year that cannot be are findings, not values."""
    found = read_bytes(deposit(year="2049", doi="none"), load_readers(), LimitSettings())
    assert isinstance(found, tuple)
    assert {finding.code for finding in found[0].findings} == {"date-implausible", "doi-invalid"}
    assert (found[0].record.doi, found[0].record.publication_date) == ((), "")


def test_pairs_of_open_journals(shared: Path, tmp_path: Path) -> None:
    """Each article is one document with its PDF; volume, journal, DOI and title are there."""
    with open_delivery(shared / "corpora" / "openjournals", LimitSettings(), tmp_path) as delivery:
        items = list(delivery)
        candidates = [item for item in items if isinstance(item, Candidate)]
        assert len(candidates) == len(items)
        assert all(candidate.description and candidate.pdf for candidate in candidates)
        readers = load_readers()
        for candidate in candidates:
            found = read_candidate(candidate, readers, LimitSettings())
            assert not isinstance(found, Rejected)
            (reading,) = found
            host = reading.record.host
            assert host is not None
            assert all((host.volume, host.title, reading.record.doi, reading.record.title))
