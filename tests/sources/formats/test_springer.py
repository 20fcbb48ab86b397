"""A++ journals and books become one document for each article or chapter."""

from __future__ import annotations

from pathlib import Path

from fonds.errors import Finding
from fonds.record import Conference, Funder, LocalText
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from tests.sources.formats.reading import read, read_folder, said, shape, unresolved

JOURNAL = """<Publisher><PublisherInfo><PublisherName>Springer</PublisherName></PublisherInfo>
<Journal><JournalInfo><JournalID>10052</JournalID><JournalPrintISSN>1434-6044</JournalPrintISSN>
<JournalElectronicISSN>1434-6052</JournalElectronicISSN><JournalTitle>Journal of X</JournalTitle>
<JournalSubTitle>Fields</JournalSubTitle></JournalInfo>
<Volume><VolumeInfo><VolumeIDStart>79</VolumeIDStart><VolumeIDEnd>79</VolumeIDEnd></VolumeInfo>
<Issue IssueType="Supplement"><IssueInfo><IssueIDStart>1</IssueIDStart><IssueIDEnd>2</IssueIDEnd>
<IssueHistory><CoverDate><Year>2019</Year><Month>2</Month></CoverDate></IssueHistory></IssueInfo>
{articles}</Issue></Volume></Journal></Publisher>"""

ARTICLE = """<Article ID="a1"><ArticleInfo ArticleType="ReviewPaper" Language="En">
<ArticleID>1</ArticleID><ArticleDOI>10.1007/{number}</ArticleDOI>
<ArticleTitle Language="De">Über Felder</ArticleTitle>
<ArticleTitle Language="En">On <InlineEquation ID="I"><EquationSource Format="TEX">$$\\alpha$$
</EquationSource><EquationSource Format="MATHML"><math xmlns="http://www.w3.org/1998/Math/MathML">
<mi>α</mi></math></EquationSource></InlineEquation> fields</ArticleTitle>
<ArticleSubTitle Language="En">A review</ArticleSubTitle>
<ArticleFirstPage>7</ArticleFirstPage><ArticleLastPage>9</ArticleLastPage>
<ArticleHistory><OnlineDate><Year>2018</Year><Month>12</Month><Day>3</Day></OnlineDate>
</ArticleHistory><ArticleCopyright><CopyrightYear>2019</CopyrightYear></ArticleCopyright>
<ArticleGrants Type="OpenChoice"/></ArticleInfo>
<ArticleHeader><AuthorGroup><Author AffiliationIDS="Aff1 Aff2"
 ORCID="http://orcid.org/0000-0002-1825-0097"><AuthorName><GivenName>Ada</GivenName>
<Particle>de</Particle><FamilyName>Exemple</FamilyName></AuthorName>
<Contact><Email>ada@example.org</Email></Contact></Author>
<InstitutionalAuthor AffiliationIDS="Aff2"><InstitutionalAuthorName>The X Group
</InstitutionalAuthorName></InstitutionalAuthor>
<Affiliation ID="Aff1"><OrgDivision>Physics</OrgDivision><OrgName>University</OrgName>
<OrgAddress><City>Nancy</City><Country Code="FR">France</Country></OrgAddress></Affiliation>
<Affiliation ID="Aff2"><OrgName>Institute</OrgName></Affiliation></AuthorGroup>
<Abstract Language="En"><Heading>A<Emphasis Type="SmallCaps">bstract</Emphasis></Heading>
<AbstractSection><Heading>Aim</Heading><Para>To see.</Para></AbstractSection></Abstract>
<Abstract Language="De"><Heading>Zusammenfassung</Heading><Para>Sehen.</Para></Abstract>
<KeywordGroup Language="De"><Keyword>Feld</Keyword></KeywordGroup>
<ArticleNote><ArticleFundingInformation><Fund><FunderName FundRefID="10.13039/1">ANR</FunderName>
<GrantNumber>A-1</GrantNumber></Fund></ArticleFundingInformation></ArticleNote></ArticleHeader>
<Body><Section1 ID="Sec1" Type="Introduction"><Heading>Introduction</Heading>
<Para ID="Par1">See <CitationRef CitationID="CR1">1</CitationRef> and
<InternalRef RefID="Fig1">Fig. 1</InternalRef>, <Emphasis Type="Italic">so</Emphasis>
<Equation ID="Equ1"><EquationNumber>1</EquationNumber><EquationSource Format="TEX">$$x^2$$
</EquationSource></Equation><Figure ID="Fig1"><Caption Language="En">
<CaptionNumber>Fig. 1</CaptionNumber><CaptionContent><SimplePara>A field</SimplePara>
</CaptionContent></Caption><MediaObject ID="M1"><ImageObject FileRef="f1.gif"/></MediaObject>
</Figure></Para><Section2 ID="Sec2"><Heading>More</Heading><Table ID="Tab1"><Caption>
<CaptionNumber>Table 1</CaptionNumber><CaptionContent><SimplePara>Numbers</SimplePara>
</CaptionContent></Caption><tgroup cols="2"><colspec colname="c1"/><colspec colname="c2"/>
<thead><row><entry namest="c1" nameend="c2"><SimplePara>Both</SimplePara></entry></row></thead>
<tbody><row><entry><SimplePara>1</SimplePara></entry><entry><SimplePara>2</SimplePara></entry>
</row></tbody></tgroup></Table></Section2></Section1></Body>
<ArticleBackmatter><Acknowledgments><Heading>Thanks</Heading><SimplePara>To all.</SimplePara>
</Acknowledgments><Bibliography><Citation ID="CR1"><CitationNumber>1.</CitationNumber><BibArticle>
<BibAuthorName><Initials>A.B.</Initials><FamilyName>Curie</FamilyName></BibAuthorName>
<Year>1999</Year><ArticleTitle>Rays</ArticleTitle><JournalTitle>Phys. J.</JournalTitle>
<VolumeID>3</VolumeID><FirstPage>1</FirstPage><LastPage>4</LastPage>
<Occurrence Type="DOI"><Handle>10.1000/rays</Handle></Occurrence></BibArticle></Citation>
<Citation ID="CR2"><BibUnstructured>Loose, 2001</BibUnstructured></Citation></Bibliography>
</ArticleBackmatter></Article>"""

BOOK = """<Publisher><PublisherInfo><PublisherName>Springer</PublisherName></PublisherInfo>
<Series><SeriesInfo><SeriesPrintISSN>0302-9743</SeriesPrintISSN><SeriesTitle>Lectures</SeriesTitle>
</SeriesInfo><SeriesHeader><EditorGroup><Editor><EditorName><GivenName>Eva</GivenName>
<FamilyName>Serie</FamilyName></EditorName></Editor></EditorGroup></SeriesHeader>
<Book Language="En"><BookInfo Language="En"><BookID>978-3</BookID><BookTitle>Machines</BookTitle>
<BookVolumeNumber>12</BookVolumeNumber><BookDOI>10.1007/b1</BookDOI>
<BookPrintISBN>978-3-540-00000-1</BookPrintISBN><BookCopyright><CopyrightYear>2008</CopyrightYear>
</BookCopyright><ConferenceInfo><ConfEventName>MACH 2008</ConfEventName></ConferenceInfo></BookInfo>
<BookHeader><EditorGroup><Editor><EditorName><GivenName>Ed</GivenName>
<FamilyName>Itor</FamilyName></EditorName></Editor></EditorGroup></BookHeader>
<Chapter ID="Chap1"><ChapterInfo ChapterType="OriginalPaper" Language="En"><ChapterID>1</ChapterID>
<ChapterDOI>10.1007/b1_1</ChapterDOI><ChapterTitle Language="En">One</ChapterTitle>
<ChapterFirstPage>1</ChapterFirstPage><ChapterLastPage>9</ChapterLastPage></ChapterInfo>
<ChapterHeader/><NoBody/></Chapter>
<Part><PartInfo/><Chapter ID="Chap2"><ChapterInfo><ChapterID>2</ChapterID>
<ChapterTitle Language="En">Two</ChapterTitle></ChapterInfo></Chapter></Part>
</Book></Series></Publisher>"""


def test_articles_of_an_issue() -> None:
    """Every article of an issue is a document with the issue's numbers and dates."""
    articles = ARTICLE.format(number="a1") + ARTICLE.format(number="a2")
    found = [reading.record for reading in read(JOURNAL.format(articles=articles))]
    assert [record.doi for record in found] == [("10.1007/a1",), ("10.1007/a2",)]
    record = found[0]
    host = record.host
    assert host is not None
    assert (host.title, host.issn, host.eissn) == (
        "Journal of X: Fields",
        ("1434-6044",),
        ("1434-6052",),
    )
    assert (host.volume, host.issue) == ("79", "Suppl 1-2")
    assert host.pages is not None
    assert (host.pages.first, host.pages.last, host.pages.total) == ("7", "9", "3")
    assert (record.publication_date, record.online_date) == ("2019", "2018-12-03")
    assert record.print_date == "2019-02"


def test_head_of_an_article() -> None:
    """Titles, abstracts, keywords, people, funders and licence are read, each in its language."""
    record = read(JOURNAL.format(articles=ARTICLE.format(number="a1")))[0].record
    assert record.title == "On α fields: A review"
    assert record.translated_title == (LocalText(lang="ger", value="Über Felder"),)
    assert (record.genre, record.original_genre) == (("review-article",), ("ReviewPaper",))
    assert record.abstract == "Aim: To see."
    assert record.other_abstract == (LocalText(lang="ger", value="Sehen."),)
    assert [(subject.lang, subject.value) for subject in record.subject] == [(("ger",), "Feld")]
    ada, group = record.author
    assert (ada.name, ada.orcid) == ("Ada de Exemple", "0000-0002-1825-0097")
    assert ada.affiliations == (
        "Physics, University, Nancy, France",
        "Institute",
        "E-mail: ada@example.org",
    )
    assert (group.name, group.affiliations) == ("The X Group", ("Institute",))
    assert record.funder == (Funder(name="ANR", id="10.13039/1", award=("A-1",)),)
    assert record.access_condition is not None
    assert record.access_condition.content_type == "isOpenAccess"


def test_body_of_an_article() -> None:
    """The body becomes TEI whose references find their entries."""
    reading = read(JOURNAL.format(articles=ARTICLE.format(number="a1")))[0]
    assert said(reading.text, "head") == [
        "Introduction", "Fig. 1", "More", "Table 1", "Thanks"
    ]  # fmt: skip
    assert said(reading.text, "formula") == ["x^2"]
    assert said(reading.text, "cell") == ["Both", "1", "2"]
    assert {"figure", "graphic", "table", "hi", "ref"} <= set(shape(reading.text))
    assert not unresolved(reading)
    curie, loose = reading.record.ref_bibs
    assert (curie.key, curie.title, curie.doi) == ("CR1", "Rays", "10.1000/rays")
    assert curie.author[0].name == "A.B. Curie"
    assert curie.host is not None
    assert curie.host.title == "Phys. J."
    assert loose.text == "Loose, 2001"


def test_front_matter_is_no_document() -> None:
    """The front matter of a book is known and holds no chapter: nothing is made of it."""
    xml = b"<Publisher><PublisherInfo/><Book><BookInfo/><BookFrontmatter/></Book></Publisher>"
    found = read_bytes(xml, load_readers(), LimitSettings())
    assert isinstance(found, Finding)
    assert found.reason == "Springer A++ without a document"


def test_article_before_its_issue() -> None:
    """An article that is online before its issue has no numbers yet, and the year it came out."""
    head, _, _ = JOURNAL.partition("<Volume>")
    xml = f"{head}<JournalOnlineFirst>{ARTICLE}</JournalOnlineFirst></Journal></Publisher>"
    record = read(xml.format(number="a1"))[0].record
    assert record.host is not None
    assert (record.host.title, record.host.volume, record.host.issue) == (
        "Journal of X: Fields",
        "",
        "",
    )
    assert record.publication_date == "2018"


def test_chapters_of_a_book() -> None:
    """A chapter's host is its book; the series stands above; chapters in parts are found."""
    one, two = (reading.record for reading in read(BOOK))
    assert (one.title, two.title) == ("One", "Two")
    assert one.genre == ("conference",)
    host, series = one.host, one.serie
    assert host is not None
    assert series is not None
    assert host.genre == ("book-series",)
    assert (host.title, host.isbn, host.volume) == ("Machines", ("978-3-540-00000-1",), "12")
    assert host.conference == (Conference(name="MACH 2008"),)
    assert [editor.name for editor in host.editor] == ["Ed Itor"]
    assert (series.title, series.issn) == ("Lectures", ("0302-9743",))
    assert [editor.name for editor in series.editor] == ["Eva Serie"]
    assert (one.publication_date, one.chapter_id) == ("2008", ("1",))
    assert two.language == ("eng",)


def test_real_files(shared: Path) -> None:
    """Springer's real files say title, DOI, year, journal and authors."""
    for path, reading in read_folder(shared / "corpora" / "springer-aplusplus"):
        record = reading.record
        assert record.title, path
        assert record.doi, path
        assert record.publication_date, path
        assert record.author, path
        assert record.host is not None
        assert record.host.title, path
        assert record.host.volume, path


def test_address_of_a_site(shared: Path) -> None:
    """The address of a collaboration may be that of its web site alone."""
    folder = shared / "corpora/springer-aplusplus"
    belle = read((folder / "country_issue.xml").read_bytes())[0].record.author[0]
    assert belle.name == "The Belle and Belle II collaborations"
    assert belle.affiliations[:2] == ("https://belle.kek.jp/", "https://www.belle2.org/")


def test_scrambled_samples(shared: Path) -> None:
    """Years that cannot be are said and not used; the issue's editors are the host's."""
    found = dict(read_folder(shared / "corpora" / "pub2tei-dummy" / "Springer"))
    assert len(found) == 3
    for path, reading in found.items():
        assert not reading.record.publication_date, path
        assert "date-implausible" in {finding.code for finding in reading.findings}
        assert reading.record.article_id, path
        assert reading.record.original_date, path
        assert any(number.startswith("89.") for number in reading.record.article_id), path
    (issue,) = (r.record.host for p, r in found.items() if p.stem == "sp_editeurs_journal")
    assert issue is not None
    assert len(issue.editor) == 2


def test_funders_beside_the_dates(shared: Path) -> None:
    """A++ of 2024 gives the funders in the article's info, not in its header."""
    path = shared / "corpora" / "springer-aplusplus" / "4.xml.Meta"
    (reading,) = read(path.read_bytes())
    assert reading.record.funder[0] == Funder(
        name="Natural Science Foundation of Shanghai Municipality",
        id="http://dx.doi.org/10.13039/100007219",
        award=("22ZR1403400",),
    )
