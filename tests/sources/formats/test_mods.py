"""MODS, alone or in METS, becomes records."""

from __future__ import annotations

from pathlib import Path

from fonds.record import Funder
from tests.sources.formats.reading import read, read_folder

_MODS = """<modsCollection xmlns="http://www.loc.gov/mods/v3">{records}</modsCollection>"""
_ONE = """<mods><titleInfo><nonSort>The</nonSort><title>bees</title><subTitle>a novel</subTitle>
</titleInfo><name type="personal"><namePart>Curie, Marie, 1867-1934</namePart></name><name><namePart
type="family">Roux</namePart><namePart type="given">Paul</namePart><role><roleTerm>editor</roleTerm>
</role></name><genre>journal article</genre><originInfo><dateIssued>c1998</dateIssued><dateIssued
encoding="w3cdtf">1999-05</dateIssued></originInfo><language><languageTerm>fr</languageTerm>
</language><relatedItem type="host"><titleInfo><title>J</title></titleInfo><identifier type="issn">
0022-3875</identifier><part><detail type="volume"><number>7</number></detail><extent unit="page">
<start>3</start><end>9</end></extent></part></relatedItem><identifier type="doi">10.1000/{n}
</identifier></mods>"""


def test_an_article() -> None:
    """The host's volume and pages, names of both kinds, and an encoded date before a phrase."""
    first, second = read(_MODS.format(records="".join(_ONE.format(n=n) for n in (1, 2))))
    record, host = first.record, first.record.host
    assert host is not None
    assert host.pages is not None
    assert (record.title, record.genre) == ("The bees: a novel", ("article",))
    assert (record.author[0].name, record.editor[0].name) == ("Marie Curie", "Paul Roux")
    assert (record.publication_date, record.language) == ("1999", ("fre",))
    assert (host.title, host.issn, host.volume) == ("J", ("0022-3875",), "7")
    assert (host.pages.first, host.pages.total) == ("3", "7")
    assert second.record.doi == ("10.1000/2",)
    assert second.piece is not None
    assert read(second.piece.data)[0].record == second.record


def test_roles() -> None:
    """A funder pays, a conference is the host's, the host's editors are its own."""
    one = _ONE.format(n=1)
    added = (
        "<name type='corporate'><namePart>ANR</namePart><nameIdentifier>10.13039/501100001665"
        "</nameIdentifier><role><roleTerm>funder</roleTerm></role></name>"
        "<name type='conference'><namePart>Bees 1999</namePart></name><genre>"
    )
    within = (
        "<relatedItem type='host'><name type='personal'><namePart>Weis, Anna</namePart><role>"
        "<roleTerm type='code'>edt</roleTerm></role></name>"
    )
    made = one.replace("<genre>", added, 1).replace('<relatedItem type="host">', within)
    record = read(_MODS.format(records=made))[0].record
    assert record.funder == (Funder(name="ANR", id="10.13039/501100001665"),)
    assert [p.name for p in record.author] == ["Marie Curie"]
    assert record.host is not None
    assert [p.name for p in record.host.editor] == ["Anna Weis"]
    assert [c.name for c in record.host.conference] == ["Bees 1999"]


def test_a_book(shared: Path) -> None:
    """A book is its own host, with the number of its pages."""
    ((_, reading),) = read_folder(shared / "corpora" / "mods", "modsoutput.xml")
    host = reading.record.host
    assert host is not None
    assert host.pages is not None
    assert (host.title, host.pages.total) == ("Summerland", "500")


def test_real_files(shared: Path) -> None:
    """Every METS and MODS of the sample has title and, from METS, the licence beside it."""
    found = [r.record for _, r in read_folder(shared / "corpora" / "mods", "*.xml")]
    assert len(found) == 16
    assert all(r.title for r in found)
    assert sum(bool(r.access_condition and r.access_condition.value) for r in found) >= 15
