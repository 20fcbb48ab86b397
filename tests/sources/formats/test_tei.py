"""TEI of every source becomes records and texts in the archive's vocabulary."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reader, Reading

_VOCABULARY = {
    *("text", "front", "body", "back", "div", "head", "p", "list", "item", "label", "quote", "cit"),
    *("lg", "l", "sp", "speaker", "figure", "figDesc", "graphic", "table", "row", "cell"),
    *("formula", "note", "ref", "hi", "code", "lb", "pb", "gap", "foreign", "term", "name"),
    *("title", "bibl"),
}
_HEADER = (
    "<fileDesc><titleStmt><title>A title</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><bibl><date>1651</date></bibl></sourceDesc></fileDesc>"
)


@cache
def readers() -> tuple[Reader, ...]:
    """Return the installed readers, made once."""
    return load_readers()


def read_all(xml: bytes) -> tuple[Reading, ...]:
    """Read a TEI file with the installed readers."""
    found = read_bytes(xml, readers(), LimitSettings())
    assert isinstance(found, tuple), found
    assert {reading.reader for reading in found} == {"tei"}
    return found


def of_file(path: Path) -> tuple[Reading, ...]:
    """Read a file of the corpora."""
    return read_all(path.read_bytes())


def tei(body: str, *, header: str = _HEADER, rest: str = "") -> Reading:
    """Read a small TEI file."""
    xml = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader>'
        f"<text>{rest}<body>{body}</body></text></TEI>"
    )
    return read_all(xml.encode())[0]


def written(reading: Reading) -> str:
    """Return the text as XML without namespace, for comparison."""
    assert reading.text is not None
    xml = etree.tostring(reading.text, encoding="unicode")
    return xml.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "")


def names(reading: Reading) -> set[str]:
    """Return the names of all elements of a text."""
    assert reading.text is not None
    return {etree.QName(one).localname for one in reading.text.iter(etree.Element)}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<p>narra<g ref='char:EOLhyphen'/>tion</p>", "<p>narration</p>"),
        ("<p>degra\n  <lb break='no'/>dations</p>", "<p>degradations</p>"),
        ("<p>one<lb/>two</p>", "<p>one<lb/>two</p>"),
        ("<p>a <choice><sic>bat</sic><corr>bad</corr></choice> one</p>", "<p>a bad one</p>"),
        ("<p>do<gap reason='illegible: over-inked'><desc>x</desc></gap></p>",
         '<p>do<gap reason="illegible-over-inked"/></p>'),
        ("<p>e<note place='margin'>m</note></p>",
         '<p>e<note place="foot" type="margin">m</note></p>'),
        ("<p>x</p><fw>running head</fw>", "<p>x</p>"),
        ("<p><hi rend='sup'>2</hi><emph>so</emph></p>",
         '<p><hi rend="superscript">2</hi><hi rend="italic">so</hi></p>'),
        ("<ab>x</ab><table><row><cell cols='2'>c</cell></row></table>",
         '<p>x</p><figure type="table"><table><row><cell cols="2">c</cell></row></table></figure>'),
        ("<div><div><p>x</p></div><p>late</p></div>",
         "<div><div><p>x</p></div><div><p>late</p></div></div>"),
        ("<sp><speaker>TOM</speaker><l>verse</l></sp>",
         "<sp><speaker>TOM</speaker><l>verse</l></sp>"),
        ("<div><closer><signed>R. A.</signed></closer></div>", "<div><p>R. A. </p></div>"),
        ("<p><ref target='#n1'>1</ref><ref target='#no'>2</ref></p><note xml:id='n1'>N</note>",
         '<p><ref target="#n1" type="note">1</ref>2</p><note place="foot" xml:id="n1">N</note>'),
    ],
)  # fmt: skip
def test_vocabulary(given: str, wanted: str) -> None:
    """Each construction of the sources becomes one of the archive's, and loses no word."""
    assert written(tei(given)) == f"<text><body>{wanted}</body></text>"


def test_style_by_rendition() -> None:
    """A `rendition` is looked up in the header's styles; spaced type is emphasis."""
    styles = (
        "<encodingDesc><tagsDecl><rendition xml:id='w'>letter-spacing: 2pt</rendition>"
        "<rendition xml:id='r'>font-family: serif</rendition></tagsDecl></encodingDesc>"
    )
    reading = tei(
        "<p><hi rendition='#w'>a</hi><hi rendition='#r'>b</hi></p>", header=_HEADER + styles
    )
    assert written(reading) == '<text><body><p><hi rend="italic">a</hi>b</p></body></text>'


def test_references_are_resolved() -> None:
    """The bibliography is in the record, and the text's references point at its keys."""
    back = (
        "<div type='references'><listBibl><biblStruct xml:id='b0'><analytic><title level='a'>Bees"
        "</title><author><persName><forename>A</forename><surname>B</surname></persName></author>"
        "</analytic><monogr><title level='j'>Apidologie</title><imprint><biblScope unit='volume'>3"
        "</biblScope><date when='1999'/></imprint></monogr></biblStruct></listBibl></div>"
    )
    body = "<p><ref type='bibr' target='#b0'>B (1999)</ref></p>"
    xml = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{_HEADER}</teiHeader>'
        f"<text><body>{body}</body><back>{back}</back></text></TEI>"
    )
    reading = read_all(xml.encode())[0]
    (reference,) = reading.record.ref_bibs
    assert (reference.key, reference.title, reference.publication_date) == ("b0", "Bees", "1999")
    assert reference.host is not None
    assert (reference.host.title, reference.host.volume) == ("Apidologie", "3")
    assert '<ref target="#b0" type="bibr">' in written(reading)
    assert "<back" not in written(reading)


def test_lines_of_the_header() -> None:
    """Lines of an address are its parts; those of a title are one."""
    header = _HEADER.replace(
        "<title>A title</title>",
        "<title>A<lb/>title</title><author><persName><surname>Un</surname></persName><affiliation>"
        "CNRS<lb/>UPS 076<lb/>Vandœuvre</affiliation></author>",
    )
    record = tei("<p>x</p>", header=header).record
    assert record.title == "A title"
    assert record.author[0].affiliations == ("CNRS, UPS 076, Vandœuvre",)


def test_dingler_articles(shared: Path) -> None:
    """A volume of the Polytechnisches Journal gives its articles, with stable numbers."""
    readings = of_file(shared / "corpora/tei-dingler/pj001.xml")
    *articles, volume = readings
    assert len(articles) == 52
    assert len({reading.record.article_id for reading in articles}) == 52
    assert volume.record.title == "Polytechnisches Journal: Band 1, Jahrgang 1820"
    assert "Vorbericht" in written(volume)
    assert "Vorzuͤge der hydraulischen" not in written(volume)
    record = readings[0].record
    assert record.title == "Ueber die hydraulische Presse."
    assert [author.name for author in record.author] == ["Marechaux"]
    assert (record.article_id, record.language) == (("ar001001",), ("ger",))
    assert record.publication_date == "1820"
    host = record.host
    assert host is not None
    assert (host.title, host.volume, host.issue) == ("Polytechnisches Journal", "1", "1")
    assert host.pages is not None
    assert (host.pages.first, host.pages.last) == ("1", "34")
    assert host.editor[0].name == "Johann Gottfried Dingler"
    assert readings[0].text is not None
    assert "Nro. 203" not in written(readings[0])  # that is article 2


def test_pieces_read_the_same(shared: Path) -> None:
    """What is kept for an article, and for what stands around them, is read as it was."""
    for reading in of_file(shared / "corpora/tei-dingler/pj005.xml"):
        assert reading.piece is not None
        (again,) = read_all(reading.piece.data)
        assert again.record == reading.record, reading.piece.name
        assert written(again) == written(reading), reading.piece.name


def test_dingler_page_before(shared: Path) -> None:
    """An article that begins within a page begins on the page before its first break."""
    readings = of_file(shared / "corpora/tei-dingler/pj005.xml")
    pages = [
        r.record.host.pages for r in readings if r.record.host is not None and r.record.article_id
    ]
    firsts = [int(one.first) for one in pages if one is not None]
    assert len(firsts) == 76
    assert firsts == sorted(firsts)


def test_tcp_book(shared: Path) -> None:
    """An early book is one document with the year of its print and all its parts."""
    (reading,) = of_file(shared / "corpora/tei-tcp/A00002.xml")
    record = reading.record
    assert (record.publication_date, record.language) == ("1625", ("eng",))
    assert record.author[0].name == "Robert Aylett"
    assert record.article_id == ("A00002",)
    assert record.host is not None
    assert record.host.publisher == "Printed by William Stansby"
    assert record.access_condition is not None
    assert record.access_condition.content_type == "isOpenAccess"
    assert reading.text is not None
    assert len(reading.text.findall("{*}body/{*}div[@type='text']")) == 5


def test_openedition(shared: Path) -> None:
    """An article of OpenEdition gives both languages, its issue and its references."""
    (reading,) = of_file(shared / "corpora/tei-openedition/oj-ejrieps-9683.xml")
    record = reading.record
    assert record.doi == ("10.4000/136m4",)
    assert (record.publication_date, record.online_date) == ("2024", "2025-01-28")
    assert record.host is not None
    assert (record.host.title, record.host.issue) == ("EJRIEPS", "56")
    assert record.abstract.startswith("Cet article interroge")
    assert [text.lang for text in record.other_abstract] == ["eng"]
    assert len(record.ref_bibs) == 27
    assert record.ref_bibs[1].doi == "10.3917/savo.033.0009"
    assert len(record.subject) == 10
    assert "<head>Figure" in written(reading)


def test_hal(shared: Path) -> None:
    """HAL's export is a record without text; affiliations are looked up in its list."""
    (reading,) = of_file(shared / "corpora/tei-hal/hal-00643787.hal.tei.xml")
    record = reading.record
    assert reading.text is None
    assert record.title == "Discriminant analyses of peanut allergy severity scores"
    assert len(record.author) == 10
    assert record.editor == ()
    assert record.author[0].affiliations[0].startswith("Institut Élie Cartan de Nancy (IECN)")
    assert (record.doi, record.article_id) == (("10.1080/02664763.2010.529878",), ("hal-00643787",))
    host = record.host
    assert host is not None
    assert host.pages is not None
    assert (host.issn, host.eissn, host.volume) == (("0266-4763",), ("1360-0532",), "38")
    assert (host.issue, host.pages.first, record.publication_date) == ("9", "1783", "2011")


def test_grobid(shared: Path) -> None:
    """GROBID's output keeps its references; an author without a name is none."""
    (reading,) = of_file(shared / "corpora/tei-grobid/2020.acl-main.207.tei.xml")
    record = reading.record
    surnames = [one.surname for one in record.author]
    assert surnames == ["Cohan", "Feldman", "Beltagy", "Downey", "Weld"]
    assert len(record.ref_bibs) == 57
    keys = {reference.key for reference in record.ref_bibs}
    assert reading.text is not None
    targets = {
        one.get("target", "")[1:] for one in reading.text.iterfind(".//{*}ref[@type='bibr']")
    }
    assert len(targets) > 30
    assert targets <= keys


def test_mazarinades(shared: Path) -> None:
    """A pamphlet keeps its long s and has the year of its print."""
    (reading,) = of_file(shared / "corpora/tei-mazarinades/Moreau163_MAZ.xml")
    assert reading.record.publication_date == "1649"
    assert reading.record.author[0].name == "Parlement de Bordeaux"
    assert "autres plus grandes peines" in written(reading)
    assert "ſuite" in written(reading)


def test_image_annotations_are_no_documents(shared: Path) -> None:
    """A list of an image's zones is not a document."""
    xml = (shared / "corpora/tei-dingler/pj001-tab001539.xml").read_bytes()
    found = read_bytes(xml, readers(), LimitSettings())
    assert not isinstance(found, tuple)
    assert found.code == "format-not-read"


def test_texts_are_tei(shared: Path, data: Path) -> None:
    """Every text, with a header before it, is valid TEI P5."""
    schema = etree.RelaxNG(etree.parse(data / "schemas" / "tei_fonds.rng"))
    header = f"<teiHeader>{_HEADER}</teiHeader>"
    for path in sorted(shared.glob("corpora/tei-*/*.xml")):
        found = read_bytes(path.read_bytes(), readers(), LimitSettings())
        for reading in found if isinstance(found, tuple) else ():
            if reading.text is not None:
                text = etree.tostring(reading.text, encoding="unicode")
                xml = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{text}</TEI>'
                assert schema.validate(etree.fromstring(xml)), (path.name, schema.error_log)


def test_vocabulary_of_real_files(shared: Path) -> None:
    """No text of any source has an element outside the archive's vocabulary."""
    paths = [*shared.glob("corpora/tei-*/*.xml"), *shared.glob("corpora/nc-licensed/tei-*/*.xml")]
    seen: set[str] = set()
    for path in paths:
        found = read_bytes(path.read_bytes(), readers(), LimitSettings())
        for reading in found if isinstance(found, tuple) else ():
            seen |= names(reading) if reading.text is not None else set()
    assert seen <= _VOCABULARY
    assert {"lg", "sp", "table", "gap"} & seen
