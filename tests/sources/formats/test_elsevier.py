"""Elsevier's articles become records and text, in each of their wrappers."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.record import Funder, Record
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading
from fonds.sources.stylesheet import TEI
from tests.sources.formats.reading import read as read_any

_DTD = "http://www.elsevier.com/xml/{}/dtd"
_SPACES = " ".join(
    f'xmlns{f":{prefix}" if prefix else ""}="{_DTD.format(name)}"'
    for prefix, name in (
        ("", "ja"), ("ce", "common"), ("sb", "common/struct-bib"), ("sa", "common/struct-aff"),
    )
)  # fmt: skip
_SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
_INFO = (
    "<item-info><jid>PLB</jid><aid>1</aid><ce:pii>S0370-2693(13)00982-9</ce:pii>"
    '<ce:doi>10.1016/x.1</ce:doi>{}<ce:copyright year="2013" type="other">A</ce:copyright>'
    "</item-info>"
)
_ITEM = (
    "<dataset><dataset-content>{}<journal-item><journal-item-unique-ids>"
    "<pii>S0370269313009829</pii><jid-aid><issn>0370-2693</issn></jid-aid>"
    "</journal-item-unique-ids><journal-item-properties><collection-title>Physics Letters B"
    "</collection-title><online-publication-date>2013-02-04T00:19:29Z</online-publication-date>"
    "</journal-item-properties></journal-item></dataset-content></dataset>"
)


def read(
    head: str = "",
    rest: str = "",
    *,
    root: str = "article",
    attributes: str = "",
    info: str = "",
    beside: tuple[str, ...] = (),
) -> Reading:
    """Read one article made of these parts."""
    name = {"article": "head", "book-review": "book-review-head"}.get(root, "simple-head")
    xml = (
        f"<{root} {_SPACES} {attributes}>{_INFO.format(info)}<{name}>{head}</{name}>{rest}</{root}>"
    )
    companions = tuple(etree.fromstring(one) for one in beside)
    found = read_bytes(xml.encode(), load_readers(), LimitSettings(), beside=companions)
    assert isinstance(found, tuple), found
    assert found[0].reader == "elsevier"
    return found[0]


def record(head: str = "", **more: str) -> Record:
    """Return the record alone."""
    return read(head, **more).record  # type: ignore[arg-type]  # only texts are passed on


def text(rest: str) -> str:
    """Return the TEI text without its namespace."""
    made = read("<ce:title>T</ce:title>", rest).text
    assert made is not None
    shown = etree.tostring(made, encoding="unicode")
    return shown.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


def body(sections: str, floats: str = "") -> str:
    """Return what stands in the body."""
    made = text(f"{floats}<body><ce:sections>{sections}</ce:sections></body>")
    return made.partition("<body>")[2].rpartition("</body>")[0]


@pytest.mark.parametrize("root", ["article", "simple-article", "converted-article", "book-review"])
def test_roots(root: str) -> None:
    """Every root of the DTD is read, with identifiers and title."""
    made = record("<ce:title>On H<ce:inf>2</ce:inf>O<ce:footnote id='f'/></ce:title>", root=root)
    assert (made.title, made.doi, made.pii) == (
        "On H2O",
        ("10.1016/x.1",),
        ("S0370-2693(13)00982-9",),
    )
    assert made.host is not None
    assert (made.host.journal_id, made.publication_date) == (("PLB",), "2013")


def test_exam() -> None:
    """Questions and answers of an examination are its body."""
    made = read(
        "<ce:title>Quiz</ce:title>",
        "<ce:exam-questions><ce:section-title>Questions</ce:section-title><ce:para>Why?</ce:para>"
        "</ce:exam-questions>",
        root="exam",
    )
    assert made.text is not None
    assert made.text.findtext(f".//{TEI}div/{TEI}p") == "Why?"
    assert made.record.original_genre == ("Examination",)


def test_review_without_title() -> None:
    """A review is called after the book it is about."""
    made = record(
        "<ce:dochead><ce:textfn>Book review</ce:textfn></ce:dochead><sb:reference>"
        "<sb:contribution><sb:title><sb:maintitle>Bees</sb:maintitle></sb:title></sb:contribution>"
        "<sb:host><sb:book><sb:date>1990</sb:date></sb:book></sb:host></sb:reference>",
        root="book-review",
    )
    assert (made.title, made.genre) == ("Bees", ("book-reviews",))


def test_affiliations() -> None:
    """Who points to an address has it; who points to none has the group's common one."""
    made = record(
        "<ce:title>T</ce:title><ce:author-group><ce:author orcid='0000-0002-1825-0097'>"
        "<ce:given-name>Ada</ce:given-name><ce:surname>Exemple</ce:surname>"
        "<ce:suffix>Jr.</ce:suffix>"
        "<ce:cross-ref refid='a1'><ce:sup>a</ce:sup></ce:cross-ref>"
        "<ce:cross-ref refid='c1'>*</ce:cross-ref>"
        "<ce:e-address>ada@x.org</ce:e-address></ce:author>"
        "<ce:affiliation id='a1'><ce:label>a</ce:label><ce:textfn>Lab A, Nancy</ce:textfn>"
        "</ce:affiliation><ce:correspondence id='c1'><ce:label>*</ce:label></ce:correspondence>"
        "</ce:author-group><ce:author-group><ce:author><ce:surname>Beta</ce:surname></ce:author>"
        "<ce:collaboration><ce:text>on behalf of the X Group</ce:text></ce:collaboration>"
        "<ce:affiliation><sa:affiliation><sa:organization>Lab B</sa:organization><sa:country>France"
        "</sa:country></sa:affiliation></ce:affiliation></ce:author-group>"
    )
    ada, beta, group = made.author
    assert (ada.name, ada.orcid) == ("Ada Exemple Jr.", "0000-0002-1825-0097")
    assert ada.affiliations == ("Lab A, Nancy", "E-mail: ada@x.org")
    assert beta.affiliations == ("Lab B, France",)
    assert (group.name, group.affiliations) == ("X Group", ())


def test_abstracts_and_keywords() -> None:
    """The abstract of the article's language is the abstract; abbreviations are no keywords."""
    made = record(
        "<ce:title>T</ce:title><ce:alt-title xml:lang='en'>E</ce:alt-title>"
        "<ce:abstract class='author-highlights'><ce:abstract-sec><ce:simple-para>Short"
        "</ce:simple-para></ce:abstract-sec></ce:abstract>"
        "<ce:abstract xml:lang='en'><ce:abstract-sec>"
        "<ce:simple-para>English</ce:simple-para></ce:abstract-sec></ce:abstract>"
        "<ce:abstract xml:lang='fr'><ce:section-title>Résumé</ce:section-title><ce:abstract-sec>"
        "<ce:section-title>But</ce:section-title><ce:simple-para>Voir</ce:simple-para>"
        "<ce:simple-para>2<ce:hsp sp='0.2'/>mm</ce:simple-para></ce:abstract-sec></ce:abstract>"
        "<ce:keywords xml:lang='fr'><ce:keyword><ce:text>abeille</ce:text></ce:keyword>"
        "</ce:keywords>"
        "<ce:keywords class='abr'><ce:keyword><ce:text>DNA</ce:text></ce:keyword></ce:keywords>",
        attributes='xml:lang="fr"',
    )
    assert made.abstract == "But: Voir 2 mm"
    assert [(a.lang, a.kind, a.value) for a in made.other_abstract] == [
        ("", "author-highlights", "Short"),
        ("eng", "", "English"),
    ]
    assert [(s.lang, s.value) for s in made.subject] == [(("fre",), "abeille")]
    assert [t.value for t in made.translated_title] == ["E"]


def test_funders() -> None:
    """Sponsors marked in the text pay, each with the numbers that point at it."""
    made = record(
        "<ce:title>T</ce:title>",
        rest="<body><ce:acknowledgment><ce:para>We thank <ce:grant-sponsor id='s1' "
        "sponsor-id='https://doi.org/10.13039/501100001809'>NSF of China</ce:grant-sponsor> ("
        "<ce:grant-number refid='s1'>1</ce:grant-number>, <ce:grant-number refid='s1'>2"
        "</ce:grant-number>) and <ce:grant-sponsor>FWF</ce:grant-sponsor>.</ce:para>"
        "</ce:acknowledgment></body>",
    )
    china = Funder(
        name="NSF of China", id="https://doi.org/10.13039/501100001809", award=("1", "2")
    )
    assert made.funder == (china, Funder(name="FWF"))


def test_erratum() -> None:
    """A correction names what it corrects."""
    made = record(
        "<ce:title>T</ce:title>",
        root="simple-article",
        attributes='docsubtype="err"',
        info="<ce:document-thread><ce:refers-to-document><ce:pii>S1</ce:pii><ce:doi>10.1016/x.0"
        "</ce:doi></ce:refers-to-document></ce:document-thread>",
    )
    assert made.erratum_of == ("10.1016/x.0",)
    assert made.original_genre == ("Erratum",)


def test_dataset_beside() -> None:
    """What a delivery's list says of this article, and not of another, completes it."""
    made = read("<ce:title>T</ce:title>", beside=(_ITEM.format(""),)).record
    assert made.host is not None
    assert (made.host.title, made.host.issn) == ("Physics Letters B", ("0370-2693",))
    assert made.online_date == "2013-02-04"
    other = _ITEM.format("").replace("S0370269313009829", "S0000000000000000")
    host = read("<ce:title>T</ce:title>", beside=(other,)).record.host
    assert host is not None
    assert not host.title


def test_issue_beside() -> None:
    """The table of contents of an issue gives volume, issue, pages and the year of the cover."""
    issue = (
        f"<serial-issue {_SPACES}><issue-info><ce:issn>0370-2693</ce:issn><volume-issue-number>"
        "<vol-first>728</vol-first><iss-first>2</iss-first><iss-last>3</iss-last>"
        "</volume-issue-number></issue-info><issue-data><cover-date><date-range>"
        "<start-date>20140120</start-date></date-range></cover-date></issue-data><issue-body>"
        "<include-item><ce:pii>S0370-2693(13)00982-9</ce:pii><ce:pages><ce:first-page>10"
        "</ce:first-page><ce:last-page>19</ce:last-page></ce:pages></include-item></issue-body>"
        "</serial-issue>"
    )
    made = read("<ce:title>T</ce:title>", beside=(issue, _ITEM.format(""))).record
    host = made.host
    assert host is not None
    assert host.pages is not None
    assert (host.volume, host.issue, host.pages.first, host.pages.total) == (
        "728",
        "2–3",
        "10",
        "10",
    )
    assert (host.title, made.publication_date) == ("Physics Letters B", "2014")
    assert (made.print_date, made.copyright_date) == ("2014-01-20", "2013")


def test_figure_stands_after_its_anchor() -> None:
    """A float is placed after the paragraph that anchors it first, once."""
    made = body(
        "<ce:para>See <ce:cross-ref refid='f1'>Fig. 1</ce:cross-ref><ce:float-anchor refid='f1'/>."
        "</ce:para><ce:para>Again<ce:float-anchor refid='f1'/></ce:para>",
        "<ce:floats><ce:figure id='f1'><ce:label>Fig. 1</ce:label><ce:caption><ce:simple-para>Bees"
        "</ce:simple-para></ce:caption><ce:link locator='gr1'/></ce:figure></ce:floats>",
    )
    assert made == (
        '<p>See <ref type="figure" target="#f1">Fig. 1</ref>.</p><figure xml:id="f1"><head><label>'
        'Fig. 1</label></head><p>Bees</p><graphic url="gr1"/></figure><p>Again</p>'
    )


def test_table() -> None:
    """Spans of a CALS table are counted from the names of its columns."""
    made = text(
        "<ce:floats><ce:table id='t1'><tgroup cols='3'><colspec colname='a'/><colspec colname='b'/>"
        "<colspec colname='c'/><thead><row><entry namest='b' nameend='c'>N</entry></row></thead>"
        "<tbody><row><entry morerows='1'>1</entry></row></tbody></tgroup></ce:table></ce:floats>"
    )
    assert '<row role="label"><cell cols="2">N</cell></row>' in made
    assert '<row><cell rows="2">1</cell></row>' in made


def test_references_and_their_targets() -> None:
    """Entries keep their ids; a further work of an entry has its own; words stay words."""
    made = read(
        "<ce:title>T</ce:title>",
        "<body><ce:sections><ce:para>By <ce:cross-refs refid='s1 s2'>[1]</ce:cross-refs></ce:para>"
        "</ce:sections></body><tail><ce:bibliography><ce:bibliography-sec>"
        "<ce:bib-reference id='b1'><ce:label>1</ce:label><sb:reference id='s1'><sb:contribution>"
        "<sb:authors><sb:author><ce:given-name>A.</ce:given-name><ce:surname>B</ce:surname>"
        "</sb:author></sb:authors><sb:title><sb:maintitle>Bees</sb:maintitle></sb:title>"
        "</sb:contribution><sb:host><sb:issue><sb:series><sb:title><sb:maintitle>Icarus"
        "</sb:maintitle></sb:title><sb:volume-nr>2</sb:volume-nr></sb:series><sb:date>2010a</sb:date>"
        "</sb:issue><sb:pages><sb:first-page>6</sb:first-page></sb:pages></sb:host></sb:reference>"
        "<ce:other-ref id='s2'><ce:textref>A letter.</ce:textref></ce:other-ref></ce:bib-reference>"
        "</ce:bibliography-sec></ce:bibliography></tail>",
    )
    first, second = made.record.ref_bibs
    assert (first.title, first.key, first.publication_date) == ("Bees", "b1", "2010")
    assert first.host is not None
    assert (first.host.title, first.host.volume) == ("Icarus", "2")
    assert (second.text, second.key) == ("A letter.", "s2")
    assert made.text is not None
    reference = made.text.find(f".//{TEI}ref")
    assert reference is not None
    assert (reference.get("type"), reference.get("target")) == ("bibr", "#b1 #s2")


def test_references_in_words(shared: Path) -> None:
    """A reference without title is given with its names' parts set apart, volumes as numbers."""
    path = shared / "corpora/elsevier-ja/10-1016-j-physletb-2013-12-007/main.xml"
    found = {one.key: one for one in read(path.read_text("utf-8")).record.ref_bibs}
    assert found["br0100"].text == "E. Komatsu, arXiv:astro-ph/0206039"
    path = shared / "corpora/elsevier-xocs/S0024379513003716.xml"
    hosts = [one.host for one in read(path.read_text("utf-8")).record.ref_bibs]
    assert hosts[0] is not None
    assert (hosts[0].title, hosts[0].volume) == (
        "Idempotent Mathematics and Mathematical Physics",
        "377",
    )


def test_names_without_namespaces() -> None:
    """A file whose prefixes only the DTD declares is read the same."""
    xml = (
        "<article docsubtype='fla'><item-info><jid>J</jid><ce:pii>S1</ce:pii></item-info><head>"
        "<ce:title>T</ce:title></head><body><ce:sections><ce:para>x <mml:math><mml:mi>y</mml:mi>"
        "</mml:math></ce:para></ce:sections></body></article>"
    )
    found = read_bytes(xml.encode(), load_readers(), LimitSettings())
    assert isinstance(found, tuple)
    assert (found[0].record.title, found[0].record.pii) == ("T", ("S1",))
    assert found[0].text is not None
    assert found[0].text.find(f".//{TEI}formula/{{*}}math") is not None


def test_formulas_bring_no_foreign_namespaces() -> None:
    """MathML is made anew: the publisher's namespaces are not repeated in each formula."""
    made = read(
        "<ce:title>T</ce:title>",
        "<body><ce:sections><ce:para>If <m:math xmlns:m='http://www.w3.org/1998/Math/MathML'"
        " altimg='s.gif' id='m1'><m:mi mathvariant='bold'>x</m:mi></m:math></ce:para>"
        "</ce:sections></body>",
    )
    assert made.text is not None
    shown = etree.tostring(made.text, encoding="unicode")
    assert "elsevier.com" not in shown
    assert '<m:math><m:mi mathvariant="bold">x</m:mi></m:math>' in shown


def _real(path: Path) -> Reading:
    found = read_bytes(path.read_bytes(), load_readers(), LimitSettings())
    assert isinstance(found, tuple), found
    return found[0]


def test_xocs(shared: Path) -> None:
    """The text-mining wrapper says journal, volume, issue, pages, licence and cover date."""
    made = _real(shared / "corpora/elsevier-xocs/S0019103511004994.xml")
    host = made.record.host
    assert host is not None
    assert host.pages is not None
    assert (host.title, host.volume, host.issue) == ("Icarus", "218", "1")
    assert (host.pages.first, host.pages.last, host.pages.total) == ("433", "447", "15")
    assert made.record.print_date == "2012-03-01"
    assert made.record.access_condition is not None
    assert made.record.access_condition.content_type == "isOpenAccess"
    assert len(made.record.author) == 11
    assert made.text is not None
    assert len(made.text.findall(f".//{TEI}figure[@type='table']")) == 3


def test_raw_text(shared: Path) -> None:
    """A volume that was never marked up has its raw text."""
    made = _real(shared / "corpora/elsevier-xocs/S0024379513003716.xml")
    assert made.text is not None
    assert "Linear Algebra" in (made.text.findtext(f"{TEI}body/{TEI}div/{TEI}p") or "")


def test_document_schema(shared: Path) -> None:
    """The `document` schema has the journal in RDF."""
    made = _real(shared / "corpora/elsevier-document/els_detag_example_2.xml").record
    host = made.host
    assert host is not None
    assert (host.title, host.volume, host.issue) == ("Heliyon", "10", "3")
    assert (host.article_number, host.publisher) == ("e25165", "Elsevier Ltd")
    assert (made.publication_date, made.online_date) == ("2024", "2024-01-26")


@pytest.mark.parametrize("folder", ["elsevier-ja", "elsevier-xocs", "elsevier-document"])
def test_every_target_is_there(shared: Path, folder: str) -> None:
    """Every reference of the text points to an entry or an element that exists."""
    for path in sorted((shared / "corpora" / folder).rglob("*.xml")):
        if path.name == "dataset.xml":
            continue
        made = _real(path)
        if made.text is None:
            continue
        known = {reference.key for reference in made.record.ref_bibs}
        known |= {e.get("{http://www.w3.org/XML/1998/namespace}id", "") for e in made.text.iter()}
        targets = {
            target[1:]
            for ref in made.text.iter(f"{TEI}ref")
            if ref.get("type") != "url"
            for target in ref.get("target", "").split()
        }
        assert targets <= known, (path, targets - known)


@pytest.mark.parametrize(
    ("pii", "wanted"),
    [("S0370-2693(13)00982-9", ("0370-2693",)), ("S0370269313009829", ("0370-2693",)),
     ("B978-0-12-000000-0.50001-1", ())],
)  # fmt: skip
def test_the_pii_of_a_serial_begins_with_its_issn(pii: str, wanted: tuple[str, ...]) -> None:
    """An article that came without its issue still says which journal it is in."""
    xml = f"<article {_SPACES}>{_INFO.format('')}<head><ce:title>T</ce:title></head></article>"
    (reading,) = read_any(xml.replace("S0370-2693(13)00982-9", pii))
    host = reading.record.host
    assert host is not None
    assert host.issn == wanted
