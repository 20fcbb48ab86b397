"""iopart articles become documents, formulas in processing instructions included."""

from __future__ import annotations

from pathlib import Path

from fonds.sources.stylesheet import TEI
from tests.sources.formats.reading import read, read_folder, said, unresolved

ARTICLE = """<article artid="jpa1"><article-metadata><jnl-data jnlid="jpa">
<jnl-fullname>Journal of Physics A</jnl-fullname><jnl-issn>0305-4470</jnl-issn>
<jnl-imprint>Institute of Physics</jnl-imprint></jnl-data><volume-data>
<year-publication>2004</year-publication><volume-number>37</volume-number></volume-data>
<issue-data><issue-number>5</issue-number></issue-data><article-data>
<article-type type="topical" sort="regular"/><type-number type="paper" numbering="article"/>
<article-number>015004</article-number><first-page>1</first-page><last-page>8</last-page>
<length>8</length><pii>S0305-4470(04)1</pii><doi>10.1088/0305-4470/37/5/001</doi>
<copyright>2004 IOP</copyright></article-data></article-metadata>
<header><title-group><title lang="english">Shocks in <inline-eqn><?TeX x^2 ?></inline-eqn></title>
</title-group><author-group><author address="ad1" email="ea1"><first-names>V</first-names>
<second-name>Popkov</second-name></author><collaboration address="ad1"><group>the X Team</group>
</collaboration><short-author-list>V P</short-author-list></author-group><address-group>
<address id="ad1"><orgname>Institut</orgname>, 52425 J, <country>Germany</country></address>
<address id="ad2" alt="yes">Author to whom correspondence should be addressed</address>
<e-address id="ea1"><email>v@x.de</email></e-address></address-group>
<history received="25 August 2003" online="19 January 2004"/><abstract-group>
<abstract lang="english"><heading>Abstract</heading><p>We show.</p></abstract></abstract-group>
<classifications><keywords><keyword>shock</keyword></keywords>
<class-codes scheme="pacs"><code order="primary">05.70.Ln</code></class-codes></classifications>
</header>
<body><sec-level1 id="s1" label="1" type="num"><heading>Introduction</heading><p>See
<cite linkend="b1">1</cite><fnref linkend="fn1"/>.<display-eqn id="e1"
 eqnnum="1"><?TeX \\alpha=1 & \\beta<2
?><eqn-graphic filename="e1.gif"/></display-eqn><figure id="f1"><graphic><graphic-file
 filename="f1.eps"/><graphic-file filename="f1.jpg"/></graphic><caption label="Figure 1"><p>A
map.</p></caption></figure></p></sec-level1><acknowledgment><heading>Thanks</heading><p>All.</p>
</acknowledgment></body><back><references><heading>References</heading><reference-list>
<multipart id="b1" num="1"><journal-ref id="b1.1"><authors><au><second-name>Gurarie</second-name>
<first-names>V</first-names></au></authors><year>2002</year><jnl-title>J. Phys.</jnl-title>
<volume>35</volume><pages>L377–9</pages><crossref><cr_doi>http://dx.doi.org/10.1088/1</cr_doi>
</crossref></journal-ref><book-ref id="b1.2"><authors><au><second-name>Liggett</second-name>
</au></authors><year>1999</year><book-title>Systems</book-title></book-ref></multipart>
</reference-list></references><footnotes><footnote id="fn1"><p>So it is.</p></footnote></footnotes>
</back></article>"""


def test_head() -> None:
    """Metadata come from the metadata block, people and texts from the header."""
    record = read(ARTICLE)[0].record
    assert record.title == "Shocks in x^2"
    assert (record.language, record.original_language) == (("eng",), ("english",))
    assert (record.genre, record.original_genre) == (("review-article",), ("topical",))
    assert (record.publication_date, record.online_date) == ("2004", "2004-01-19")
    assert record.pii == ("S0305-4470(04)1",)
    assert record.abstract == "We show."
    assert [subject.value for subject in record.subject] == ["shock", "PACS 05.70.Ln"]
    popkov, team = record.author
    assert popkov.affiliations == ("Institut, 52425 J, Germany", "E-mail: v@x.de")
    assert (team.name, team.affiliations) == ("the X Team", ("Institut, 52425 J, Germany",))
    host = record.host
    assert host is not None
    assert (host.title, host.volume, host.issue) == ("Journal of Physics A", "37", "5")
    assert host.article_number == "015004"


def test_the_sentence_goes_on_after_a_number(shared: Path) -> None:
    """Between the number of a formula and the next word stands a blank."""
    path = shared / "corpora/pub2tei-dummy/IOP/iop_5.xml"
    reading = read(path.read_bytes())[0]
    assert reading.text is not None
    labels = [e for e in reading.text.iter(f"{TEI}label") if (e.text or "").startswith("(")]
    assert len(labels) > 10
    assert not [e.tail for e in labels if (e.tail or "")[:1].isalnum()]


def test_tex_in_instructions() -> None:
    """TeX that stands in processing instructions is the formula, its signs as written."""
    text = read(ARTICLE)[0].text
    assert text is not None
    (formula,) = text.iter(f"{TEI}formula")
    assert (formula.get("notation"), formula.text) == ("tex", "\\alpha=1 & \\beta<2")


def test_body_and_references() -> None:
    """A number with several references has the first as its target; empty notes are counted."""
    reading = read(ARTICLE)[0]
    assert said(reading.text, "head") == ["1 Introduction", "Figure 1", "Thanks"]
    assert said(reading.text, "ref") == ["1", "1"]
    assert not unresolved(reading)
    gurarie, liggett = reading.record.ref_bibs
    assert (gurarie.key, gurarie.doi) == ("b1", "10.1088/1")
    assert gurarie.host is not None
    assert gurarie.host.pages is not None
    assert (gurarie.host.pages.first, gurarie.host.pages.last) == ("L377", "9")
    assert (liggett.key, liggett.title) == ("b1.2", "Systems")


def test_scrambled_samples(shared: Path) -> None:
    """Every sample has title, authors with addresses, numbers and text."""
    found = list(read_folder(shared / "corpora" / "pub2tei-dummy" / "IOP"))
    assert len(found) == 8
    for path, reading in found:
        record = reading.record
        assert reading.reader == "iop", path
        assert record.title, path
        assert record.abstract, path
        assert all(author.affiliations for author in record.author), path
        assert record.online_date, path
        assert record.host is not None
        assert record.host.volume, path
        assert not unresolved(reading), path
        assert len(said(reading.text, "head")) > 3, path
