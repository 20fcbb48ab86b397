"""Digests say what the records say, survive a kill, and follow the archive."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import msgspec
import pytest

from fonds.analyses import digests as module
from fonds.analyses.digests import FILE, Digests
from fonds.archive.archive import Archive
from fonds.record import Record
from fonds.settings import Settings
from tests.analyses.conftest import Laboratory


def test_a_digest_says_what_the_record_says(laboratory: Laboratory) -> None:
    archive = laboratory.archived.archive
    ords = laboratory.job("profile").plan.ords.tolist()
    found = list(laboratory.digests.read(ords))
    records = msgspec.json.decode(b"[%s]" % b",".join(archive.records(ords)), type=list[Record])
    assert [one.id for one in found] == [one.id for one in records]
    for digest, record in zip(found, records, strict=True):
        assert digest.title == record.title
        assert digest.reference_count == len(record.ref_bibs)
        if record.keywords is not None:
            assert [one.term for one in digest.terms] == list(record.keywords.teeft)
    assert any(one.entities for one in found)
    assert any(one.references for one in found)


def test_killed_between_two_batches_it_goes_on(
    laboratory: Laboratory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(laboratory.home, home, ignore=shutil.ignore_patterns(f"{FILE}*"))
    monkeypatch.setattr(module, "_BATCH", 7)
    with Archive.open(home, Settings()) as archive:
        with Digests(home, archive) as digests:
            calls = 0

            def stop(done: int, whole: int) -> None:
                nonlocal calls
                calls += 1
                if calls == 3:
                    raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                digests.refresh(stop)
        with Digests(home, archive) as digests:
            rest = digests.refresh()
            assert rest > 0
            ords = laboratory.job("profile").plan.ords.tolist()
            assert list(digests.read(ords)) == list(laboratory.digests.read(ords))
            assert digests.refresh() == 0


def test_a_file_of_another_version_is_made_again(laboratory: Laboratory, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(laboratory.home, home)
    with sqlite3.connect(home / FILE) as connection:
        connection.execute("UPDATE state SET version = -1")
    connection.close()
    with Archive.open(home, Settings()) as archive, Digests(home, archive) as digests:
        assert digests.refresh() >= archive.count()
