"""The page of a document says what its record is made of, and whence it came."""

from __future__ import annotations

from pathlib import Path

import httpx
import msgspec

from fonds.archive.archive import Archive
from fonds.loading.index import catch_up
from fonds.record import Completion, Conference, Contributor, Host, Record, Serie
from fonds.search.engines import open_engine
from fonds.settings import Settings
from fonds.web.services import open_services
from tests.archive.making import document
from tests.web.portal.conftest import serving
from tests.web.portal.test_pages import page

_CHAPTER = Record(
    title="Bees of Paris",
    genre=("chapter",),
    original_genre=("ProceedingsPaper",),
    print_date="2001-05",
    erratum_of=("10.5555/99",),
    host=Host(
        genre=("book",),
        title="All Bees",
        editor=(Contributor(name="Anna Weis"),),
        conference=(Conference(name="Bees 2001"),),
    ),
    serie=Serie(title="Insects", volume="7"),
    completed_from=(Completion(id="x", corpus_name="records", ark="ark:/9/x", fields=("host",)),),
    derived=("title", "author"),
)
_BOOK = Record(title="Insects", genre=("book",), host=Host(genre=("book",), title="Insects"))


def test_what_a_record_is_made_of(tmp_path: Path) -> None:
    """Everything stands on the page; a book is not said to be within itself."""
    with Archive.open(tmp_path, Settings(), writable=True) as archive:
        with archive.batch("c") as batch:
            for number, record in enumerate((_CHAPTER, _BOOK), start=1):
                batch.add(msgspec.structs.replace(document(number), record=record))
            batch.commit()
        chapter, book = (stored.ark for stored in archive.documents())
        engine = open_engine(tmp_path, Settings(), writable=True)
        catch_up(archive, engine)
        engine.close()
    with (
        serving(open_services(tmp_path, Settings())) as base,
        httpx.Client(base_url=base) as client,
    ):
        tree = page(client, f"/notice/{chapter}")
        told = dict(zip(tree.xpath("//aside//dt/text()"), tree.xpath("//aside//dd"), strict=True))
        said = {name: " ".join(value.text_content().split()) for name, value in told.items()}
        assert said["Series"] == "Insects, vol. 7"
        assert (said["Conference"], said["Volume editors"]) == ("Bees 2001", "Anna Weis")
        assert (said["In print"], said["Publisher's type"]) == ("2001-05", "ProceedingsPaper")
        assert said["Corrects"] == "10.5555/99"
        notes = [" ".join(one.text_content().split()) for one in tree.xpath("//p[@role='note']")]
        assert notes == [
            "This record was taken from the PDF alone, nobody delivered it; to be checked: title,"
            " authors.",
            "Completed from another record of the same work: journal or book. That record, in"
            " records",
        ]
        assert "In" not in page(client, f"/notice/{book}").xpath("//aside//dt/text()")
