"""The same work delivered twice is seen, kept and linked, and a link can be undone for ever."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from fonds.archive.archive import Archive
from fonds.archive.fixity import check
from fonds.archive.prepared import PreparedDocument
from fonds.archive.rebuild import rebuild_catalogue
from fonds.archive.works import work_keys
from fonds.errors import HomeNotWritable
from fonds.record import Host, Pages, Record
from tests.archive.making import document, settings

LONG = "The winter behaviour of whales in the northern seas"


def article(title: str = LONG, year: str = "1999", page: str = "7", journal: str = "J") -> Record:
    """Return a record that names its title, year, page and journal."""
    host = Host(genre=("journal",), title=journal, pages=Pages(first=page) if page else None)
    return Record(title=title, publication_date=year, host=host)


def fill(home: Path, **collections: list[PreparedDocument]) -> None:
    """Load documents into collections, one pack each."""
    with Archive.open(home, settings(), writable=True) as archive:
        for name, documents in collections.items():
            with archive.batch(name) as batch:
                for one in documents:
                    batch.add(one)
                batch.commit()


def with_record(number: int, record: Record) -> PreparedDocument:
    """Return a document of a record."""
    return msgspec.structs.replace(document(number), record=record)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (article("The Winter Behaviour of <i>whales</i> in the northern seas".replace("<i>", "")
                 .replace("</i>", "").upper() + "."), True),
        (article(journal="Another spelling of the journal"), True),
        (article(year="2000"), False),
        (article(page="8"), False),
        (article(page=""), False),
        (article("The winter behaviour of seals in the northern seas"), False),
    ],
)  # fmt: skip
def test_what_makes_a_work_the_same(other: Record, same: bool) -> None:
    """Title, year and first page; case, punctuation and the journal's name do not count."""
    assert bool(set(work_keys(article())) & set(work_keys(other))) == same


def test_a_short_title_needs_its_journal() -> None:
    """Two journals' editorials of one year, both on page 1, are two works."""
    one, two = article("Editorial", page="1"), article("Editorial", page="1", journal="K")
    assert work_keys(one) == work_keys(article("Éditorial", page="1"))
    assert not set(work_keys(one)) & set(work_keys(two))


def test_across_collections_and_inside_one(tmp_path: Path) -> None:
    """Both are kept and linked with the reason, in one batch, in another, and by another key."""
    whales = article()
    by_doi = msgspec.structs.replace(whales, doi=("10.5555/W",), title="Whales")
    fill(
        tmp_path,
        a=[document(1, doi="10.5555/w", title="Wale"), document(2)],
        b=[with_record(3, by_doi), with_record(4, whales)],
        c=[with_record(5, msgspec.structs.replace(whales, pmid=("5",))),
           with_record(6, msgspec.structs.replace(whales, pmid=("6",)))],
    )  # fmt: skip
    with Archive.open(tmp_path, settings()) as archive:
        ids = [d.id for d in archive.documents()]
        assert archive.count() == 6
        (twin,) = archive.twins(ids[0])
        assert (twin.id, twin.collection, twin.reasons) == (ids[2], "b", ("doi",))
        assert [one.id for one in archive.twins(ids[3])] == ids[4:]
        assert {one.reasons for one in archive.twins(ids[3])} == {("title",)}
        assert {(w.reasons, w.ids) for w in archive.works()} == {
            (("doi",), (ids[0], ids[2])),
            (("title",), tuple(ids[3:])),
        }
        said = [(row.id, row.code) for row in archive.ledger(said=True)]
        assert said == [(ids[2], "same-work"), (ids[4], "same-work"), (ids[5], "same-work")]


def test_a_new_version_is_no_duplicate(tmp_path: Path) -> None:
    """A corrected document is not the twin of its own earlier version."""
    fill(tmp_path, a=[document(1)])
    fill(tmp_path, a=[document(1, content="<article>corrected</article>")])
    with Archive.open(tmp_path, settings()) as archive:
        (only,) = archive.documents()
        assert only.version == 2
        assert archive.twins(only.id) == ()
        assert list(archive.works()) == []
        assert not [row for row in archive.ledger(said=True) if row.code == "same-work"]


def test_a_link_is_undone_for_ever(tmp_path: Path) -> None:
    """An undone link stays undone after a rebuild and a new version; linking by hand mends it."""
    fill(tmp_path, a=[document(1)], b=[document(1)], c=[document(2)])
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        one, two, three = (d.id for d in archive.documents())
        assert [t.id for t in archive.twins(one)] == [two]
        archive.decide((two, one), linked=False, why="an erratum")
        archive.decide((one, three), linked=True)
    rebuild_catalogue(tmp_path)
    assert not check(tmp_path).damages
    fill(tmp_path, b=[document(1, content="<article>corrected</article>")])
    with Archive.open(tmp_path, settings()) as archive:
        assert archive.twins(two) == ()
        assert [(t.id, t.reasons) for t in archive.twins(one)] == [(three, ("hand",))]
        assert [(w.reasons, {*w.ids}) for w in archive.works()] == [(("hand",), {one, three})]
        assert [(d.linked, d.why) for d in archive.decisions()] == [
            (False, "an erratum"), (True, "")]  # fmt: skip
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        archive.decide((one, two), linked=True)
        assert {t.id for t in archive.twins(two)} == {one}
        assert archive.count() == 3


@pytest.mark.parametrize("point", ["pack-create", "pack-write", "pack-fsync", "pack-rename"])
def test_a_decision_on_a_full_disk(tmp_path: Path, point: str) -> None:
    """Without space nothing is decided, and nothing is left behind."""
    fill(tmp_path, a=[document(1)], b=[document(1)])

    def full(name: str, path: str) -> None:
        if name == point:
            raise OSError(28, "No space left on device", path)

    with Archive.open(tmp_path, settings(), writable=True, hook=full) as archive:
        one, two = (d.id for d in archive.documents())
        with pytest.raises(HomeNotWritable, match="No space left"):
            archive.decide((one, two), linked=False)
        assert archive.decisions() == ()
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        assert [t.id for t in archive.twins(one)] == [two]
    assert len(list((tmp_path / "archive").iterdir())) == 2


def test_killed_while_deciding(tmp_path: Path) -> None:
    """A decision whose pack was durable when the process died counts at the next start."""
    fill(tmp_path, a=[document(1)], b=[document(1)])

    def die(name: str, path: str) -> None:
        if name == "catalogue-commit":
            raise KeyboardInterrupt

    with Archive.open(tmp_path, settings(), writable=True, hook=die) as archive:
        one, two = (d.id for d in archive.documents())
        with pytest.raises(KeyboardInterrupt):
            archive.decide((one, two), linked=False)
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        assert archive.twins(one) == ()
