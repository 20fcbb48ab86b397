"""From a citation to its document: the questions asked, and which of several is meant."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from fonds.archive.archive import Archive
from fonds.record import Contributor, Host
from fonds.search.cursors import CursorStore
from fonds.search.engine import IndexDocument
from fonds.search.engines import open_engine
from fonds.search.service import SearchService
from fonds.settings import Settings
from fonds.web.resolver.citation import Citation
from fonds.web.resolver.resolve import resolve
from tests.holdings.making import add, article

_AUTHOR = "William Congreve"
_BOOKS = (
    ("Plays", "1895", "book"),
    (
        "L'état général des affaires de Guyenne et de tout le pays au-delà de la Loire",
        "1652",
        "book",
    ),
    ("Letters to a friend, volume one", "1901", "book"),
    ("Letters to a friend, volume two", "1901", "book"),
    ("Letters", "1901", "journal"),
)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Give a search over whole books and a journal without volumes."""
    home, settings = tmp_path_factory.mktemp("resolve"), Settings()
    made = []
    for number, (title, year, genre) in enumerate(_BOOKS):
        isbn = ("0306406152",) if number == 0 else ()
        host = Host(genre=(genre,), title=title, publication_date=year, isbn=isbn)
        one = article(number, year=year, host=host)
        record = msgspec.structs.replace(
            one.record, title=title, author=(Contributor(name=_AUTHOR),), doi=(),
            genre=("book",) if genre == "book" else ("research-article",),
        )  # fmt: skip
        made.append(msgspec.structs.replace(one, record=record))
    add(home, made)
    with Archive.open(home, settings) as archive:
        engine = open_engine(home, settings, writable=True)
        for stored in archive.documents():
            engine.add([IndexDocument(stored.ord, stored.id, stored.record, "")])
        engine.commit(archive.last_ord())
        yield SearchService(archive, engine, CursorStore(home / "cursors"), settings.search)
        engine.close()


@pytest.mark.parametrize(
    ("title", "year", "author", "found"),
    [
        ("Plays", "1895", "Congreve", "Plays"),  # a whole book: its short title is enough ...
        ("Plays", "1895", "Etherege", ""),  # ... with its author ...
        ("Plays", "1896", "Congreve", ""),  # ... and its very year
        ("Letters", "1901", "Congreve", ""),  # not of an article: the next one may be called so
        (_BOOKS[1][0], "1652", "", _BOOKS[1][0]),  # words are asked as they are indexed: l'état
        (_BOOKS[2][0], "1901", "", _BOOKS[2][0]),  # the very title, not the other volume
        (_BOOKS[3][0], "1901", "", _BOOKS[3][0]),
    ],
)
def test_whole_books(search: SearchService, title: str, year: str, author: str, found: str) -> None:
    """Without ISBN, a book is meant by its title, year and author, or by a long title."""
    said = Citation(title=title, host_title=title, year=year, author=author)
    resolution = resolve(said, search)
    assert (resolution.found.record.title if resolution.found else "") == found


def test_a_journal_with_an_article(search: SearchService) -> None:
    """A name with an elision is asked as it is indexed, too."""
    said = Citation(host_title=_BOOKS[1][0], year="1652")
    assert [one.record.title for one in resolve(said, search).candidates] == [_BOOKS[1][0]]


@pytest.mark.parametrize("isbn", ["0306406152", "9780306406157"])
def test_an_isbn_alone(search: SearchService, isbn: str) -> None:
    """A whole book is meant by its ISBN, whichever of both ways a record writes it."""
    resolution = resolve(Citation(isbn=(isbn,)), search)
    assert resolution.found is not None
    assert resolution.found.record.title == "Plays"
    assert resolve(Citation(isbn=(isbn,), doi=("10.1000/part",)), search).found is None
    assert resolve(Citation(isbn=("9783161484100",)), search).candidates == ()
