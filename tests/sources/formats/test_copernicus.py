"""Copernicus' metadata become records without a body."""

from __future__ import annotations

from pathlib import Path

from fonds.record import Conference
from tests.sources.formats.reading import read, read_folder

RECORD = """<article language="en"><journal><journal_title>Annals</journal_title>
<issn>2194-9042</issn><eissn>2194-9050</eissn><volume_number>X-1</volume_number>
<volume_title>29th CIPA Symposium</volume_title><publication_year>2023</publication_year></journal>
<doi>10.5194/x-1</doi><article_url>https://example.org/1</article_url><start_page>237</start_page>
<end_page>244</end_page><publication_date>2023-06-23</publication_date>
<article_title content_type="html">On CO&lt;sub&gt;2&lt;/sub&gt; &amp;amp; ice</article_title>
<authors><author affiliations="1,2"><name>L. Běloch</name><email>l@x.cz</email>
<contrib-id>0000-0002-1825-0097</contrib-id></author></authors><affiliations>
<affiliation numeration="1" content_type="html">A, Prague</affiliation>
<affiliation numeration="2">B</affiliation></affiliations>
<abstract content_type="html">&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;</abstract>
<references><reference numeration="1">Zahle, F.: PGL, https://doi.org/10.5194/pgl, 2022. a, b
</reference></references></article>"""


def test_record() -> None:
    """HTML in texts is read; the year, the link and the meeting come from their places."""
    reading = read(RECORD)[0]
    record = reading.record
    assert reading.text is None
    assert record.title == "On CO2 & ice"
    assert record.abstract == "First. Second."
    assert (record.publication_date, record.online_date) == ("2023", "2023-06-23")
    (author,) = record.author
    assert author.affiliations == ("A, Prague", "B", "E-mail: l@x.cz")
    assert author.orcid == "0000-0002-1825-0097"
    assert record.genre == ("conference",)
    assert record.host is not None
    assert record.host.conference == (Conference(name="29th CIPA Symposium"),)
    assert record.fulltext_url == "https://example.org/1"
    (entry,) = record.ref_bibs
    assert (entry.key, entry.doi, entry.publication_date) == ("1", "10.5194/pgl", "2022")
    assert entry.text.endswith("2022.")


def test_real_files(shared: Path) -> None:
    """The real files are complete, without HTML left in them."""
    found = list(read_folder(shared / "corpora" / "copernicus-meta"))
    assert len(found) == 3
    for path, reading in found:
        record = reading.record
        assert record.title, path
        assert record.doi, path
        assert "<" not in record.abstract, path
        assert "&" not in record.title, path
        assert all(author.affiliations for author in record.author), path
        assert record.host is not None
        assert record.host.volume, path


def test_names_are_parted_where_clear(shared: Path) -> None:
    """A name of two words, initials or a particle has a surname; others are left whole."""
    found = {
        author.name: (author.forename, author.surname)
        for _, reading in read_folder(shared / "corpora/copernicus-meta")
        for author in reading.record.author
    }
    assert found["Marie Dumont"] == ("Marie", "Dumont")
    assert found["Gaël Le Roux"] == ("Gaël", "Le Roux")
    assert found["K. Pavelka jr."] == ("K.", "Pavelka")
    assert found["Georg Raimund Pirrung"] == ("", "")
