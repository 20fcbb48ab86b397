"""RSC articles become documents."""

from __future__ import annotations

from pathlib import Path

from tests.sources.formats.reading import read, read_folder, said, unresolved

ARTICLE = """<article dtd="RSCART3.8" type="REV"><art-admin><ms-id>B1</ms-id>
<doi>10.1039/b1</doi></art-admin><published type="print"><journalref>
<title>Chemical Communications</title><sercode>CC</sercode><publisher><orgname>RSC</orgname>
</publisher><issn type="print">1359-7345</issn><issn type="online">1364-548X</issn></journalref>
<volumeref><link>12</link></volumeref><issueref><link>3</link></issueref><pubfront>
<fpage>10</fpage><lpage>12</lpage><no-of-pages>3</no-of-pages><date><year>1995</year></date>
</pubfront></published><published type="subsyear"><journalref><link>CC</link></journalref>
</published><art-front><titlegrp><title>On W<inf>2</inf> <it>via</it> rings</title></titlegrp>
<authgrp><author aff="affa"><person><persname><fname>Jian</fname><surname>Feng</surname></persname>
</person></author><aff id="affa"><org><orgname>University</orgname></org><address>
<city>Cardiff</city></address></aff></authgrp><abstract><p>Treatment.</p></abstract></art-front>
<art-body><section id="s1"><no>1</no><title>Start</title><p>As<citref idrefs="cit1">1</citref> in
<figref idrefs="f1">Fig. 1</figref>.</p><figure id="f1" xsrc="f1.tif"><title>A ring.</title>
</figure></section></art-body><art-back><ack><p>Thanks.</p></ack><biblist><citgroup id="cit1">
<journalcit><citauth><fname>D. M.</fname><surname>Hoffman</surname></citauth>
<title>J. Am. Chem. Soc.</title><year>1982</year><volumeno>104</volumeno><pages><fpage>3858</fpage>
</pages></journalcit></citgroup><citgroup id="cit2"><citgroup id="cit2a"><citation type="book">
<citauth><fname>D.</fname><surname>Watkin</surname></citauth><title>CRYSTALS</title>
<year>1985</year></citation></citgroup></citgroup></biblist></art-back></article>"""


def test_article() -> None:
    """Identifiers, the printed issue, people, text and references are read."""
    reading = read(ARTICLE)[0]
    record, host = reading.record, reading.record.host
    assert record.title == "On W2 via rings"
    assert (record.doi, record.article_id) == (("10.1039/b1",), ("B1",))
    assert (record.genre, record.original_genre) == (("review-article",), ("REV",))
    assert record.publication_date == "1995"
    assert record.author[0].affiliations == ("University, Cardiff",)
    assert host is not None
    assert (host.title, host.volume, host.issue) == ("Chemical Communications", "12", "3")
    assert (host.issn, host.eissn, host.journal_id) == (("1359-7345",), ("1364-548X",), ("CC",))
    assert said(reading.text, "head") == ["1 Start"]
    assert not unresolved(reading)
    hoffman, watkin = record.ref_bibs
    assert (hoffman.key, hoffman.title) == ("cit1", "")
    assert hoffman.host is not None
    assert hoffman.host.title == "J. Am. Chem. Soc."
    assert (watkin.key, watkin.title) == ("cit2a", "CRYSTALS")


def test_a_journal_by_its_code() -> None:
    """Articles before 1997 name their journal by a code; the RSC's title stands for it."""
    xml = ARTICLE.replace("<title>Chemical Communications</title>", "")
    host = read(xml.replace("<sercode>CC", "<sercode>C3"))[0].record.host
    assert host is not None
    assert host.title == "Journal of the Chemical Society, Chemical Communications"
    unknown = read(xml.replace("<sercode>CC", "<sercode>ZZ"))[0].record.host
    assert unknown is not None
    assert unknown.title == ""


def test_scrambled_samples(shared: Path) -> None:
    """Every sample loads with title, authors, pages, references and the text from its PDF."""
    found = list(read_folder(shared / "corpora" / "pub2tei-dummy" / "RSC"))
    assert len(found) == 7
    for path, reading in found:
        record = reading.record
        assert record.title, path
        assert record.author, path
        assert record.article_id, path
        assert record.ref_bibs, path
        assert record.host is not None
        assert record.host.pages is not None, path
        assert said(reading.text, "p"), path
