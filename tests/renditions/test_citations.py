"""Citations come through independent readers as the record says."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from fonds.record import Contributor, Host, Pages, Record, Subject
from fonds.renditions.citations.bibtex import BibTex
from fonds.renditions.citations.csl import CslJson
from fonds.renditions.citations.dublin_core import DublinCore
from fonds.renditions.citations.ris import Ris
from fonds.renditions.citations.work import work_of
from fonds.renditions.door import load_renditions
from fonds.renditions.names import Name, name_of
from tests.renditions.corpora import documents
from tests.renditions.making import article, chapter, mischief
from tests.renditions.round_trips import READERS, differences, made

READ = sorted(READERS)


@pytest.mark.parametrize("reader", READ)
@pytest.mark.parametrize("record", [article(), chapter(), Record(title="T")])
def test_round_trip(reader: str, record: Record) -> None:
    """What went in comes out."""
    assert differences(record, READERS[reader]) == {}


@pytest.mark.parametrize("reader", ["BibTeX", "RIS", "Dublin Core"])
def test_mischief(reader: str) -> None:
    """Texts full of what is special to a form come out, but for a DOI that none may have."""
    found = differences(msgspec.structs.replace(mischief(), doi=()), READERS[reader])
    found.pop("pages", None)
    assert found.keys() <= ({"container", "volume"} if reader == "Dublin Core" else set())


@pytest.mark.parametrize("reader", READ)
def test_corpora(shared: Path, reader: str) -> None:
    """Every tenth file comes through; readers may take TeX or entities in an abstract as markup."""
    for name, material in documents(shared, every=10):
        found = differences(material.record, READERS[reader])
        assert found.keys() <= ({"abstract"} if reader in ("BibTeX", "CSL-JSON") else set()), (
            name,
            found,
        )


@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_any_text(title: str, name: str, words: list[str]) -> None:
    """No text breaks a form: RIS keeps its lines, JSON and XML parse, BibTeX counts its braces."""
    record = Record(
        title=title,
        abstract=title,
        author=(Contributor(name=name, surname=title), Contributor(name=name)),
        subject=tuple(Subject(value=word) for word in words),
        host=Host(genre=("journal",), title=name, volume=title, pages=Pages(first=name)),
    )
    lines = made(Ris(), record).split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    (item,) = msgspec.json.decode(made(CslJson(), record))
    assert item["type"] == "article-journal"
    assert READERS["Dublin Core"](record)["year"] == ""
    entry = made(BibTex(), record)
    assert entry.count("{") == entry.count("}")
    assert all(line.endswith(("},", ",", "}", "")) for line in entry.splitlines())


@pytest.mark.parametrize(
    ("genre", "host", "kinds"),
    [
        ("research-article", "journal", ("article", "JOUR", "article-journal")),
        ("conference", "journal", ("article", "JOUR", "article-journal")),
        ("conference", "book", ("inproceedings", "CPAPER", "paper-conference")),
        ("chapter", "book", ("incollection", "CHAP", "chapter")),
        ("other", "reference-works", ("incollection", "CHAP", "chapter")),
        ("book", "book", ("book", "BOOK", "book")),
        ("other", "", ("misc", "GEN", "article")),
    ],
)
def test_types(genre: str, host: str, kinds: tuple[str, str, str]) -> None:
    """The type of an entry follows the genres of the document and of its host."""
    record = Record(genre=(genre,), host=Host(genre=(host,), title="H") if host else None)
    assert made(BibTex(), record).startswith(f"@{kinds[0]}{{")
    assert made(Ris(), record).startswith(f"TY  - {kinds[1]}\r\n")
    assert msgspec.json.decode(made(CslJson(), record))[0]["type"] == kinds[2]


def test_bibtex_words() -> None:
    """Capitals are guarded, special characters are commands, a group's name is one name."""
    entry = made(BibTex(), article())
    assert "@article{exemple2009slow," in entry
    assert "title = {Slow magma ascent beneath {Mount} {Nowhere:} {RNA} \\& {H2O}}" in entry
    assert "author = {Exemple, Ada and {The Magma and Lava Group} and Müller, Karl}" in entry
    assert "pages = {101--119}" in entry


def test_ris_lines() -> None:
    """Dates have four fields, identifiers and keywords lines of their own."""
    (said,) = rispy.loads(made(Ris(), article()))
    assert said["date"] == "2009/02/03/"
    assert said["keywords"] == ["magma", "volcanology"]
    assert "SN  - 1234-5679\r\nSN  - 2345-6789\r\n" in made(Ris(), article())


def test_a_processor_formats_it() -> None:
    """citeproc-py makes a bibliography of it in a style."""
    items = CiteProcJSON(msgspec.json.decode(made(CslJson(), chapter())))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, items, formatter.plain)
    bibliography.register(Citation([CitationItem(chapter().ark_istex)]))
    assert str(bibliography.bibliography()[0]) == (
        "de La Fontaine, J. (1999) “On nothing”, in E. Ditor (ed.) A book of nothings. "
        "Imaginary Press (Lecture Notes in Nothing), p. 7."
    )


def test_dublin_core() -> None:
    """Where it appeared is one line; rights are the terms of OpenAIRE."""
    text = made(DublinCore(), article())
    assert "<dc:source>Journal of Imaginary Geology, 12(3), 101-119</dc:source>" in text
    assert "<dc:rights>info:eu-repo/semantics/openAccess</dc:rights>" in text


@pytest.mark.parametrize(
    ("person", "name"),
    [
        (Contributor(name="A B", forename="A", surname="B"), Name("B", "A")),
        (Contributor(name="B, A"), Name("B", "A")),
        (Contributor(name="B, A, Jr."), Name(whole="B, A, Jr.")),
        (Contributor(name="Plato"), Name(whole="Plato")),
        (Contributor(name="A  Group\n"), Name(whole="A Group")),
    ],
)
def test_names(person: Contributor, name: Name) -> None:
    """Parts are told, or parted by a comma; they are never guessed."""
    assert name_of(person) == name


def test_dates() -> None:
    """The date is the most exact one in the year of publication."""
    record = Record(publication_date="2009", online_date="2008-12-01", print_date="2009-01")
    assert work_of(record).date == "2009-01"


def test_the_door() -> None:
    """All of them are renditions made on demand."""
    found = {one.name: one for one in load_renditions()}
    assert all(not found[name].stored for name in ("bibtex", "ris", "csl", "dc"))
