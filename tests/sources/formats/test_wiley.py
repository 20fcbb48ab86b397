"""WileyML components become documents."""

from __future__ import annotations

from pathlib import Path

from fonds.record import Funder
from fonds.sources.stylesheet import TEI
from tests.sources.formats.reading import read, read_folder, said, unresolved

COMPONENT = """<component xmlns="http://www.wiley.com/namespaces/wiley" type="serialArticle"
 xml:lang="en" xml:id="x1"><header><publicationMeta level="product"><doi>10.1002/(ISSN)1</doi>
<issn type="print">2169-9380</issn><issn type="electronic">2169-9402</issn>
<idGroup><id type="product" value="JX"/></idGroup><titleGroup>
<title type="main">Journal of X</title><title type="short">J X</title></titleGroup>
</publicationMeta><publicationMeta level="part"><numberingGroup>
<numbering type="journalVolume" number="7">7</numbering>
<numbering type="journalIssue">2</numbering></numberingGroup>
<coverDate startDate="2012-03">March 2012</coverDate></publicationMeta>
<publicationMeta level="unit" type="{kind}"><doi>10.1002/x1</doi>
<idGroup><id type="unit" value="X1"/><id type="eLocator" value="e7"/></idGroup>
<titleGroup><title type="articleCategory">{category}</title></titleGroup>
<copyright>© 2011 Wiley</copyright><numberingGroup><numbering type="pageFirst" number="5"/>
<numbering type="pageLast">n/a</numbering></numberingGroup>
<eventGroup><event type="manuscriptReceived" date="2010-01-01"/>
<event type="firstOnline" date="2011-12-24"/></eventGroup></publicationMeta>
<contentMeta><titleGroup><title type="main" xml:lang="en">On <i>X</i></title>
<title type="main" xml:lang="fr">De X</title><title type="subtitle">Twice</title></titleGroup>
<creators><creator creatorRole="author" affiliationRef="#a1"><idGroup>
<id type="orcid" value="https://orcid.org/0000-0002-1825-0097"/></idGroup>
<personName><givenNames>Ada</givenNames><familyNamePrefix>van</familyNamePrefix>
<familyName>Ex</familyName></personName><contactDetails><email>a@x.org</email></contactDetails>
</creator><creator creatorRole="editor"><personName><familyName>Ed</familyName></personName>
</creator></creators><affiliationGroup><affiliation xml:id="a1"><orgDiv>Dept</orgDiv>
<orgName>Univ</orgName><address><city>Bern</city></address></affiliation></affiliationGroup>
<keywordGroup xml:lang="fr"><keyword>abeille</keyword></keywordGroup>
<fundingInfo><fundingAgency funderDoi="10.13039/1">NSF</fundingAgency>
<fundingNumber>N1</fundingNumber></fundingInfo>
<abstractGroup><abstract type="short"><p>Short.</p></abstract><abstract type="main">
<title type="main">Abstract</title><p>Long.</p></abstract></abstractGroup></contentMeta></header>
<body><section xml:id="x1-sec-1"><title type="main">Start</title>
<p>As <link href="#x1-bib-1">1</link>.<displayedItem type="mathematics" xml:id="x1-disp-1">
<label>1</label><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>k</mi></math></displayedItem>
</p><tabular xml:id="x1-tbl-1"><label>1</label><title type="main">Sizes</title><table>
<tgroup cols="1"><colspec colname="c"/><tbody><row><entry>5</entry></row></tbody></tgroup></table>
</tabular></section><section type="acknowledgments"><title type="main">Thanks</title><p>All.</p>
</section><bibliography><bib xml:id="x1-bib-1"><citation type="journal" xml:id="x1-cit-1">
<author><familyName>Curie</familyName><givenNames>M.</givenNames></author>
<pubYear year="1903">1903</pubYear><articleTitle>Rays</articleTitle>
<journalTitle>J</journalTitle><vol>1</vol><pageFirst>2</pageFirst>
<url href="https://doi.org/10.1000/rays">x</url></citation></bib></bibliography></body>
</component>"""


def test_head() -> None:
    """Numbers, dates, titles, people, funders and keywords come from their levels."""
    record = read(COMPONENT.format(kind="reviewArticle", category="x"))[0].record
    assert record.title == "On X: Twice"
    assert [title.value for title in record.translated_title] == ["De X"]
    assert (record.doi, record.article_id) == (("10.1002/x1",), ("X1",))
    assert (record.publication_date, record.copyright_date) == ("2012", "2011")
    assert record.online_date == "2011-12-24"
    (ada,) = record.author
    assert (ada.name, ada.orcid) == ("Ada van Ex", "0000-0002-1825-0097")
    assert ada.affiliations == ("Dept, Univ, Bern", "E-mail: a@x.org")
    assert [editor.name for editor in record.editor] == ["Ed"]
    assert record.funder == (Funder(name="NSF", id="10.13039/1", award=("N1",)),)
    assert (record.abstract, record.other_abstract[0].value) == ("Long.", "Short.")
    assert record.subject[0].lang == ("fre",)
    host = record.host
    assert host is not None
    assert (host.title, host.volume, host.issue) == ("Journal of X", "7", "2")
    assert (host.issn, host.eissn) == (("2169-9380",), ("2169-9402",))
    assert host.article_number == "e7"
    assert host.pages is not None
    assert (host.pages.first, host.pages.last) == ("5", "")


def test_genre() -> None:
    """A type that only says "article" is made exact by the category; Wiley's word is kept."""
    found = read(COMPONENT.format(kind="article", category="Case Report"))[0].record
    assert (found.genre, found.original_genre) == (("case-report",), ("article",))
    found = read(COMPONENT.format(kind="bookReview", category=""))[0].record
    assert found.genre == ("book-reviews",)


def test_body() -> None:
    """Formulas, tables and references of the body become TEI; thanks go to the back."""
    reading = read(COMPONENT.format(kind="article", category=""))[0]
    assert said(reading.text, "head") == ["Start", "Table 1 Sizes", "Thanks"]
    assert said(reading.text, "formula") == ["k"]
    assert said(reading.text, "cell") == ["5"]
    assert not unresolved(reading)
    (entry,) = reading.record.ref_bibs
    assert (entry.key, entry.doi, entry.title) == ("x1-bib-1", "10.1000/rays", "Rays")


def test_links_without_words() -> None:
    """A link without words says the number of its target, or the year when cited by date."""
    plain = COMPONENT.format(kind="article", category="").replace(
        '<link href="#x1-bib-1">1</link>',
        '<link href="#x1-bib-1"/>, Table <link href="#x1-tbl-1"/><link href="#n1"/>'
        "<list><listItem>Item</listItem></list>",
    )
    notes = '<noteGroup><note xml:id="n1"><p>Note.</p></note></noteGroup><bibliography'
    numbered = read(plain.replace("<bibliography", notes))[0]
    assert said(numbered.text, "ref") == ["1", "1", "1"]
    assert said(numbered.text, "note") == ["Note."]
    assert said(numbered.text, "item") == ["Item"]
    dated = read(plain.replace("<bibliography", '<bibliography style="nameDate"'))[0]
    assert said(dated.text, "ref")[0] == "1903"


def test_real_files(shared: Path) -> None:
    """Wiley's real files are complete, and their text finds its references."""
    for path, reading in read_folder(shared / "corpora" / "wiley-wileyml"):
        record = reading.record
        assert record.title, path
        assert record.doi, path
        assert record.genre == ("research-article",)
        assert all(author.affiliations for author in record.author), path
        assert len(record.ref_bibs) > 40
        assert all(entry.title and (entry.author or entry.host) for entry in record.ref_bibs), path
        assert not unresolved(reading)
        assert reading.text is not None
        assert reading.text.find(f".//{TEI}div/{TEI}head") is not None
