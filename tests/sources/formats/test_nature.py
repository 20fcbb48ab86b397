"""NPG articles become documents."""

from __future__ import annotations

from pathlib import Path

from tests.sources.formats.reading import read, read_folder, said, shape, unresolved

ARTICLE = """<article id="nature1" language="eng"><pubfm><jtl>Nature</jtl><vol>5</vol><iss>6</iss>
<idt>20090205</idt><categ id="lt"/><pp><spn>757</spn><epn>761</epn><cnt>5</cnt></pp>
<issn type="print">0028-0836</issn><issn type="electronic">1476-4687</issn>
<cpg><cpy>2009</cpy><cpn>Macmillan</cpn></cpg><doi>10.1038/nature1</doi></pubfm>
<fm><atl>Role of <i>Jhdm2a</i><topic>Genes</topic></atl><aug><au><fnm>Keisuke</fnm><snm>T</snm>
<orf rid="a1"/><orf rid="a2"/></au><cau><fnm>Yi</fnm><snm>Z</snm><orf rid="a1"/><corf rid="c1"/>
</cau><aff><oid id="a1"/>Institute One,</aff><aff>
<oid id="a2"/>Department Two, <cny>USA</cny>.</aff>
<caff><coid id="c1"/>Correspondence to Y.Z. (<email>yz@x.edu</email>).</caff></aug>
<hst><re year="2008" month="12" day="15"/>
<pubdate type="aop" year="2009" month="02" day="04"/></hst>
<websumm>In short.</websumm></fm>
<bdy><fp><p>Recent studies<bibr rid="b1 b2"/>.</p></fp>
<p>Before, in <figr rid="f1">Fig. 1</figr>.</p>
<crosshd>Silencing</crosshd><p>After, <f id="m1"><mathimg entname="eqn1"/></f>.</p>
<list type="bullet"><li>One</li></list></bdy><bm><ack><p>We thank.</p></ack><objects>
<fig id="f1" entname="figf1"><figtl>A model.</figtl><caption><p>Of genes.</p></caption></fig>
<table id="t1"><title>Sizes</title><tgroup cols="2"><colspec colname="col1"/><colspec
 colname="col2"/><spanspec namest="col1" nameend="col2" spanname="1-2"/><tfoot><row>
<entry spanname="1-2"><fn id="t1-fn1"><p>Note.</p></fn></entry></row></tfoot><tbody><row>
<entry spanname="1-2">Both</entry></row></tbody></tgroup></table></objects>
<bibl><bib id="b1"><reftxt><refau><snm>Klose</snm>, <fnm>R. J.</fnm></refau> <atl>Regulation</atl>.
<jtl>Nature Rev.</jtl> <vid>8</vid>, <ppf>307</ppf>-<ppl>318</ppl> (<cd year="2007">2007</cd>)
</reftxt></bib><bib id="b2"><reftxt><refau><snm>Miller</snm><fnm>J.</fnm></refau>
<btl>Experiments</btl> (<cd year="1972">1972</cd>)</reftxt></bib></bibl></bm></article>"""


def test_head() -> None:
    """Issue, people with their addresses, dates and the first paragraph as abstract are read."""
    record = read(ARTICLE)[0].record
    assert record.title == "Role of Jhdm2a"
    assert (record.doi, record.article_id) == (("10.1038/nature1",), ("nature1",))
    assert (record.genre, record.original_genre) == (("research-article",), ("lt",))
    assert (record.publication_date, record.print_date) == ("2009", "2009-02-05")
    assert record.online_date == "2009-02-04"
    assert record.abstract == "Recent studies."
    assert [(text.kind, text.value) for text in record.other_abstract] == [
        ("web-summary", "In short.")
    ]
    assert [author.affiliations for author in record.author] == [
        ("Institute One", "Department Two, USA"),
        ("Institute One", "E-mail: yz@x.edu"),
    ]
    host = record.host
    assert host is not None
    assert (host.title, host.volume, host.issue) == ("Nature", "5", "6")
    assert (host.issn, host.eissn) == (("0028-0836",), ("1476-4687",))


def test_mails_of_several_authors(shared: Path) -> None:
    """Two people to write to, two addresses: each has the own one."""
    path = shared / "corpora/pub2tei-dummy/Nature/nature_full_4.xml"
    authors = read(path.read_bytes())[0].record.author
    mails = [[a for a in author.affiliations if a.startswith("E-mail")] for author in authors]
    assert mails == [["E-mail: fcnaqyre@trb.havor.pu"], ["E-mail: uhtu.barvyy@nah.rqh.nh"], []]


def test_body() -> None:
    """Cross headings open sections, empty references get their numbers, figures stand behind."""
    reading = read(ARTICLE)[0]
    assert said(reading.text, "ref") == ["1,2", "Fig. 1"]
    assert said(reading.text, "head") == ["Silencing", "Figure 1 A model.", "Table 1 Sizes"]
    assert {"formula", "list", "table", "note"} <= set(shape(reading.text))
    assert not unresolved(reading)
    klose, miller = reading.record.ref_bibs
    assert (klose.title, klose.publication_date) == ("Regulation", "2007")
    assert (miller.title, miller.host) == ("Experiments", None)


def test_pictures_declared_in_the_doctype() -> None:
    """Nature declares its pictures as unparsed entities and names signs; both are harmless."""
    doctype = (
        '<!DOCTYPE article PUBLIC "-//NPG//DTD XML Article//EN" "NPG_XML_Article.dtd" [\n'
        '<!ENTITY figf1 PUBLIC "-//N//1//EN" "//web/402877AA.gif" NDATA ITEM>\n]>'
    )
    anchored = ARTICLE.replace("Before, in", "Before&mdash;in <ancref rid='mt'>Methods</ancref>")
    section = '<sec level="1"><sectitle><anchor id="mt"/>Methods</sectitle><p>So.</p></sec></bdy>'
    reading = read(doctype + anchored.replace("</bdy>", section))[0]
    assert not reading.findings
    assert "Methods" in said(reading.text, "ref")
    assert reading.text is not None
    assert reading.text.xpath("//*[@xml:id='mt']")
    assert any("Before—in" in text for text in said(reading.text, "p"))


def test_scrambled_samples(shared: Path) -> None:
    """Every sample has title, authors, journal and text whose references find their entries."""
    found = list(read_folder(shared / "corpora" / "pub2tei-dummy" / "Nature"))
    assert len(found) == 8
    for path, reading in found:
        record = reading.record
        assert record.title, path
        assert record.author, path
        assert record.host is not None
        assert record.host.title, path
        assert record.host.volume, path
        assert record.ref_bibs, path
        assert len(record.original_date) in (6, 8), path
        assert record.original_language == ("eng",), path
        assert reading.text is not None, path
        assert not unresolved(reading), path
