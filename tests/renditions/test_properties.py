"""Whatever a record says, every form made of it is whole, and says the same when it is read."""

from __future__ import annotations

import json

import msgspec
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from fonds.record import (
    Contributor,
    Host,
    LocalText,
    Pages,
    Record,
    Reference,
    ReferenceHost,
    Subject,
)
from fonds.renditions.door import load_renditions
from fonds.renditions.model import Material, Rendition
from tests.renditions.making import ARK, ID, MISCHIEF

TEI = "http://www.tei-c.org/ns/1.0"
# what a reader may hand on: any text XML or JSON can hold, line ends and odd letters with it
TEXT = st.one_of(
    st.sampled_from(["", "a", MISCHIEF.replace("\x0b", "").replace("\ufffe", ""), "é\u0301",
                     "\u202eabc", "x" * 300, "{", "}", "\\", "%", "@", "TY  - X", "--", "]]>"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
)  # fmt: skip
YEAR = st.sampled_from(["", "1687", "1999", "2024"])
NAMES = st.builds(
    Contributor, name=TEXT, forename=TEXT, surname=TEXT, affiliations=st.tuples() | st.tuples(TEXT),
    orcid=st.sampled_from(["", "0000-0002-1825-0097"]),
)  # fmt: skip
PEOPLE = st.lists(NAMES, max_size=3).map(tuple)
PAGES = st.none() | st.builds(Pages, first=TEXT, last=TEXT, total=TEXT)
REFERENCES = st.builds(
    Reference, title=TEXT, author=PEOPLE, publication_date=YEAR, doi=TEXT, text=TEXT,
    host=st.none() | st.builds(ReferenceHost, title=TEXT, volume=TEXT, pages=PAGES),
)  # fmt: skip
HOSTS = st.builds(
    Host, genre=st.sampled_from([("journal",), ("book",)]), title=TEXT, volume=TEXT, issue=TEXT,
    pages=PAGES, issn=st.tuples() | st.tuples(TEXT), publisher=TEXT, editor=PEOPLE,
)  # fmt: skip
RECORDS = st.builds(
    Record, title=TEXT, abstract=TEXT, author=PEOPLE, publication_date=YEAR,
    translated_title=st.lists(st.builds(LocalText, lang=TEXT, value=TEXT), max_size=2).map(tuple),
    subject=st.lists(st.builds(Subject, value=TEXT), max_size=3).map(tuple),
    language=st.sampled_from([(), ("eng",), ("unknown",), ("fre", "eng")]),
    genre=st.sampled_from([(), ("research-article",), ("chapter",), ("other",)]),
    doi=st.tuples() | st.tuples(TEXT), host=st.none() | HOSTS,
    ref_bibs=st.lists(REFERENCES, max_size=2).map(tuple),
    id=st.just(ID), ark_istex=st.just(ARK), ark=st.just((ARK,)), corpus_name=st.just("c"),
)  # fmt: skip
MANY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def made(name: str, record: Record, text: etree._Element | None = None) -> bytes | None:
    """Return a rendition by its name."""
    found: Rendition = next(one for one in load_renditions() if one.name == name)
    return found.make(Material(record, text))


def body(texts: list[str]) -> etree._Element:
    """Return a running text of paragraphs."""
    root = etree.fromstring(f'<text xmlns="{TEI}"/>')  # as stylesheets make it
    division = etree.SubElement(etree.SubElement(root, f"{{{TEI}}}body"), f"{{{TEI}}}div")
    for text in texts:
        paragraph = etree.SubElement(division, f"{{{TEI}}}p")
        paragraph.text = text
    return root


@given(RECORDS)
@MANY
def test_every_form_is_whole(record: Record) -> None:
    """XML is well formed, JSON is JSON, everything is UTF-8, and making it twice gives the same."""
    assert msgspec.json.decode(msgspec.json.encode(record), type=Record) == record
    for rendition in load_renditions():
        first = rendition.make(Material(record))
        assert first == rendition.make(Material(record)), rendition.name
        if first is None:
            continue
        first.decode("utf-8")
        if "xml" in rendition.mimetype:
            etree.fromstring(first)
        elif "json" in rendition.mimetype:
            json.loads(first)


@given(RECORDS)
@MANY
def test_mods_and_tei_are_valid(
    mods_schema: etree.XMLSchema, tei_schema: etree.RelaxNG, record: Record
) -> None:
    """Whatever stands in a record, both are valid against their schema."""
    for name, schema in (("mods", mods_schema), ("tei", tei_schema)):
        data = made(name, record, body(["A paragraph."]))
        assert data is not None
        schema.assertValid(etree.fromstring(data))


@given(RECORDS)
@MANY
def test_ris_says_the_same(record: Record) -> None:
    """An independent reader finds one entry with the title and as many authors."""
    data = made("ris", record)
    assert data is not None
    (entry,) = rispy.loads(data.decode())
    assert _plain(entry.get("title", "")) == _plain(record.title)
    named = [one for one in record.author if _plain(f"{one.name}{one.surname}")]
    assert len(entry.get("authors", [])) <= len(record.author)
    assert len(entry.get("authors", [])) >= len(named) - 1


@given(st.lists(TEXT, min_size=1, max_size=4))
@MANY
def test_texts_hold_every_word(texts: list[str]) -> None:
    """Plain and cleaned text have each word of the paragraphs, in their order."""
    wanted = " ".join(texts).split()
    for name in ("txt", "cleaned"):
        data = made(name, Record(title="T"), body(texts))
        words = (data or b"").decode().split()
        at = 0
        for word in wanted:
            assert word in words[at:], (name, word)
            at = words.index(word, at) + 1


def _plain(text: str) -> str:
    return "".join(text.split())
