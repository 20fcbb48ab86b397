"""Small archives for tests of holdings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedDocument
from fonds.holdings.holdings import Holdings
from fonds.record import AccessCondition, Contributor, Host, Pages, Record
from fonds.settings import Settings
from tests.archive.making import file

ISSN, EISSN, OTHER = "0028-0836", "1476-4687", "0036-8075"


def article(
    number: int,
    *,
    year: str = "1990",
    volume: str = "",
    issue: str = "",
    title: str = "Nature",
    issn: tuple[str, ...] = (ISSN,),
    eissn: tuple[str, ...] = (),
    collection: str = "c",
    pdf: bool = True,
    is_open: bool = False,
    pmid: str = "",
    host: Host | None = None,
) -> PreparedDocument:
    """Return one article of a journal; another number, another article."""
    xml = file(f"<article>{collection} {number} {'words ' * 20}</article>".encode())
    scan = file(b"%%PDF-1.4 %d" % number, "fulltext", "pdf", "a.pdf")
    return PreparedDocument(
        collection=collection,
        record=Record(
            title=f"About the number {number} and its neighbours",
            author=(Contributor(name=f"Ada Exemple{number}", surname=f"Exemple{number}"),),
            genre=("research-article",),
            publication_date=year,
            doi=(f"10.5555/{collection}.{number}",),
            pmid=(pmid,) if pmid else (),
            host=host
            or Host(
                genre=("journal",), title=title, issn=issn, eissn=eissn, volume=volume,
                issue=issue, pages=Pages(first=str(number)), publisher="Publisher & Sons",
            ),
            access_condition=AccessCondition(
                content_type="isOpenAccess" if is_open else "isNotOpenAccess"
            ),
        ),
        files=(xml, scan) if pdf else (xml,),
        source=f"d/{collection}-{number}.xml",
        reader="test",
    )  # fmt: skip


def book(number: int, *, isbn: tuple[str, ...] = (), title: str = "A Book") -> PreparedDocument:
    """Return one chapter of a book."""
    return article(
        number,
        host=Host(
            genre=("book",), title=title, isbn=isbn, publication_date="1999",
            author=(Contributor(name="Ada Exemple", surname="Exemple"),),
            pages=Pages(first=str(number)),
        ),
    )  # fmt: skip


def add(home: Path, documents: Sequence[PreparedDocument]) -> None:
    """Load documents."""
    with Archive.open(home, Settings(), writable=True) as archive:
        for collection in dict.fromkeys(one.collection for one in documents):
            with archive.batch(collection) as batch:
                for one in documents:
                    if one.collection == collection:
                        batch.add(one)
                batch.commit()


@contextmanager
def held(home: Path, documents: Sequence[PreparedDocument] = ()) -> Iterator[Holdings]:
    """Load documents and give the holdings over them."""
    if documents:
        add(home, documents)
    with Archive.open(home, Settings()) as archive:
        holdings = Holdings(home, "99999", archive)
        yield holdings
        holdings.close()
