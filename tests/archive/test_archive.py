"""The archive keeps what it was given, under identifiers that never change."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fonds.archive.archive import Archive
from fonds.archive.fixity import check
from fonds.archive.rebuild import pack_paths, rebuild_catalogue
from fonds.errors import HomeBusy, HomeNotFound
from fonds.settings import Settings
from tests.archive.making import document, reject, settings


def fill(home: Path, *numbers: int) -> None:
    """Load numbered documents in one batch."""
    with Archive.open(home, settings(), writable=True) as archive, archive.batch("c") as batch:
        for number in numbers:
            batch.add(document(number))
        batch.commit()


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    """A document is read back whole: its record, its files, by id, ARK and place."""
    fill(tmp_path, 1, 2)
    with Archive.open(tmp_path, Settings()) as archive:
        first = archive.by_ord(1)
        assert first is not None
        assert archive.by_id(first.id) == first
        assert archive.by_ark(first.ark) == first
        xml = archive.file(1, "metadata", "xml")
        assert xml is not None
        assert archive.read(xml).startswith(b"<article>1 words")
        assert archive.records([2, 1, 99]) == [
            d.record for d in (archive.by_ord(2), archive.by_ord(1)) if d is not None
        ]
        assert archive.count() == 2


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """Loading the same documents again writes no pack and no row."""
    fill(tmp_path, 1, 2, 3)
    before = pack_paths(tmp_path / "archive")
    with Archive.open(tmp_path, settings(), writable=True) as archive, archive.batch("c") as batch:
        outcomes = [batch.add(document(number)) for number in (1, 2, 3)]
        outcomes.append(batch.set_aside(reject("x.pdf")))
        batch.commit()
        with archive.batch("c") as again:
            outcomes.append(again.set_aside(reject("x.pdf")))
            again.commit()
        statuses = [outcome.status for outcome in outcomes]
        assert statuses == ["unchanged"] * 3 + ["set-aside", "unchanged"]
        assert archive.count() == 3
    assert len(pack_paths(tmp_path / "archive")) == len(before) + 1


def test_a_correction_is_a_version(tmp_path: Path) -> None:
    """A corrected document keeps id and ARK; the old version stays where it was."""
    fill(tmp_path, 1)
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        old = archive.by_ord(1)
        with archive.batch("c") as batch:
            outcome = batch.add(document(1, content="<article>corrected</article>"))
            batch.commit()
        assert old is not None
        assert outcome.status == "new-version"
        new = archive.by_id(old.id)
        assert new is not None
        assert (new.ark, new.version, new.ord) == (old.ark, 2, 2)
        stored = archive.by_ord(1)
        assert stored is not None
        assert not stored.current
        assert stored.record == old.record
        assert archive.count() == 1
        assert [d.ord for d in archive.documents(0)] == [2]


def test_two_documents_with_one_doi(tmp_path: Path) -> None:
    """A second document that claims a DOI is kept beside the first, and reported."""
    with Archive.open(tmp_path, settings(), writable=True) as archive, archive.batch("c") as batch:
        first = batch.add(document(1, doi="10.5555/same", title="Whales", source="a.xml"))
        second = batch.add(document(2, doi="10.5555/same", title="Ferns", source="b.xml"))
        batch.commit()
        assert (first.status, second.status) == ("loaded", "loaded")
        assert first.id != second.id
        assert [row.code for row in archive.ledger(said=True)] == ["doi-shared"]
        with archive.batch("c") as again:
            repeated = again.add(document(2, doi="10.5555/same", title="Ferns", source="b.xml"))
        assert repeated.status == "unchanged"


def test_packs_are_bags(tmp_path: Path) -> None:
    """Any ZIP tool opens a pack, and the BagIt library validates it."""
    fill(tmp_path, *range(20))
    (pack,) = pack_paths(tmp_path / "archive")
    with zipfile.ZipFile(pack) as file:
        assert file.testzip() is None
        file.extractall(tmp_path / "out")
    bag = bagit.Bag(str(tmp_path / "out" / pack.stem))
    assert bag.is_valid()


def test_an_aborted_batch_leaves_nothing(tmp_path: Path) -> None:
    """Without commit nothing is kept, not even a file."""
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        with archive.batch("c") as batch:
            batch.add(document(1))
        assert archive.count() == 0
        assert list((tmp_path / "archive").iterdir()) == []


def test_packs_of_one_moment(tmp_path: Path) -> None:
    """Packs that are closed within one millisecond do not take each other's name."""
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        for number in range(40):
            with archive.batch("c") as batch:
                batch.set_aside(reject(f"{number}.pdf"))
                batch.commit()
        assert len(list(archive.ledger())) == 40
    assert len(pack_paths(tmp_path / "archive")) == 40
    assert not check(tmp_path).damages


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    """A second writer is told who is in the way; readers are not disturbed."""
    fill(tmp_path, 1)
    with Archive.open(tmp_path, Settings(), writable=True):
        with pytest.raises(HomeBusy):
            Archive.open(tmp_path, Settings(), writable=True)
        with Archive.open(tmp_path, Settings()) as reader:
            assert reader.count() == 1


def test_nothing_there(tmp_path: Path) -> None:
    """A home that was never loaded is said to be missing."""
    with pytest.raises(HomeNotFound):
        Archive.open(tmp_path, Settings())


Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "correct", "aside", "commit"]), st.integers(1, 6),
              st.integers(1, 3)),
    max_size=25,
)  # fmt: skip


@given(STEPS)
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_rebuild_gives_the_same(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    """After any sequence of loads the packs alone give the same catalogue."""
    home = tmp_path_factory.mktemp("home")
    with Archive.open(home, settings(3), writable=True) as archive:
        batch = archive.batch("c")
        for kind, number, edition in steps:
            if kind == "commit" or batch.full:
                batch.commit()
                batch = archive.batch("c")
            elif kind == "aside":
                batch.set_aside(reject(f"{number}.pdf", b"%PDF" * edition))
            else:
                content = f"<article>{edition}</article>" if kind == "correct" else ""
                batch.add(document(number, content=content))
        batch.commit()
        before = state(archive)
    rebuild_catalogue(home)
    with Archive.open(home, Settings()) as archive:
        assert state(archive) == before
    assert not check(home).damages


def state(archive: Archive) -> tuple[object, ...]:
    """Return everything the catalogue says."""
    documents = [archive.by_ord(number) for number in range(1, archive.last_ord() + 1)]
    files = [archive.files(number) for number in range(1, archive.last_ord() + 1)]
    return documents, files, archive.collections(), list(archive.ledger()), archive.count()


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    """Wherever one bit of a pack changes, the check says so and names the pack."""
    fill(tmp_path, *range(5))
    (pack,) = pack_paths(tmp_path / "archive")
    whole = pack.read_bytes()
    assert not check(tmp_path).damages
    draw = random.Random(1)
    places = {0, 5, len(whole) - 1, len(whole) - 21, *draw.sample(range(len(whole)), 150)}
    for at in sorted(places):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << draw.randrange(8)
        pack.write_bytes(bytes(damaged))
        damages = check(tmp_path).damages
        assert damages, f"byte {at} of {len(whole)}"
        assert damages[0].pack == pack.name
    pack.write_bytes(whole[:-7])
    assert check(tmp_path).damages
    pack.unlink()
    assert [damage.reason for damage in check(tmp_path).damages] == ["the pack is missing"]


def test_a_pack_the_catalogue_missed_is_adopted(tmp_path: Path) -> None:
    """A pack that was durable when the process died is part of the archive at the next start."""
    fill(tmp_path, 1, 2)
    for name in ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        assert archive.count() == 2
        with archive.batch("c") as batch:
            assert batch.add(document(1)).status == "unchanged"
