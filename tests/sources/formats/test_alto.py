"""Pages of ALTO become text with page numbers and a measured confidence."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

_PAGE = """<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>
<Page PHYSICAL_IMG_NR="{n}"><TopMargin><TextBlock><TextLine><String CONTENT="HEAD"/></TextLine>
</TextBlock></TopMargin><PrintSpace><TextBlock language="fr"><TextLine>
<String CONTENT="La" WC="1.0"/>
<SP/><String CONTENT="ru" SUBS_TYPE="HypPart1" SUBS_CONTENT="ruche" WC="0.5"/><HYP CONTENT="-"/>
</TextLine><TextLine><String CONTENT="che" SUBS_TYPE="HypPart2" SUBS_CONTENT="ruche" WC="0.6"/><SP/>
<String CONTENT="dort." WC="0.9"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""


def read(xml: bytes, *beside: bytes) -> Reading:
    """Read pages with the installed readers."""
    others = tuple(etree.fromstring(one) for one in beside)
    found = read_bytes(xml, load_readers(), LimitSettings(), beside=others)
    assert isinstance(found, tuple), found
    (reading,) = found
    assert reading.reader == "alto"
    return reading


def written(reading: Reading) -> str:
    """Return the words of a text."""
    assert reading.text is not None
    return " ".join(" ".join(str(piece) for piece in reading.text.itertext()).split())


def test_page() -> None:
    """Running heads are left out, hyphenated words are whole, confidence is the words' mean."""
    reading = read(_PAGE.format(n=7).encode())
    assert written(reading) == "La ruche dort."
    assert (reading.record.title, reading.record.language) == ("La ruche dort.", ("fre",))
    assert reading.record.quality_indicators is not None
    assert reading.record.quality_indicators.ocr_confidence == 0.75
    assert [finding.code for finding in reading.findings] == ["metadata-derived"]


def test_pages_make_one_document() -> None:
    """Pages that lie beside the first one follow it, each with its number."""
    reading = read(_PAGE.format(n=7).encode(), _PAGE.format(n=8).encode(), b"<dataset/>")
    assert written(reading) == "La ruche dort. La ruche dort."
    assert reading.text is not None
    assert [one.get("n") for one in reading.text.iterfind(".//{*}pb")] == ["7", "8"]
    assert reading.record.host is not None
    assert reading.record.host.pages is not None
    assert (reading.record.host.pages.first, reading.record.host.pages.total) == ("7", "2")


def test_empty_page_is_no_document() -> None:
    """A page without a word is not a document."""
    xml = b'<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page/></Layout></alto>'
    found = read_bytes(xml, load_readers(), LimitSettings())
    assert not isinstance(found, tuple)


def test_real_pages(shared: Path) -> None:
    """German pages have their umlauts and spaces; Chinese signs stand without spaces."""
    page = read((shared / "corpora/alto/v3-Glyph-00003.xml").read_bytes())
    assert written(page).startswith("Angriff vorbereiten läßt. Der Kampf ist nahe.")
    assert page.record.language == ("ger",)
    assert page.record.quality_indicators is not None
    assert page.record.quality_indicators.ocr_confidence == 0.9469
    signs = read((shared / "corpora/alto/v4-GlyphSamples-Glyph_Sample04_Chinese.xml").read_bytes())
    assert written(signs) == "義禮說選"
