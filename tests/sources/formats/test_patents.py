"""Patents become records with inventors, classes and citations, and a text with claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

_TEI = "{http://www.tei-c.org/ns/1.0}"
_SMALL = b"""<us-patent-application lang="EN"><us-bibliographic-data-application>
<publication-reference><document-id><country>US</country><doc-number>20100000001</doc-number>
<kind>A1</kind><date>20100107</date></document-id></publication-reference>
<invention-title>Bee hive</invention-title><us-parties><applicants><applicant><addressbook>
<last-name>Un</last-name><first-name>Ada</first-name></addressbook></applicant></applicants>
</us-parties></us-bibliographic-data-application><abstract><p>A hive.</p></abstract>
<description><heading id="h1">FIELD</heading><p id="p1">Bees.</p><heading id="h2">SUMMARY</heading>
<p id="p2">H<sub>2</sub>O.</p></description><claims><claim id="C1"><claim-text>1. A hive:
<claim-text>a door.</claim-text></claim-text></claim></claims></us-patent-application>"""


def read(xml: bytes) -> Reading:
    """Read a patent with the installed readers."""
    found = read_bytes(xml, load_readers(), LimitSettings())
    assert isinstance(found, tuple), found
    (reading,) = found
    assert reading.reader == "patents"
    return reading


def words(reading: Reading) -> list[str]:
    """Return the words of a text."""
    assert reading.text is not None
    return " ".join(str(piece) for piece in reading.text.itertext()).split()


def test_application() -> None:
    """An application's headings hold their paragraphs; its applicants are its inventors."""
    reading = read(_SMALL)
    record = reading.record
    assert (record.title, record.abstract) == ("Bee hive", "A hive.")
    assert (record.article_id, record.online_date) == (("US20100000001A1",), "2010-01-07")
    assert record.author[0].name == "Ada Un"
    assert reading.text is not None
    divisions = reading.text.findall(f"{_TEI}body/{_TEI}div")
    assert [one.get("type") for one in divisions] == ["description", "description", "claims"]
    assert [one.findtext(f"{_TEI}head") for one in divisions[:2]] == ["FIELD", "SUMMARY"]
    assert " ".join(words(reading)) == "FIELD Bees. SUMMARY H 2 O. 1. A hive: a door."


@pytest.mark.parametrize("name", ["US08978162-20150317.xml", "US08978164-20150317.xml"])
def test_no_word_is_lost(name: str, shared: Path) -> None:
    """Every paragraph and claim of a real grant is in the text."""
    path = shared / "corpora/patents" / name
    reading = read(path.read_bytes())
    assert reading.text is not None
    paragraphs = reading.text.findall(f".//{_TEI}p")
    assert len(paragraphs) == path.read_text("utf-8").count("<p id=") - 1  # the abstract's
    assert len(
        reading.text.findall(f".//{_TEI}item[@{{http://www.w3.org/XML/1998/namespace}}id]")
    ) == (path.read_text("utf-8").count("<claim id="))


def test_grant(shared: Path) -> None:
    """A grant gives inventors, then assignees; citations of patents and of other literature."""
    record = read((shared / "corpora/patents/US08978162-20150317.xml").read_bytes()).record
    names = [one.name for one in record.author]
    assert names[:3] == ["Griffith W. Hughes", "Jon C. Hughes", "Rayvon A. Morton"]
    assert names[3:] == ["Banom, Inc.", "Ingle Protective Systems, Inc."]
    assert record.publication_date == "2015"
    assert record.subject[0].value == "IPC F41H 1/02"
    assert len(record.ref_bibs) == 52
    assert record.ref_bibs[0].title == "US 187405 A"
    assert record.ref_bibs[-1].text
