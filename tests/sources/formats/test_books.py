"""Books of the NLM and BITS vocabularies become chapters with their book as host."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reader, Reading

_BITS = """<book xmlns:xlink="http://www.w3.org/1999/xlink" dtd-version="2.0" xml:lang="fr">
<collection-meta><title-group><title>Une série</title></title-group><issn>2105-0821</issn>
<volume-in-collection><volume-number>7</volume-number></volume-in-collection></collection-meta>
<book-meta><book-id book-id-type="doi">10.1234/book</book-id>
<book-title-group><book-title>Le livre</book-title></book-title-group>
<contrib-group><contrib contrib-type="editor"><name><surname>Un</surname>
<given-names>E.</given-names></name></contrib></contrib-group><pub-date><year>2015</year></pub-date>
<isbn publication-format="print">978-2-1234-5680-3</isbn>
<isbn publication-format="online">9782123456810</isbn>
<publisher><publisher-name>Presses</publisher-name></publisher>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p/></license>
</permissions></book-meta>
<front-matter><preface><title>Avant-propos</title><p>Merci.</p></preface></front-matter>
<book-body><book-part book-part-type="part" id="p1"><book-part-meta><title-group>
<title>Partie</title></title-group></book-part-meta><body>
<book-part book-part-type="chapter" id="c1"><book-part-meta>
<book-part-id book-part-id-type="doi">10.1234/book.1</book-part-id>
<title-group><label>1</label><title>Les <italic>abeilles</italic></title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Deux</surname>
<given-names>A.</given-names></name></contrib></contrib-group><fpage>3</fpage><lpage>12</lpage>
<abstract><p>Un résumé.</p></abstract></book-part-meta>
<body><sec id="s1"><title>Vol</title>
<p>Elles volent <xref ref-type="bibr" rid="r1">1</xref>.</p></sec>
</body><back><ref-list>
<ref id="r1"><mixed-citation>Dupont 2001</mixed-citation></ref></ref-list></back>
</book-part>
<book-part book-part-type="chapter" id="c2"><book-part-meta><title-group><title>Les guêpes</title>
</title-group></book-part-meta><body><p>Elles piquent.</p></body></book-part>
</body></book-part></book-body></book>"""


@cache
def readers() -> tuple[Reader, ...]:
    """Return the installed readers, made once."""
    return load_readers()


def read_all(xml: bytes) -> tuple[Reading, ...]:
    """Read a book with the installed readers."""
    found = read_bytes(xml, readers(), LimitSettings())
    assert isinstance(found, tuple), found
    assert {reading.reader for reading in found} == {"books"}
    return found


def written(reading: Reading) -> str:
    """Return the text without markup, blanks collapsed."""
    assert reading.text is not None
    return " ".join(" ".join(str(piece) for piece in reading.text.itertext()).split())


def test_bits_chapters() -> None:
    """A chapter is a document: its own title and authors; book and series are above it."""
    chapter, other, book = read_all(_BITS.encode())
    record = chapter.record
    assert record.title == "Les abeilles"
    assert (record.doi, record.chapter_id, record.genre) == (
        ("10.1234/book.1",),
        ("c1",),
        ("chapter",),
    )
    assert record.author[0].name == "A. Deux"
    assert (record.publication_date, record.language) == ("2015", ("fre",))
    assert record.abstract == "Un résumé."
    assert record.ref_bibs[0].key == "r1"
    host = record.host
    assert host is not None
    assert (host.title, host.doi, host.publisher) == ("Le livre", ("10.1234/book",), "Presses")
    assert (host.isbn, host.eisbn) == (("9782123456803",), ("9782123456810",))
    assert host.editor[0].name == "E. Un"
    assert host.pages is not None
    assert (host.pages.first, host.pages.total) == ("3", "10")
    assert record.serie is not None
    assert (record.serie.title, record.serie.volume) == ("Une série", "7")
    assert record.access_condition is not None
    assert record.access_condition.content_type == "isOpenAccess"
    assert written(chapter) == "Vol Elles volent 1 ."
    assert other.record.title == "Les guêpes"
    assert (book.record.title, book.record.genre) == ("Le livre", ("book",))
    assert written(book) == "Avant-propos Merci."


def test_handbook(shared: Path) -> None:
    """A whole NLM book gives its chapters, and itself with what stands around them."""
    path = shared / "corpora/nlm-dtd-samples/nlmjats-books-2.1-FullBookSample.xml"
    readings = read_all(path.read_bytes())
    assert len(readings) == 25
    chapter, book = readings[0], readings[-1]
    assert chapter.record.title == "GenBank: The Nucleotide Sequence Database"
    assert chapter.record.author[0].name == "Ilene Mizrachi"
    assert chapter.record.chapter_id == ("bid.2",)
    assert chapter.record.host is not None
    assert chapter.record.host.title == "The NCBI Handbook"
    assert [one.name for one in chapter.record.host.editor] == ["Jo McEntyre", "Jim Ostell"]
    assert "maintained at Los Alamos" in written(chapter)
    assert "maintained at Los Alamos" not in written(book)
    assert written(book).startswith("About this book")


def test_jstor_book(shared: Path) -> None:
    """A JSTOR book is chapters without text; headings with subdivisions are one subject."""
    readings = read_all((shared / "corpora/jstor-dfr/book-7411.xml").read_bytes())
    assert len(readings) == 36
    record = readings[4].record
    assert record.title.startswith("The enigmas of Fiji")
    assert [one.surname for one in record.author] == ["Fraenkel", "Firth"]
    assert record.chapter_id == ("j.ctt24hdz7.5",)
    assert record.abstract.startswith("Fiji’s December 2006 coup")
    host = record.host
    assert host is not None
    assert host.title == "The 2006 Military Takeover in Fiji: A Coup to End All Coups?"
    assert (host.isbn, host.eisbn) == (("9781921536502",), ("9781921536519",))
    assert host.subject[1].value == "Fiji -- History -- 21st century"
    assert record.publication_date == "2009"
    assert readings[4].text is None


def test_every_sample_is_read(shared: Path) -> None:
    """Every book and collection among the DTD's samples gives documents with a title."""
    paths = sorted(shared.glob("corpora/nlm-dtd-samples/*-books-*.xml"))
    assert len(paths) == 10
    for path in paths:
        for reading in read_all(path.read_bytes()):
            assert reading.record.title, path.name
            assert reading.record.host is not None


def test_pieces_read_the_same(shared: Path) -> None:
    """What is kept for a chapter, and for the book around them, is read as it was."""
    handbook = shared / "corpora/nlm-dtd-samples/nlmjats-books-2.1-FullBookSample.xml"
    for xml in (_BITS.encode(), handbook.read_bytes()):
        for reading in read_all(xml):
            assert reading.piece is not None
            (again,) = read_all(reading.piece.data)
            assert again.record == reading.record, reading.piece.name
            assert written(again) == written(reading), reading.piece.name
