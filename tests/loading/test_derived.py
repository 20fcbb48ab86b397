"""A PDF that comes alone becomes a document with what it tells, marked as derived."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from fonds.archive.archive import Archive
from fonds.errors import Finding
from fonds.loading.derived import derive
from fonds.loading.guessing import guessed
from fonds.loading.load import load
from fonds.record import Record
from fonds.renditions.pdf import PdfReaders
from fonds.renditions.pdf_facts import Line, PdfFacts, PdfFront
from fonds.settings import LimitSettings, Settings
from tests.loading.agreement import measure, page
from tests.sources.formats.reading import read

_BODY = ["This is running text that says what bees do.", "They fly over the hills of the land."] * 4


def facts(text: str, *lines: tuple[str, float], **info: str) -> tuple[Record, str]:
    """Return what is derived from a first page of lines, each with its size."""
    laid = [*lines, *((one, 10.0) for one in _BODY)]
    front = PdfFront(info, b"", tuple(Line(t, size, 0, 0) for t, size in laid))
    page = "\n".join([one for one, _ in laid]) + "\n" + text
    return derive(PdfFacts(1.4, 1, "", 100, 1000, page, is_text=True), front, "d/the_file.pdf")


def test_the_layout_tells_title_and_authors() -> None:
    """The largest text is the title, the persons below it are the authors; no banner is."""
    record, whence = facts(
        "doi: 10.1000/x.7.",
        ("Research Article", 24),
        ("On the Flight of", 18),
        ("Bees", 18),
        ("Marie Curie1*, Paul-Émile Roux2 and Ada B. Exemple", 12),
        ("University of Paris", 10),
    )
    assert record.title == "On the Flight of Bees"
    assert [a.name for a in record.author] == ["Marie Curie", "Paul-Émile Roux", "Ada B. Exemple"]
    assert (record.doi, record.genre, record.language) == (("10.1000/x.7",), ("other",), ("eng",))
    assert record.derived == ("title", "author", "doi", "language")
    assert whence.startswith("title from the largest text of the first page, author from")


def test_authors_with_degrees_and_a_title_with_an_italic_line() -> None:
    """Degrees with their marks are no names; an italic line is hardly larger than its title's."""
    record, _ = facts(
        "",
        ("Short Communication", 18),
        ("On the Flight of", 18),
        ("Apis mellifera", 18.3),
        ("Xiuting Li, MMa", 12),
        (", Birgitta Johansson, PhDa,b, Olav Vikmoen, PhDc", 12),
        (",", 12),
        ("Henrik Lindman, MD, PhDe,∗", 12),
    )
    assert record.title == "On the Flight of Apis mellifera"
    names = ["Xiuting Li", "Birgitta Johansson", "Olav Vikmoen", "Henrik Lindman"]
    assert [a.name for a in record.author] == names


def test_particles_collaborations_and_a_subtitle() -> None:
    """Particles are the surname's; a collaboration is a group; a subtitle ends no search."""
    record, _ = facts(
        "",
        ("On the Flight of Bees", 18),
        ("A protocol of a trial", 14),
        ("Ronald van Dam, Bees Collaboration", 10),
        ("1KU Leuven, Belgium", 10),
    )
    assert record.title == "On the Flight of Bees: A protocol of a trial"
    named = [(one.name, one.surname) for one in record.author]
    assert named == [("Ronald van Dam", "van Dam"), ("Bees Collaboration", "")]


def test_the_doi_of_a_registration_is_not_the_articles() -> None:
    """A trial's registration may have a DOI, too, and stand before the article's own."""
    text = "DOI 10.17605/OSF.IO/QHW86\nhttp://dx.doi.org/10.1097/MD.0000000000025138"
    assert facts(text, ("On Bees", 18))[0].doi == ("10.1097/MD.0000000000025138",)


def test_an_abstract_beside_the_history() -> None:
    """Elsevier prints history and keywords to the left of the abstract; they are no part of it."""
    said = "We study how bees fly over the hills. " * 4
    beside = f"article info abstract\nArticle history:\nReceived 1 May\nKeywords:\nBees\n{said}\n"
    record, _ = facts(beside + "© 2013 The Author.\n1. Introduction", ("On Bees", 18))
    assert record.abstract == said.strip()


@pytest.mark.parametrize(
    "page",
    ["work is\nproperly cited.\n{}\n1. Introduction\n", "(Received 1 May 2017)\n{}\nDOI: 10.1/x"],
)
def test_an_abstract_without_a_heading(page: str) -> None:
    """Hindawi and APS print none; the places before and behind it are theirs."""
    said = "We study how bees fly over the hills. " * 6
    assert facts(page.format(said.strip()), ("On Bees", 18))[0].abstract == said.strip()


def test_a_summary_in_a_title_is_no_abstract() -> None:
    """A heading stands alone or before a capital letter."""
    said = "We study how bees fly over the hills. " * 4
    text = f"\nsummary of a study protocol for bees\nAda Exemple\nAbstract\n{said}\nKeywords: bee"
    assert facts(text, ("On Bees", 18))[0].abstract == said.strip()


@pytest.mark.parametrize("title", ["paper_final.doc", "Microsoft Word - x", "untitled", ""])
def test_a_template_is_no_title(title: str) -> None:
    """What programs write into the document information is not used; the file's name is, last."""
    assert facts("", ("On the Flight of Bees", 18), Title=title)[0].title == "On the Flight of Bees"
    assert facts("", Title=title)[0].title == "the file"


def test_the_document_information_counts_where_the_page_agrees() -> None:
    """A title that stands on the page is taken as it is given there."""
    record, whence = facts("", ("ON THE FLIGHT OF BEES", 18), Title="On the Flight of Bees")
    assert record.title == "On the Flight of Bees"
    assert "title from the document information" in whence


def test_a_doi_among_others_must_say_that_it_is_one() -> None:
    """Of several DOIs on the first page none is taken, unless one is labelled."""
    assert facts("See 10.1000/a and 10.1000/b")[0].doi == ()
    assert facts("See 10.1000/a. https://doi.org/10.1000/b")[0].doi == ("10.1000/b",)


def test_an_abstract_ends_where_the_next_part_begins() -> None:
    """The abstract goes from its heading to the keywords or the introduction."""
    words = "Bees fly over the hills of the land. " * 5
    record, _ = facts(f"Abstract\n{words}\nKeywords: bees; hills\n1. Introduction\nMore.")
    assert record.abstract == words.strip()
    assert [one.value for one in record.subject] == ["bees", "hills"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Les abeilles volent sur les collines et dans la vallée avec le vent. ", "fre"),
        ("Die Bienen fliegen mit dem Wind über das Land und auch auf die Berge. ", "ger"),
        ("xyz " * 30, ""),
    ],
)
def test_languages(text: str, code: str) -> None:
    """Only running text in one of the known languages is told."""
    assert guessed(text * 6) == code


def test_real_articles(shared: Path) -> None:
    """Most titles are derived as the XML beside the PDF has them; DOIs are not another one."""
    right = total = wrong = 0
    with PdfReaders(LimitSettings()) as pdfs:
        for path in sorted((shared / "corpora" / "jats").glob("*/*/*.pdf"))[::2]:
            found = pdfs.read(str(path), front=True)
            if isinstance(found, Finding) or not path.with_suffix(".xml").exists():
                continue
            told = read(path.with_suffix(".xml").read_bytes())[0].record
            assert found.front is not None
            record, _ = derive(found, found.front, path.name)
            total += 1
            right += _plain(record.title) == _plain(told.title)
            wrong += bool(record.doi) and record.doi[0].lower() != told.doi[0].lower()
    assert total >= 15
    assert right >= 0.65 * total  # subtitles in smaller letters are missed
    assert wrong <= 1


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def test_a_pdf_alone_is_loaded(shared: Path, tmp_path: Path) -> None:
    """The document has the PDF, its text and a finding; a damaged PDF is set aside."""
    source = next((shared / "corpora" / "jats").glob("*/PMC7599108/*.pdf"))
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    (delivery / "a.pdf").write_bytes(source.read_bytes())
    (delivery / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    summary = load([delivery], collection="c", home=tmp_path / "home", settings=Settings())
    assert (summary.loaded, summary.set_aside_by_code) == (1, {"pdf-damaged": 1})
    with Archive.open(tmp_path / "home", Settings()) as archive:
        (stored,) = archive.documents()
        record = msgspec.json.decode(stored.record, type=Record)
        said = {row.code for row in archive.ledger(said=True) if row.id == stored.id}
    assert record.title.startswith("The efficacy of aspirin and metformin")
    assert record.doi == ("10.1186/s12885-020-07564-z",)
    assert record.derived[:2] == ("title", "author")
    assert {file.extension for file in record.fulltext} >= {"pdf", "txt"}
    assert said == {"metadata-derived"}


def test_agreement_with_the_xml_beside(shared: Path) -> None:
    """What is derived from a publisher's PDFs is what its XML says."""
    found = measure(shared / "corpora" / "bmc-art")
    assert (found.documents, found.right["title"], found.right["abstract"]) == (3, 3, 3)
    assert found.right["authors"] == found.said["authors"]
    assert "| title | 3 | 3 | 3 | 100.0 % |" in page(found)
