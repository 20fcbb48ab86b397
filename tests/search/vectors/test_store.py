"""The files follow the archive: from nothing, after a kill, after other enrichments and models."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest

from fonds.archive.archive import Archive
from fonds.enrich.vectors.vectors import SentenceVector
from fonds.loading.enrich import enrich
from fonds.search.vectors import store as module
from fonds.search.vectors.files import ABSENT, ENGLISH, FOLDER, Arrays, open_arrays, read_state
from fonds.search.vectors.store import refresh_vectors
from fonds.settings import read_settings
from tests.enrich.vectors.making import kept_model


class _Told(msgspec.Struct):
    result: SentenceVector


@pytest.fixture
def home(vector_home: Path, tmp_path: Path) -> Path:
    """Return a copy of the home that a test may change."""
    copy = tmp_path / "home"
    shutil.copytree(vector_home, copy, ignore=shutil.ignore_patterns(FOLDER, f"{FOLDER}.lock"))
    shutil.copytree(vector_home / "models", copy / "models", dirs_exist_ok=True)
    return copy


def _refreshed(home: Path) -> int:
    with Archive.open(home, read_settings(home)) as archive:
        return refresh_vectors(home, str(home / "models"), archive)


def _arrays(home: Path) -> Arrays:
    state = read_state(home / FOLDER)
    assert state is not None
    arrays = open_arrays(home / FOLDER, state)
    assert arrays is not None
    return arrays


def test_every_vector_of_the_packs_is_there(home: Path) -> None:
    made = _refreshed(home)
    assert made > 5
    assert _refreshed(home) == 0
    arrays, seen = _arrays(home), 0
    with Archive.open(home, read_settings(home)) as archive:
        for document in archive.documents():
            file = archive.file(document.ord, "enrichments", "vectors.json")
            if file is None:
                assert arrays.marks[document.ord] == ABSENT
                continue
            told = msgspec.json.decode(archive.read(file), type=_Told).result
            seen += 1
            assert arrays.values[document.ord].tobytes() == told.values
            assert (arrays.marks[document.ord] == ENGLISH) == (told.language == "eng")
    assert seen == made


def test_killed_between_two_batches_it_goes_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _refreshed(home)
    before = _arrays(home)
    shutil.rmtree(home / FOLDER)
    monkeypatch.setattr(module, "_BATCH", 3)
    calls = 0

    def stop(done: int, count: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt

    with Archive.open(home, read_settings(home)) as archive:
        with pytest.raises(KeyboardInterrupt):
            refresh_vectors(home, str(home / "models"), archive, stop)
        rest = refresh_vectors(home, str(home / "models"), archive)
    assert 0 < rest <= whole
    after = _arrays(home)
    assert (after.marks == before.marks).all()
    assert (after.values == before.values).all()
    assert all((a == b).all() for a, b in zip(after.columns, before.columns, strict=True))


def test_another_model_makes_all_of_it_again(home: Path) -> None:
    """Vectors of two models are never compared: those of the old one count no more."""
    whole = _refreshed(home)
    kept_model(home / "models", seed=2)
    assert _refreshed(home) == 0
    assert not _arrays(home).marks.any()
    enrich(home=home, settings=read_settings(home), names=("vectors",))
    assert _refreshed(home) == whole


def test_broken_files_are_made_again(home: Path) -> None:
    whole = _refreshed(home)
    before = np.array(_arrays(home).values)
    with (home / FOLDER / "values").open("r+b") as file:
        file.truncate(5)
    assert _refreshed(home) == whole
    assert (_arrays(home).values == before).all()


def test_without_a_model_nothing_is_made(home: Path) -> None:
    shutil.rmtree(home / "models")
    assert _refreshed(home) == 0
    assert not (home / FOLDER).exists()
