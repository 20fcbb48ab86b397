"""BMC's `art` becomes a document."""

from __future__ import annotations

from pathlib import Path

from tests.sources.formats.reading import read, read_folder, said, shape, unresolved

ARTICLE = """<art><ui>1471-1</ui><ji>1471-2148</ji><fm><dochead>Research article</dochead><bibl>
<title><p>History of <it>Panthera</it></p></title><aug><au id="A1"><snm>Ho</snm><mi>YW</mi>
<fnm>Simon</fnm><insr iid="I1"/><email>s@x.au</email></au><au><cnm>The Lion Group</cnm></au></aug>
<insg><ins id="I1"><p>School, Sydney</p></ins></insg><source>BMC Evol</source>
<issn>1471-2148</issn><pubdate>2014</pubdate><volume>14</volume><issue>1</issue><fpage>70</fpage>
<xrefbib><pubidlist><pubid idtype="pmpid">24690312</pubid><pubid idtype="doi">10.1186/1471-1</pubid>
</pubidlist></xrefbib></bibl><history><pub><date><day>2</day><month>4</month><year>2014</year>
</date></pub></history><cpyrt><year>2014</year><note>Open Access under the
<url>http://creativecommons.org/licenses/by/2.0</url></note></cpyrt><kwdg><kwd>Lion</kwd></kwdg>
<abs><sec><st><p>Abstract</p></st><sec><st><p>Background</p></st><p>Lions.</p></sec><sec><st>
<p>Results</p></st><p>Few.</p></sec></sec></abs></fm><bdy><sec><st><p>Background</p></st>
<p>Known <abbrgrp><abbr bid="B1">1</abbr><abbr bid="B2">2</abbr></abbrgrp>, see Figure
<figr fid="F1">1</figr>.</p><fig id="F1"><title><p>Figure 1</p></title>
<caption><p>A map</p></caption><text><p><b>A map.</b> Of lions.</p></text>
<graphic file="f1"/></fig></sec></bdy><bm><ack><sec><st>
<p>Acknowledgements</p></st><p>We thank.</p></sec></ack><refgrp><bibl id="B1"><title><p>Fox</p>
</title><aug><au><snm>Mellows</snm><fnm>A</fnm></au></aug><source>Proc</source>
<pubdate>2012</pubdate><volume>279</volume><fpage>4568</fpage><xrefbib><pubidlist>
<pubid idtype="doi">10.1098/f</pubid><pubid idtype="pmpid">22977155</pubid></pubidlist></xrefbib>
</bibl><bibl id="B2"><aug><au><snm>Nowell</snm><fnm>K</fnm></au></aug><source>Wild Cats</source>
<publisher>IUCN</publisher><pubdate>1996</pubdate></bibl></refgrp></bm></art>"""


def test_head() -> None:
    """People with addresses, identifiers, dates, licence and a structured abstract are read."""
    record = read(ARTICLE)[0].record
    assert record.title == "History of Panthera"
    assert (record.doi, record.pmid) == (("10.1186/1471-1",), ("24690312",))
    assert (record.genre, record.original_genre) == (("research-article",), ("Research article",))
    assert record.abstract == "Background: Lions. Results: Few."
    ho, group = record.author
    assert (ho.name, ho.affiliations) == ("Simon YW Ho", ("School, Sydney", "E-mail: s@x.au"))
    assert group.name == "The Lion Group"
    assert record.online_date == "2014-04-02"
    assert record.access_condition is not None
    assert record.access_condition.value == "http://creativecommons.org/licenses/by/2.0"
    assert record.host is not None
    assert record.host.article_number == "70"


def test_body_and_references() -> None:
    """Grouped references stand in brackets; the caption is said once; a book is a title."""
    reading = read(ARTICLE)[0]
    assert "Known [1,2], see Figure 1." in said(reading.text, "p")
    assert said(reading.text, "head") == ["Background", "Figure 1", "Acknowledgements"]
    assert "A map. Of lions." in said(reading.text, "p")
    assert "graphic" in shape(reading.text)
    assert not unresolved(reading)
    fox, cats = reading.record.ref_bibs
    assert (fox.key, fox.doi, fox.pmid) == ("B1", "10.1098/f", "22977155")
    assert (cats.title, cats.host) == ("Wild Cats", None)


def test_real_files(shared: Path) -> None:
    """BMC's real files are complete."""
    found = list(read_folder(shared / "corpora" / "bmc-art", "*.xml"))
    assert len(found) == 3
    for path, reading in found:
        record = reading.record
        assert record.title, path
        assert record.abstract, path
        assert record.doi, path
        assert all(author.affiliations for author in record.author), path
        assert record.publication_date, path
        assert len(record.ref_bibs) > 30, path
        assert not unresolved(reading), path
        assert len(said(reading.text, "head")) > 10, path
