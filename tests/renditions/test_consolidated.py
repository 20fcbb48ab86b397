"""Enrichments merged into the full text."""

from __future__ import annotations

from lxml import etree

from fonds.renditions.consolidated import consolidated

TEI = "http://www.tei-c.org/ns/1.0"
TEXT = f'<TEI xmlns="{TEI}"><teiHeader/><text><body><p>One.</p></body></text></TEI>'.encode()


def test_an_enrichment_that_is_a_whole_tei_gets_a_stand_off_of_its_own() -> None:
    """So do references and alternative full texts."""
    other = f'<TEI xmlns="{TEI}"><teiHeader/><text><back><listBibl/></back></text></TEI>'.encode()
    root = etree.fromstring(consolidated(TEXT, [("refBibs", other)]))
    last = root[-1]
    assert (etree.QName(last).localname, last.get("type")) == ("standOff", "refBibs")
    assert [etree.QName(child).localname for child in last] == ["teiHeader", "text"]


def test_older_files_without_the_prefix() -> None:
    """2017's `standOff` in no namespace or in TEI's."""
    old = b"<TEI><standOff><listAnnotation type='rd-nb'/></standOff></TEI>"
    root = etree.fromstring(consolidated(TEXT, [("nb", old)]))
    assert len(root.findall("{*}standOff")) == 1


def test_without_enrichments_the_text_is_the_same() -> None:
    """Only the declaration of the encoding is added."""
    merged = consolidated(TEXT, []).decode()
    assert etree.canonicalize(merged) == etree.canonicalize(TEXT.decode())
