"""Text layers: each measured, one of them the default, nothing hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.record import LeftOut, Record
from fonds.renditions.model import Material
from fonds.renditions.pdf_facts import PdfFacts
from fonds.renditions.text import PdfText, PlainText, with_text_facts
from fonds.renditions.text_layers import text_layers
from fonds.renditions.text_quality import measure
from tests.renditions.corpora import documents

ENGLISH = "The bees of the genus Apis make honey in large colonies, don't they? " * 400
FRENCH = "L'évolution du cerveau, qu'on étudie aujourd'hui, reste mal connue. " * 400
GREEK = "Ἐν ἀρχῇ ἦν ὁ λόγος, καὶ ὁ λόγος ἦν πρὸς τὸν θεόν. " * 400
CHINESE = "道可道，非常道。名可名，非常名。" * 400
NOISE = "Tlic bccs ol' tlie g€nus Ap1s inake li0ney; in largc c0l0nics, d0n't thcv? ~~ ii''l " * 400


def pdf(text: str) -> PdfFacts:
    """Return the facts of a PDF with this text."""
    return PdfFacts(1.4, 1, "595 x 842 pts (A4)", len(text.split()), len(text), text, is_text=True)


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, GREEK, CHINESE])
def test_good_text(text: str) -> None:
    """Words of any language have the form of words."""
    found = measure(text)
    assert found.word_like > 0.97
    assert (found.garbage, found.broken) == (0.0, 0.0)


def test_bad_text() -> None:
    """What recognition got wrong has not, and each kind of dirt is counted."""
    assert measure(NOISE).word_like < 0.75
    assert measure("good words \ufffd\ufffd here").garbage == pytest.approx(2 / 18, abs=0.01)
    assert measure("many (cid:12) codes (cid:3) here").garbage > 0
    assert measure("a bro-\nken word is bro-\nken").broken == pytest.approx(2 / 7, abs=0.01)
    assert measure("").word_like == 0.0


def test_the_structured_text_is_the_default() -> None:
    """With both, the publisher's comes first; the PDF's has a file of its own."""
    layers = text_layers({"txt": ENGLISH.encode()}, pdf(NOISE), structured=True)
    assert [(one.source, one.extension, one.default, one.reason) for one in layers] == [
        ("xml", "txt", True, "structured"),
        ("pdf", "pdftxt", False, ""),
    ]
    assert layers[0].quality.word_like > layers[1].quality.word_like
    assert layers[1].words == len(NOISE.split())


def test_the_only_text_is_the_default() -> None:
    """Without structured text it is the PDF's; without any there is no layer."""
    (layer,) = text_layers({"txt": ENGLISH.encode()}, pdf(ENGLISH), structured=False)
    assert (layer.source, layer.extension, layer.reason) == ("pdf", "txt", "only")
    assert text_layers({}, None, structured=False) == ()


def test_the_pdf_keeps_its_text() -> None:
    """`pdftxt` is there beside structured text alone."""
    text = etree.fromstring(
        '<text xmlns="http://www.tei-c.org/ns/1.0"><body><p>x</p></body></text>'
    )
    assert PdfText().make(Material(Record(), text, pdf("from PDF"))) == b"from PDF"
    assert PdfText().make(Material(Record(), None, pdf("from PDF"))) is None
    assert PdfText().make(Material(Record(), text)) is None


def test_what_cleaned_leaves_out() -> None:
    """Counted in the body: captions, tables, formulas, notes, code."""
    text = etree.fromstring(
        '<text xmlns="http://www.tei-c.org/ns/1.0"><body><p>a<note>b</note><formula>x</formula>'
        "<formula>y</formula></p><figure><head>F</head></figure><figure type='table'><table><row>"
        "<cell/></row></table></figure></body><back><div><p><note>z</note></p></div></back></text>"
    )
    cleaned = with_text_facts(Record(), text).cleaned
    assert cleaned == LeftOut(captions=2, tables=1, formulas=2, notes=1)


def test_words_of_the_corpora(shared: Path) -> None:
    """The count is that of splitting the text, and structured text reads well."""
    seen = 0
    for name, material in documents(shared, "jats", every=7):
        if material.text is None:
            continue
        plain = PlainText().make(material)
        assert plain is not None
        (layer,) = text_layers({"txt": plain}, None, structured=True)
        assert layer.words == len(plain.decode().split()), name
        assert layer.quality.word_like > 0.5, name
        seen += 1
    assert seen > 20
