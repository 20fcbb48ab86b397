"""TeX in processing instructions becomes elements, everything else stays."""

from __future__ import annotations

from lxml import etree

from fonds.sources import instructions


def test_tex_becomes_an_element() -> None:
    """The signs of XML in a formula are kept, and the lines of the file too."""
    data = b"<a><?TeX x & y < 1\n?>b<?other z?></a>"
    kept = instructions.keep(data)
    root = etree.fromstring(kept)
    assert root[0].tag == "TeX"
    assert root[0].text == "x & y < 1\n"
    assert kept.count(b"\n") == data.count(b"\n")
    assert b"<?other z?>" in kept


def test_text_becomes_text() -> None:
    """What IOP's JATS keeps in an instruction is the formula's text."""
    data = b"<tex-math><?CDATA $ a < b \n$?></tex-math>"
    root = etree.fromstring(instructions.keep(data))
    assert root.text == "$ a < b \n$"
    assert not len(root)


def test_without_tex_nothing_changes() -> None:
    """A file without such instructions is the same bytes."""
    data = b"<?xml version='1.0'?><a/>"
    assert instructions.keep(data) is data
