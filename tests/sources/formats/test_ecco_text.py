"""Plain texts of ECCO-TCP give what their title page and name say."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

_PAGE = (
    "ON BEES. A POEM.By JANE DOE, M.A.—Rapidus Sol.\nLONDON: Printed for J. ROE, 17, Strand. "
    "MDCCXXVI. (Price One Shilling.)\n\nSEE! Winter comes,To rule the varied Year,Sullen and sad."
)


def read(data: bytes, name: str = "k047462-000.txt") -> Reading:
    """Read one text with the installed readers."""
    found = read_bytes(data, load_readers(), LimitSettings(), name=name)
    assert isinstance(found, tuple), found
    (reading,) = found
    assert reading.reader == "ecco-text"
    return reading


def test_title_page() -> None:
    """Title, author, year in Roman digits and printer come from the title page, and are marked."""
    reading = read(_PAGE.encode())
    record = reading.record
    assert (record.title, record.author[0].name) == ("ON BEES. A POEM.", "Jane Doe")
    assert (record.publication_date, record.article_id) == ("1726", ("K047462.000",))
    assert record.host is not None
    assert record.host.publisher == "J. ROE"
    assert [finding.code for finding in reading.findings] == ["metadata-derived"]


def test_lines_come_back() -> None:
    """Where a line end was lost between two words, the line ends; initials stay together."""
    reading = read(_PAGE.encode())
    assert reading.text is not None
    first, second = reading.text.findall(".//{*}p")
    assert [one.tail for one in second] == ["To rule the varied Year,", "Sullen and sad."]
    assert "M.A." in "".join(str(piece) for piece in first.itertext())


def test_lines_of_verse_without_a_mark() -> None:
    """A line of verse ends without a mark, too; names with a capital inside stay whole."""
    verse = "First Rains obscureDrive thro' the Skies of MacDonald and M'Donald."
    reading = read(f"{_PAGE}\n\n{verse}".encode())
    assert reading.text is not None
    *_, last = reading.text.findall(".//{*}p")
    assert last.text == "First Rains obscure"
    assert [one.tail for one in last] == ["Drive thro' the Skies of MacDonald and M'Donald."]


@pytest.mark.parametrize("name", ["README.txt", "licence.txt", "notes.k047462.txt"])
def test_other_texts_are_no_books(name: str) -> None:
    """A text without ESTC's number is not a document."""
    found = read_bytes(_PAGE.encode(), load_readers(), LimitSettings(), name=name)
    assert not isinstance(found, tuple)


def test_text_without_imprint_is_no_book() -> None:
    """A text that happens to be named so, without an imprint, is not a document."""
    found = read_bytes(b"Nothing.", load_readers(), LimitSettings(), name="k047462-000.txt")
    assert not isinstance(found, tuple)


@pytest.mark.parametrize(
    ("name", "title", "author", "year"),
    [
        ("k042411-000", "A POSTSCRIPT TO JOHN BULL", "", ""),
        ("k047462-000", "WINTER. A POEM.", "James Thomson", "1726"),
        ("k063270-000", "VILLAGE POLITICS.", "Will Chip", "1793"),
        ("k071701-000", "HEADS OF Mr. FRANCIS'S SPEECH", "", "1793"),
        ("k096960-000", "National Blessings an Argument", "Alexander Gerard", "1759"),
        ("k127900-000", "THE HERMIT.", "Dr. THOMAS PARNELL", ""),
    ],
)
def test_real_books(name: str, title: str, author: str, year: str, shared: Path) -> None:
    """Six real books, as one reads their title pages; what is not printed there stays empty."""
    path = shared / "corpora/ecco-tcp-txt" / f"{name}.txt"
    reading = read(path.read_bytes(), path.name)
    record = reading.record
    assert record.title.startswith(title)
    assert " ".join(one.name for one in record.author) == author
    assert record.publication_date == year
    assert reading.text is not None
    given = "".join(path.read_text("utf-8").split())
    assert "".join("".join(str(piece) for piece in reading.text.itertext()).split()) == given
