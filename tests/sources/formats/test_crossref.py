"""What Crossref answers and takes in becomes records: papers, chapters, books, preprints, JSON."""

from __future__ import annotations

from pathlib import Path

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading
from tests.sources.formats.reading import read, read_folder

_BOOK = """<doi_batch xmlns="http://www.crossref.org/schema/5.3.1"><head><registrant>R</registrant>
</head><body><book book_type="edited_book"><book_metadata language="fr"><contributors><person_name
contributor_role="editor" sequence="first"><given_name>Ada</given_name><surname>Exemple</surname>
</person_name></contributors><titles><title>Abeilles</title></titles><publication_date><year>2019
</year></publication_date><isbn>978-0-306-40615-7</isbn><publisher><publisher_name>P
</publisher_name></publisher><doi_data><doi>10.1000/b</doi></doi_data></book_metadata>{items}
</book></body></doi_batch>"""
_ITEM = """<content_item component_type="chapter"><titles><title>Chapter {n}</title></titles><pages>
<first_page>{n}1</first_page></pages><doi_data><doi>10.1000/b.{n}</doi></doi_data></content_item>"""


def test_chapters_stand_in_their_book() -> None:
    """Each chapter is a document, its book the host; the piece kept for it reads the same."""
    readings = read(_BOOK.format(items="".join(_ITEM.format(n=n) for n in (1, 2))))
    assert [r.record.doi for r in readings] == [("10.1000/b.1",), ("10.1000/b.2",)]
    for reading in readings:
        host = reading.record.host
        assert host is not None
        assert (host.title, host.isbn, host.doi) == ("Abeilles", ("9780306406157",), ("10.1000/b",))
        assert host.editor[0].name == "Ada Exemple"
        assert reading.record.language == ("fre",)
        assert reading.piece is not None
        (again,) = read(reading.piece.data)
        assert again.record == reading.record


def test_a_book_without_chapters_is_a_document() -> None:
    """A deposit of a whole book is one record of the genre book."""
    (reading,) = read(_BOOK.format(items=""))
    assert (reading.record.title, reading.record.genre) == ("Abeilles", ("book",))
    assert reading.record.doi == ("10.1000/b",)


def test_answers_of_real_queries(shared: Path) -> None:
    """Every answer is read, the ones with undeclared prefixes too; link and year are there."""
    folder = shared / "corpora" / "crossref-unixref"
    found = [reading for _, reading in read_folder(folder, "*.xml")]
    assert len(found) == 19
    assert {r.reader for r in found} == {"crossref-unixref"}
    assert all(r.record.doi and r.record.fulltext_url and r.record.title for r in found)
    assert all(r.record.publication_date for r in found)
    assert not [r.findings for r in found if r.findings]
    by_doi = {r.record.doi[0]: r.record for r in found}
    chapter = by_doi["10.1007/978-3-642-11274-4_2648"]
    assert chapter.host is not None
    assert (chapter.host.title, len(chapter.host.editor)) == ("Encyclopedia of Astrobiology", 7)
    letter = by_doi["10.3847/2041-8213/abd256"]
    assert letter.author[1].orcid == "0000-0002-1007-5298"
    assert any(funder.award for r in found for funder in r.record.funder)


def _json(data: bytes) -> tuple[Reading, ...]:
    found = read_bytes(data, load_readers(), LimitSettings(), name="works.json")
    assert isinstance(found, tuple)
    return found


def test_works_in_json_lines(shared: Path) -> None:
    """Each line of a file of works is a record with journal, pages and the licence."""
    path = shared / "corpora" / "records-misc" / "crossref-works.2018-01-21.badsample.json"
    found = _json(path.read_bytes())
    assert len(found) == 14
    first = found[0].record
    assert first.host is not None
    assert (first.host.title, first.host.volume, first.host.issue) == (
        "Journal of the American Academy of Dermatology", "46", "3",
    )  # fmt: skip
    assert first.print_date == "2002-03"
    assert (first.pii, first.article_id) == (("S0190962202365551",), ())
    assert next(r.record.article_id for r in found if r.record.article_id) == ("250628",)
    assert found[0].piece is not None
    assert _json(found[0].piece.data)[0].record == first


def test_a_line_that_is_no_json_is_named_by_its_byte() -> None:
    """A damaged line costs its own record only."""
    good = b'{"DOI": "10.1000/a", "prefix": "10.1000", "title": ["Bees"], "type": "book"}\n'
    found = _json(good + b'{"DOI": \n' + good.replace(b"/a", b"/b"))
    assert [r.record.doi for r in found] == [("10.1000/a",), (), ("10.1000/b",)]
    assert found[1].findings[0].code == "record-damaged"
    assert found[1].findings[0].reason.startswith(f"byte {len(good)}:")
