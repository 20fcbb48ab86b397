"""Answers of repositories: Dublin Core, arXiv, MODS, MARCXML and DataCite in OAI's envelope."""

from __future__ import annotations

from pathlib import Path

from tests.sources.formats.reading import read, read_folder

_ANSWER = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{records}
</ListRecords></OAI-PMH>"""
_RECORD = """<record><header><identifier>oai:x:{n}</identifier></header><metadata><oai_dc:dc
xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Bees {n}</dc:title>
<dc:creator>Curie, Marie</dc:creator><dc:creator>CNRS</dc:creator><dc:date>2015-12-01</dc:date>
<dc:identifier>http://dx.doi.org/10.1000/{n}</dc:identifier>
<dc:source>Journal of Bees, 2015-12-01, Volume 63, pp 353-365</dc:source>
<dc:source>EISSN: 1550-2376</dc:source><dc:language>En; French</dc:language>
<dc:rights>info:eu-repo/semantics/openAccess</dc:rights><dc:type>Article</dc:type>
<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights></oai_dc:dc></metadata></record>"""


def test_dublin_core() -> None:
    """DOI, journal, volume and pages come out of free text; each record is its own document."""
    found = read(_ANSWER.format(records="".join(_RECORD.format(n=n) for n in (1, 2))))
    assert [r.record.doi for r in found] == [("10.1000/1",), ("10.1000/2",)]
    record, host = found[0].record, found[0].record.host
    assert host is not None
    assert host.pages is not None
    assert [a.name for a in record.author] == ["Marie Curie", "CNRS"]
    assert (host.title, host.volume, host.eissn) == ("Journal of Bees", "63", ("1550-2376",))
    assert (host.pages.first, host.pages.last) == ("353", "365")
    assert (record.language, record.genre, record.publication_date) == (
        ("eng", "fre"),
        ("article",),
        "2015",
    )
    assert record.access_condition is not None
    assert record.access_condition.content_type == "isOpenAccess"
    assert record.access_condition.value == "http://creativecommons.org/licenses/by/4.0/"
    assert record.article_id == ("oai:x:1",)
    for reading in found:
        assert reading.piece is not None
        assert read(reading.piece.data)[0].record == reading.record


def test_real_answers(shared: Path) -> None:
    """Every answer but two of museums' own forms is read, with title and link."""
    unknown = {"nara.xml", "si.xml"}
    folder = shared / "corpora" / "oai-pmh"
    names = [path.name for path in folder.glob("*.xml") if path.name not in unknown]
    found = [pair for name in sorted(names) for pair in read_folder(folder, name)]
    assert {path.name for path, _ in found} == set(names)
    assert {r.reader for _, r in found} == {"oai-pmh", "mods", "dublin-core"}
    assert all(r.record.title for _, r in found)
    by_number = {number: r.record for _, r in found for number in r.record.article_id}
    hal = by_number["oai:HAL:hal-00830421v1"]
    assert (hal.doi, hal.arxiv) == (("10.1103/PhysRevE.87.033017",), ("1303.0980",))
    assert hal.host is not None
    assert (hal.host.issn, hal.host.eissn) == (("1539-3755",), ("1550-2376",))
    assert hal.host.title == "Physical Review E : Statistical, Nonlinear, and Soft Matter Physics"
    assert (hal.host.volume, hal.host.issue) == ("87", "3")
    lovasz = by_number["oai:arXiv.org:math/0306266"].host
    assert lovasz is not None
    assert (lovasz.title, lovasz.volume) == ("Combinatorics, Probability and Computing", "14")
    assert hal.author[0].name == "Rodrigo M. Pereira"
    reviewed = by_number["oai:arXiv.org:1401.2122"].host
    assert reviewed is not None
    assert reviewed.pages is not None
    assert (reviewed.title, reviewed.volume, reviewed.issue) == ("Lett. Math. Phys.", "108", "2")
    assert reviewed.pages.first == "359"
    assert by_number["oai:zenodo.org:3465853"].doi == ("10.5281/zenodo.3465853",)


def test_rdf_and_dblp(shared: Path) -> None:
    """Resources in RDF and dblp's publications are records, too."""
    folder = shared / "corpora" / "records-misc"
    (steel, _), dblp = (
        read((folder / f).read_bytes()) for f in ("jalc_lod_sample.xml", "example_dblp.xml")
    )
    assert steel.record.doi == ("10.2497/jjspm.36.898",)
    assert steel.record.host is not None
    assert (steel.record.host.volume, steel.record.host.issue) == ("36", "8")
    assert [r.record.article_id[0] for r in dblp] == [
        "conf/er/Norrie08", "conf/er/2008", "journals/cacm/Gentry10", "conf/focs/Yao82a",
    ]  # fmt: skip
    assert dblp[0].record.author[1].name == "Michael H. Böhlen"
    assert [r.record.doi for r in dblp][2:] == [
        ("10.1145/1666420.1666444",), ("10.1109/SFCS.1982.45",),
    ]  # fmt: skip


def test_namesakes_of_dblp() -> None:
    """The number behind a name tells namesakes apart and is no part of it."""
    xml = "<dblp><article key='x'><author>Wei Wang 0001</author><title>T.</title></article></dblp>"
    assert [p.name for p in read(xml)[0].record.author] == ["Wei Wang"]
