"""Plain text has everything; cleaned text only what runs."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from fonds.record import Record
from fonds.renditions.door import load_renditions
from fonds.renditions.model import Material
from fonds.renditions.pdf_facts import PdfFacts
from fonds.renditions.text import CleanedText, PlainText, with_text_facts
from fonds.sources.xml import Element
from tests.sources.formats.reading import read

_TEXT = """<text xmlns="http://www.tei-c.org/ns/1.0"><body><div><head>Methods</head>
<p>We  did<note place="foot"><p>Twice.</p></note> it with <formula>x=y</formula>.</p>
<figure><head>Fig. 1</head><p>A bee.</p></figure>
<figure type="table"><head>Table 1</head>
<table><row><cell>a</cell><cell>b</cell></row></table></figure>
<list><item>one</item><item>two</item></list></div></body>
<back><div type="acknowledgement"><p>Thanks.</p></div></back></text>"""


def text() -> Element:
    """Return a small TEI text."""
    return etree.fromstring(_TEXT)


def test_plain() -> None:
    """Title, abstract, body, captions, notes and back matter, a blank line between blocks."""
    made = PlainText().make(Material(Record(title="T", abstract="A"), text()))
    assert made is not None
    assert made.decode().split("\n\n") == [
        "T", "A", "Methods", "We did", "Twice.", "it with x=y .", "Fig. 1", "A bee.", "Table 1",
        "a b", "one", "two", "Thanks.\n",
    ]  # fmt: skip


def test_a_title_page_says_the_title_once(shared: Path) -> None:
    """The title of an article of Dingler's journal stands in its front, and in the text once."""
    data = (shared / "corpora/tei-dingler/pj001.xml").read_bytes()
    for reading in read(data)[:12]:
        made = PlainText().make(Material(reading.record, reading.text))
        assert made is not None
        blocks = made.decode().split("\n\n")
        assert blocks[0] == reading.record.title
        assert [block.rstrip(" ,") for block in blocks].count(reading.record.title) == 1
    title = etree.fromstring(_TEXT.replace("<body>", "<front><div><p>I.</p><p>On</p><p>bees.</p>"
                                           "<p>By T.</p></div></front><body>"))  # fmt: skip
    made = PlainText().make(Material(Record(title="On bees"), title))
    assert made is not None
    assert made.decode().split("\n\n")[:4] == ["On bees", "I.", "By T.", "Methods"]


def test_a_named_work_stays_in_its_sentence() -> None:
    """A title or a quotation within a sentence does not part it."""
    tei = etree.fromstring(
        '<text xmlns="http://www.tei-c.org/ns/1.0"><body><p>Aus dem <bibl>Repertory</bibl>, von '
        "<quote>Bestius</quote>.</p><quote><p>So it is.</p></quote></body></text>"
    )
    made = CleanedText().make(Material(Record(), tei))
    assert made == b"Aus dem Repertory, von Bestius.\n\nSo it is.\n"


def test_a_row_is_a_line(shared: Path) -> None:
    """The cells of a row stand in one line, paragraphs in them or not (BMC)."""
    path = shared / "corpora/bmc-art/trialsjournal-com-content-16-1-1/fulltext.xml"
    reading = read(path.read_bytes())[0]
    made = PlainText().make(Material(reading.record, reading.text))
    assert made is not None
    blocks = made.decode().split("\n\n")
    assert "Workplace site Recruitment activity" in blocks
    assert "Activity Number Time (minutes) Number Time (minutes) Number Time (minutes)" in blocks


def test_cleaned() -> None:
    """The running text of the body: no captions, tables, notes; formulas as a placeholder."""
    made = CleanedText().make(Material(Record(title="T", abstract="A"), text()))
    assert made is not None
    assert made.decode().split("\n\n") == [
        "Methods", "We did it with _placeholder_formula_ .", "one", "two\n",
    ]  # fmt: skip


def test_a_listing_keeps_its_lines() -> None:
    """A program is no sentence: lines and their indentation stay, and `cleaned` has none of it."""
    text = etree.fromstring(
        '<text xmlns="http://www.tei-c.org/ns/1.0"><body><p>Type</p>'
        "<code>\nfor x in y:\n    go(x)\n</code></body></text>"
    )
    made = PlainText().make(Material(Record(), text))
    assert made == b"Type\n\nfor x in y:\n    go(x)\n"
    assert CleanedText().make(Material(Record(), text)) == b"Type\n"


def test_a_formula_keeps_its_words_apart() -> None:
    """What MathML spaces apart are words of their own, and so are the cells of a matrix."""
    text = etree.fromstring(
        '<text xmlns="http://www.tei-c.org/ns/1.0"><body><p><formula><m:math '
        'xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>Water</m:mi><m:mspace width="1em"/>'
        "<m:mi>loss</m:mi></m:math></formula></p></body></text>"
    )
    assert PlainText().make(Material(Record(), text)) == b"Water loss\n"


def test_facts() -> None:
    """Captions and formulas come from the text."""
    record = with_text_facts(Record(), text())
    assert (record.figure, record.table) == (("Fig. 1 A bee.",), ("Table 1",))
    assert record.has_formula is True
    assert with_text_facts(Record(), None) == Record()


def test_without_text() -> None:
    """Without structure the plain text is the PDF's, and there is no cleaned text."""
    facts = PdfFacts(1.4, 1, "595 x 842 pts (A4)", 2, 9, "from PDF\n", is_text=True)
    assert PlainText().make(Material(Record(), pdf=facts)) == b"from PDF\n"
    assert CleanedText().make(Material(Record(), pdf=facts)) is None
    assert PlainText().make(Material(Record())) is None


def test_the_door() -> None:
    """Ours come through the door that plug-ins use."""
    assert {one.name for one in load_renditions()} >= {"txt", "cleaned"}
