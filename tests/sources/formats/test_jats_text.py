"""What JATS articles say: abstracts, bodies, references."""

from __future__ import annotations

from lxml import etree

from fonds.renditions.text import with_text_facts
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import strings
from tests.sources.formats.jats_making import read, record


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


def test_references_printed_and_structured() -> None:
    """What SciELO says twice is one reference, with its printed form and without its number."""
    (found,) = record(
        rest="<back><ref-list><ref id='B1'><label>1</label><mixed-citation>1. Curie M, <i>Ann</i>"
        " 1903</mixed-citation><element-citation><source>Ann</source><year>1903</year>"
        "</element-citation></ref></ref-list></back>"
    ).ref_bibs
    assert (found.key, found.text, found.publication_date) == ("B1", "Curie M, Ann 1903", "1903")
    assert found.host is not None
    assert found.host.title == "Ann"


def test_references_in_footnotes() -> None:
    """JSTOR's footnotes come without text: what they cite are the references."""
    cited = "<mixed-citation id='c1'>Raz (1994),</mixed-citation>"
    notes = f"<fn-group><fn><label>1</label><p>{cited}</p></fn></fn-group>"
    assert [one.key for one in record(rest=f"<back>{notes}</back>").ref_bibs] == ["c1"]
    with_text = f"<body><p>Words.</p></body><back>{notes}</back>"
    assert record(rest=with_text).ref_bibs == ()


def test_formulas_in_instructions() -> None:
    """IOP keeps the formula in an instruction; the file's line breaks around it are no blanks."""
    abstract = (
        "the <inline-formula>\n <tex-math><?CDATA $ CP $?></tex-math>\n</inline-formula>-asymmetry"
    )
    found = record(f"<abstract><p>{abstract}</p></abstract>")
    assert found.abstract == "the CP-asymmetry"


def test_who_made_a_figure() -> None:
    """The credit of a figure and the name of a supplement are text; "Click here" is none."""
    reading = read(
        rest="<body><fig><caption><p>A bee.</p></caption><attrib>PHOTO: A. EXEMPLE</attrib></fig>"
        "<supplementary-material><media><caption><p>Click here for data.</p><p>Checklist.</p>"
        "</caption></media></supplementary-material></body>"
    )
    assert reading.text is not None
    assert [str(p.text) for p in reading.text.iter(f"{TEI}p")] == [
        "A bee.",
        "PHOTO: A. EXEMPLE",
        "Checklist.",
    ]


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
        "<front-stub><title-group><article-title>Le mien</article-title></title-group>"
        "<kwd-group xml:lang='fr'><kwd>abeille</kwd></kwd-group><kwd-group><kwd>miel</kwd>"
        "</kwd-group></front-stub></sub-article>",
    )
    assert (found.title, found.author, found.ref_bibs) == ("Mine", (), ())
    assert [(t.lang, t.value) for t in found.translated_title] == [("fre", "Le mien")]
    told = [(s.lang, s.value) for s in found.subject]
    assert told == [(("fre",), "abeille"), (("fre",), "miel")]


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
