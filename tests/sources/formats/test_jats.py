"""JATS articles become records: the quirks of real files, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.record import Funder, Record
from fonds.renditions.text import with_text_facts
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import strings
from tests.sources.formats.reading import read_folder, unresolved

_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
_ORCID = "0000-0002-1825-0097"


def read(meta: str = "", *, journal: str = "", rest: str = "", attributes: str = "") -> Reading:
    """Read one article made of these parts."""
    xml = (
        f'<article article-type="research-article" {_XLINK} {attributes}><front><journal-meta>'
        f'{journal}</journal-meta><article-meta><article-id pub-id-type="publisher-id">x1'
        f"</article-id>{meta}</article-meta></front>{rest}</article>"
    )
    found = read_bytes(xml.encode(), load_readers(), LimitSettings())
    assert isinstance(found, tuple), found
    return found[0]


def record(meta: str = "", **more: str) -> Record:
    """Return the record alone."""
    return read(meta, **more).record


def title(text: str) -> str:
    """Return what a title is read as."""
    return record(f"<title-group><article-title>{text}</article-title></title-group>").title


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("The <italic>Apis  mellifera</italic>\n genome", "The Apis mellifera genome"),
        ("H<sub>2</sub>O<sup>+</sup>", "H2O+"),
        ("Bees<xref ref-type='fn' rid='f'>*</xref>", "Bees"),
        ("Bees<fn><p>Funded</p></fn> fly", "Bees fly"),
        (
            "A <tex-math>\\documentclass{m}\\begin{document}$$x^2$$\\end{document}</tex-math>",
            "A x^2",
        ),
        (r"On <tex-math>${B}_{s}^{0}+\frac{1}{2}$</tex-math>", r"On B_s^0+\frac{1}{2}"),
        (
            "On <alternatives><tex-math>$x$</tex-math><mml:math "
            "xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:mi>y</mml:mi></mml:math>"
            "</alternatives>",
            "On y",
        ),
        ("&OHgr; and &eacute;", "Ω and é"),
        ("<mml:math><mml:mi>z</mml:mi></mml:math>", "z"),
    ],
)
def test_titles(markup: str, wanted: str) -> None:
    """Markup and formulas in titles become readable text."""
    assert title(markup) == wanted


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ('<pub-date pub-type="epub"><year>2019</year></pub-date>'
         '<pub-date pub-type="ppub"><month>2</month><year>2020</year></pub-date>', "2020"),
        ('<pub-date pub-type="pmc-release"><year>2021</year></pub-date>'
         '<pub-date pub-type="collection"><year>2018</year></pub-date>', "2018"),
        ('<pub-date date-type="pub" publication-format="electronic"><year>2017</year></pub-date>',
         "2017"),
        ("<permissions><copyright-year>2016</copyright-year></permissions>", "2016"),
        ("", ""),
    ],
)  # fmt: skip
def test_dates(dates: str, wanted: str) -> None:
    """Of several dates the issue's counts; release to PubMed Central is none."""
    assert record(dates).publication_date == wanted


@pytest.mark.parametrize("year", ["2049", "7998", "0206", "MMXX"])
def test_implausible_years(year: str) -> None:
    """An impossible year is said and another date is used."""
    reading = read(
        f'<pub-date pub-type="ppub"><year>{year}</year></pub-date>'
        '<pub-date pub-type="epub"><year>2016</year></pub-date>'
    )
    assert reading.record.publication_date == "2016"
    assert [finding.code for finding in reading.findings] == ["date-implausible"]


def test_people() -> None:
    """Names, groups, affiliations by reference, ORCIDs and editors."""
    found = record(
        f"""<contrib-group>
        <contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/{_ORCID}
          </contrib-id><name><surname>Exemple</surname><given-names>Ada</given-names></name>
          <xref ref-type="aff" rid="a1 a2"/></contrib>
        <contrib contrib-type="author"><collab>The Bee Consortium<contrib-group><contrib><name>
          <surname>Member</surname></name></contrib></contrib-group></collab></contrib>
        <contrib contrib-type="author"><name-alternatives><name name-style="eastern">
          <surname>李</surname><given-names>明</given-names></name><name name-style="western">
          <surname>Li</surname>
          <given-names>Ming</given-names></name></name-alternatives></contrib>
        <contrib contrib-type="Corresponding author"><string-name>Plain Name</string-name></contrib>
        <contrib contrib-type="editor"><name><surname>Chief</surname></name></contrib>
        </contrib-group><aff id="a1"><label>1</label>Nancy, France</aff>
        <aff id="a2"><sup>2</sup> Lyon</aff>"""
    )
    ada, group, li, plain = found.author
    assert (ada.name, ada.orcid, ada.affiliations) == (
        "Ada Exemple",
        _ORCID,
        ("Nancy, France", "Lyon"),
    )
    assert (group.name, group.surname) == ("The Bee Consortium", "")
    assert (li.name, plain.name) == ("Ming Li", "Plain Name")
    assert [editor.name for editor in found.editor] == ["Chief"]


def test_identifiers() -> None:
    """DOIs given as addresses are cut, PMC numbers get their prefix, a DOI that is none is said."""
    found = record(
        '<article-id pub-id-type="doi">https://doi.org/10.1234/AbC</article-id>'
        '<article-id pub-id-type="pmc">123</article-id>'
        '<article-id pub-id-type="pmid">9</article-id>'
    )
    assert (found.doi, found.pmcid, found.pmid) == (("10.1234/AbC",), ("PMC123",), ("9",))
    bad = read('<article-id pub-id-type="doi">unknown</article-id>')
    assert bad.record.doi == ()
    assert "unknown" in bad.record.article_id
    assert [finding.code for finding in bad.findings] == ["doi-invalid"]


def test_host() -> None:
    """Journal title in both places, ISSNs of every dialect, supplements, elocation-id."""
    old = record(
        "<volume>3</volume><issue>2</issue><supplement>Suppl 1</supplement>"
        "<fpage>10</fpage><lpage>19</lpage>",
        journal="<journal-title>Old</journal-title><issn>1234-567x</issn>"
        '<issn publication-format="online">2050-084X</issn>',
    ).host
    assert old is not None
    assert (old.title, old.issn, old.eissn) == ("Old", ("1234-567X",), ("2050-084X",))
    assert (old.volume, old.issue) == ("3", "2 Suppl 1")
    assert old.pages is not None
    assert (old.pages.first, old.pages.last, old.pages.total) == ("10", "19", "10")
    new = record(
        "<elocation-id>e7</elocation-id>",
        journal="<journal-title-group><journal-title>New</journal-title></journal-title-group>",
    ).host
    assert new is not None
    assert (new.title, new.article_number, new.volume, new.pages) == ("New", "e7", "", None)


def test_abstracts() -> None:
    """The one without a type counts, its heading is no part of it, the others are kept."""
    found = record(
        '<abstract abstract-type="teaser"><p>Short.</p></abstract>'
        "<abstract><title>Abstract</title><sec><title>Aim</title><p>To fly.</p></sec></abstract>"
        '<trans-abstract xml:lang="fr"><title>Résumé</title><p>Voler.</p></trans-abstract>'
    )
    assert found.abstract == "Aim: To fly."
    assert [(a.kind, a.lang, a.value) for a in found.other_abstract] == [
        ("teaser", "", "Short."),
        ("", "fre", "Voler."),
    ]


def test_keywords_by_language() -> None:
    """Each keyword knows its language; abbreviations are none."""
    found = record(
        '<kwd-group xml:lang="en"><kwd>bees</kwd></kwd-group>'
        '<kwd-group xml:lang="fr"><kwd>abeilles</kwd></kwd-group>'
        '<kwd-group kwd-group-type="abbreviations"><kwd>DNA</kwd></kwd-group>'
    )
    assert [(s.lang, s.value) for s in found.subject] == [
        (("eng",), "bees"),
        (("fre",), "abeilles"),
    ]


@pytest.mark.parametrize(
    ("licence", "wanted"),
    [
        ('<license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>x</license-p>'
         "</license>", ("isOpenAccess", "http://creativecommons.org/licenses/by/4.0/")),
        ("<license><p>Creative Commons Attribution License</p></license>",
         ("isOpenAccess", "Creative Commons Attribution License")),
        ("<license><p>All rights reserved</p></license>", ("unknown", "All rights reserved")),
    ],
)  # fmt: skip
def test_licences(licence: str, wanted: tuple[str, str]) -> None:
    """Licences by address or in words."""
    access = record(f"<permissions>{licence}</permissions>").access_condition
    assert access is not None
    assert (access.content_type, access.value) == wanted


def test_sub_articles_lend_nothing() -> None:
    """Authors, titles and references of replies are not the article's; translations are kept."""
    found = record(
        "<title-group><article-title>Mine</article-title></title-group>",
        rest="<body><p>Text.</p></body><sub-article article-type='reply'><front-stub><title-group>"
        "<article-title>Reply</article-title></title-group><contrib-group><contrib "
        "contrib-type='author'><name><surname>Other</surname></name></contrib></contrib-group>"
        "</front-stub><body><p>No.</p></body><back><ref-list><ref><mixed-citation>R"
        "</mixed-citation></ref></ref-list></back></sub-article>"
        "<sub-article article-type='translation' xml:lang='fr'>"
        "<front-stub><title-group><article-title>Le mien</article-title></title-group></front-stub>"
        "</sub-article>",
    )
    assert (found.title, found.author, found.ref_bibs) == ("Mine", (), ())
    assert [(t.lang, t.value) for t in found.translated_title] == [("fre", "Le mien")]


def test_references() -> None:
    """Structured references give their parts, printed ones their text; one may hold several."""
    found = record(
        rest="<back><ref-list><ref><element-citation>"
        "<person-group person-group-type='author'><name>"
        "<surname>Curie</surname><given-names>M</given-names></name></person-group><article-title>"
        "Radium</article-title><source>Ann</source><year>1903</year><volume>2</volume><fpage>1"
        "</fpage><lpage>9</lpage><pub-id pub-id-type='doi'>10.1000/r</pub-id></element-citation>"
        "</ref>"
        "<ref><mixed-citation>Printed, 1904.</mixed-citation>"
        "<mixed-citation>And more.</mixed-citation>"
        "</ref></ref-list></back>"
    ).ref_bibs
    first, *printed = found
    assert (first.title, first.publication_date, first.doi) == ("Radium", "1903", "10.1000/r")
    assert [author.name for author in first.author] == ["M Curie"]
    assert first.host is not None
    assert (first.host.title, first.host.volume) == ("Ann", "2")
    assert [one.text for one in printed] == ["Printed, 1904.", "And more."]


def test_body() -> None:
    """Sections, lists and formulas become TEI; figures and tables give their captions."""
    reading = read(
        rest="<body><sec><title>One</title><p>Some <italic>text</italic> with <inline-formula>"
        "<tex-math>x</tex-math></inline-formula> in it.</p><fig><label>Fig 1</label><caption>"
        "<p>A bee.</p></caption></fig><list><list-item><p>first</p></list-item><list-item>"
        "<p>second</p>"
        "</list-item></list><disp-formula>y</disp-formula></sec></body>"
    )
    assert reading.text is not None
    (section,) = reading.text.iterfind(f"{TEI}body/{TEI}div")
    assert [etree.QName(child).localname for child in section] == [
        "head",
        "p",
        "figure",
        "list",
        "p",
    ]
    formula = section.find(f"{TEI}p/{TEI}formula")
    assert formula is not None
    assert (formula.get("notation"), formula.text) == ("tex", "x")
    record = with_text_facts(reading.record, reading.text)
    assert record.figure == ("Fig 1 A bee.",)
    assert record.has_formula is True


def test_references_in_the_text() -> None:
    """What the text refers to carries the key of the entry, the figure or the note."""
    reading = read(
        rest='<body><p>As <xref ref-type="bibr" rid="b1 b2">1, 2</xref> in <xref ref-type="fig" '
        'rid="f1">Fig. 1</xref>.</p><sec id="s"><p>x</p></sec><p>After.</p></body><back><ack><p>'
        'Thanks.</p></ack><ref-list><ref id="b1"><mixed-citation>One.</mixed-citation></ref>'
        "</ref-list></back>"
    )
    assert reading.text is not None
    targets = [(one.get("type"), one.get("target")) for one in reading.text.iter(TEI + "ref")]
    assert targets == [("bibr", "#b1 #b2"), ("figure", "#f1")]
    assert [one.key for one in reading.record.ref_bibs] == ["b1"]
    kinds = [etree.QName(e).localname for e in reading.text.iterfind(f"{TEI}body/*")]
    assert kinds == ["p", "div", "div"]  # no paragraph after a division
    back = [one.get("type") for one in reading.text.iterfind(f"{TEI}back/{TEI}div")]
    assert back == ["acknowledgement"]


def test_no_body() -> None:
    """An article without a body, or with an empty one, has no text."""
    assert read().text is None
    assert read(rest="<body/>").text is None


@pytest.mark.parametrize(
    "wrap",
    [
        "{}",
        "<pmc-articleset>{}</pmc-articleset>",
    ],
)
@pytest.mark.parametrize("namespace", ["", ' xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"'])
def test_wrappers_and_namespaces(wrap: str, namespace: str) -> None:
    """A default namespace and a wrapper change nothing."""
    xml = wrap.format(
        f"<article{namespace}><front><article-meta><title-group><article-title>T</article-title>"
        "</title-group></article-meta></front></article>"
    )
    found = read_bytes(xml.encode(), load_readers(), LimitSettings())
    assert isinstance(found, tuple)
    assert [reading.record.title for reading in found] == ["T"]


def test_genres() -> None:
    """ISTEX's genre and the publisher's own stand side by side."""
    found = record(attributes='xml:lang="fr"')
    assert (found.genre, found.original_genre) == (("research-article",), ("research-article",))
    assert found.language == ("fre",)


@pytest.mark.parametrize(
    ("attributes", "meta", "wanted"),
    [
        ('xml:lang="pt"', "", "por"),
        ("", "", "eng"),
        ("", '<trans-abstract xml:lang="en"><p>x</p></trans-abstract>', "unknown"),
        ('xml:lang="zz-none"', "", "unknown"),
    ],
)
def test_languages(attributes: str, meta: str, wanted: str) -> None:
    """The DTD's default holds, unless a translation into English stands beside."""
    assert record(meta, attributes=attributes).language == (wanted,)


def test_jstor_article() -> None:
    """JSTOR's number is the article's, and its own field gives the language."""
    found = record(
        '<article-id pub-id-type="jstor">111039</article-id><custom-meta-group><custom-meta>'
        "<meta-name>lang</meta-name><meta-value>fre</meta-value></custom-meta></custom-meta-group>"
    )
    assert "111039" in found.article_id
    assert found.language == ("fre",)


_SEVERAL = {
    "BMJ": (
        "<contrib contrib-type='author'><name><surname>A</surname></name>"
        "<xref ref-type='aff'><sup>b</sup></xref></contrib></contrib-group>"
        "<aff><sup>a</sup>One, London, <sup>b</sup>Two, <italic>Paris</italic></aff>"
    ),
    "OUP": (
        "<contrib contrib-type='author'><name><surname>A</surname></name><xref rid='A2'>2</xref>"
        "</contrib><aff><target target-type='aff' id='A1'/><label>1</label>One, London and "
        "<target target-type='aff' id='A2'/><label>2</label>Two, Paris</aff></contrib-group>"
    ),
}


def test_what_the_publisher_wrote_is_kept() -> None:
    """A date that cannot be, and the publisher's name of the language, stand beside."""
    date = '<pub-date pub-type="ppub"><day>4</day><month>5</month><year>7998</year></pub-date>'
    found = record(date, attributes='xml:lang="EN"')
    assert (found.publication_date, found.original_date) == ("", "7998-5-4")
    assert (found.language, found.original_language) == (("eng",), ("EN",))


@pytest.mark.parametrize("publisher", sorted(_SEVERAL))
def test_several_addresses_in_one_element(publisher: str) -> None:
    """An author has the address whose mark or target is pointed to, not all of them."""
    (author,) = record(f"<contrib-group>{_SEVERAL[publisher]}").author
    assert author.affiliations == ("Two, Paris",)


def test_mail_of_the_corresponding_author() -> None:
    """The e-mail of the note on correspondence belongs to the author who points to it."""
    people = (
        "<contrib-group><contrib contrib-type='author'><name><surname>A</surname></name></contrib>"
        "<contrib contrib-type='author'><name><surname>B</surname></name>"
        "<xref ref-type='corresp' rid='c1'>*</xref></contrib></contrib-group><author-notes>"
        "<corresp id='c1'>E-mail: <email>b@x.org</email></corresp></author-notes>"
    )
    first, second = record(people).author
    assert first.affiliations == ()
    assert second.affiliations == ("E-mail: b@x.org",)


def test_funders() -> None:
    """Funders have their identifier and awards, in the words of every version."""
    new = (
        "<funding-group><award-group><funding-source><institution-wrap><institution>ANR"
        "</institution><institution-id>10.13039/501100001665</institution-id></institution-wrap>"
        "</funding-source><award-id>A-1</award-id><award-id>A-2</award-id></award-group>"
        "</funding-group>"
    )
    funder = Funder(name="ANR", id="10.13039/501100001665", award=("A-1", "A-2"))
    assert record(new).funder == (funder,)
    old = '<contract-sponsor id="s1">NIH</contract-sponsor><contract-num rid="s1">N1</contract-num>'
    assert record(old).funder == (Funder(name="NIH", award=("N1",)),)


def test_a_journal_without_title_has_the_name_pubmed_gives_it() -> None:
    """BMJ and PNAS of old give no title; PubMed's abbreviation stands for it."""
    journal = '<journal-id journal-id-type="pubmed">Proc Natl Acad Sci U S A</journal-id>'
    host = record(journal=journal).host
    assert host is not None
    assert host.title == "Proc Natl Acad Sci U S A"


def test_arxiv_number_without_its_name() -> None:
    """The name of arXiv is not part of the number."""
    assert record('<article-id pub-id-type="arxiv">arXiv:2205.14599</article-id>').arxiv == (
        "2205.14599",
    )


@pytest.mark.parametrize(
    "folder", ["oup-scjats", "pub2tei-dummy/OUP", "pub2tei-dummy/BMJ", "pub2tei-dummy/PNAS"]
)
def test_variants_of_publishers(shared: Path, folder: str) -> None:
    """OUP's Silverchair, BMJ and PNAS write JATS of their own; all of it is read."""
    for path, reading in read_folder(shared / "corpora" / folder):
        found = reading.record
        assert found.title, path
        assert all(author.affiliations for author in found.author if author.surname), path
        assert found.host is not None
        assert found.host.title, path
        assert found.host.volume, path
        assert found.ref_bibs, path
        assert not unresolved(reading), path


@pytest.mark.parametrize(
    ("markup", "shown", "surname"),
    [
        ("<given-names>Glen H.</given-names> <surname>Elder,</surname> <suffix>Jr.</suffix>",
         "Glen H. Elder Jr.", "Elder"),
        ("<given-names>Roger</given-names> <given-names>(Rongxin)</given-names> "
         "<surname>Chen</surname>", "Roger (Rongxin) Chen", "Chen"),
        ("<prefix>M.</prefix> <surname>van BOCKSTAELE</surname>",
         "M. van BOCKSTAELE", "van BOCKSTAELE"),
        (" Michèle de la Pradelle ", "Michèle de la Pradelle", ""),
    ],
)  # fmt: skip
def test_jstor_names(markup: str, shown: str, surname: str) -> None:
    """All parts of a loosely marked name are shown, in their order."""
    people = record(
        f"<contrib-group><contrib><string-name>{markup}</string-name></contrib></contrib-group>"
    ).author
    assert [(one.name, one.surname) for one in people] == [(shown, surname)]


def test_parts_of_a_name_of_an_organism_are_apart() -> None:
    """Genus and species that TaxPub writes without a blank are two words, in title and body."""
    part = '<tp:taxon-name-part taxon-name-part-type="{}">{}</tp:taxon-name-part>'
    name = part.format("genus", "Eucharis") + part.format("species", "moorei")
    marked = f"<tp:taxon-name>{name}</tp:taxon-name>"
    found = read(
        f"<title-group><article-title>On {marked}, again</article-title></title-group>",
        rest=f"<body><p>See {marked}.</p></body>",
        attributes='xmlns:tp="http://www.plazi.org/taxpub"',
    )
    assert found.record.title == "On Eucharis moorei, again"
    assert found.text is not None
    assert "See Eucharis moorei." in "".join(strings(found.text))
