"""Killed or starved at any point of a load, nothing acknowledged is lost and nothing is half.

The load runs in a process of its own; the fault comes through the public hook. After each kill
the next start must find only whole documents and no leftovers, and the load run again must end
with exactly what an undisturbed load gives.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fonds.archive.archive import Archive
from fonds.archive.fixity import check
from fonds.errors import HomeNotWritable
from fonds.loading.load import load
from fonds.search.engine import SearchRequest
from fonds.search.engines import open_engine
from tests.archive.making import settings
from tests.conftest import ROOT

pytestmark = pytest.mark.faults

DELIVERY = ROOT / "src" / "fonds" / "demo" / "deliveries" / "scielo"
PICTURES = DELIVERY.with_name("openjournals")  # PDFs of more bytes than a pack holds in memory
SETTINGS = settings(documents=6)  # several packs from a small delivery
SCRIPT = """
import os, signal, sys
from pathlib import Path
from fonds.loading.load import load
from tests.faults.test_load_faults import SETTINGS
delivery, home, fatal, log = sys.argv[1:]
seen = 0
points = open(log, "a") if log else None
def hook(point, path):
    global seen
    seen += 1
    if points:
        points.write(point + "\\n")
    if fatal and seen == int(fatal):
        os.kill(os.getpid(), signal.SIGKILL)
load([Path(delivery)], collection="s", home=Path(home), settings=SETTINGS, hook=hook)
"""


def start(home: Path, fatal: str = "", log: str = "") -> subprocess.Popen[bytes]:
    """Start a load that dies at its `fatal`-th fault point."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COVERAGE_PROCESS_START": ""}
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(DELIVERY), str(home), fatal, log],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )


def contents(home: Path) -> list[tuple[str, str, int]]:
    """Return what an archive and its index agree on; fails when they do not."""
    with Archive.open(home, SETTINGS) as archive:
        held = [(d.id, d.ark, d.version) for d in archive.documents(0)]
        for document in archive.documents(0):
            record = json.loads(document.record)
            assert record["id"] == document.id
            assert all(archive.read(file) for file in archive.files(document.ord))
        engine = open_engine(home, SETTINGS, writable=False)
        found = engine.search(SearchRequest(None, size=1000))
        assert {hit.ord for hit in found.hits} == {d.ord for d in archive.documents(0)}
        engine.close()
    return held


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple[str, str, int]], int]:
    """Load once without faults; return the contents and the number of fault points."""
    folder = tmp_path_factory.mktemp("undisturbed")
    log = folder / "points"
    assert start(folder / "home", log=str(log)).wait() == 0
    points = log.read_text().split()
    wanted = {"pack-write", "pack-fsync", "pack-rename", "pack-folder-fsync", "catalogue-commit",
              "catalogue-committed", "index-commit", "index-committed"}  # fmt: skip
    assert wanted <= set(points)
    return contents(folder / "home"), len(points)


def recovers(home: Path, whole: list[tuple[str, str, int]]) -> None:
    """Check what a killed load left, then finish it."""
    if (home / "catalogue.sqlite").exists():
        with Archive.open(home, SETTINGS, writable=True) as archive:
            kept = [(d.id, d.ark, d.version) for d in archive.documents(0)]
        assert kept == whole[: len(kept)]
        assert not check(home).damages
        assert not list((home / "archive").glob(".new-*"))
        assert not (home / "spool").exists()
    load([DELIVERY], collection="s", home=home, settings=SETTINGS)
    assert contents(home) == whole
    assert not check(home).damages


def test_killed_at_every_point(
    tmp_path: Path, undisturbed: tuple[list[tuple[str, str, int]], int]
) -> None:
    """SIGKILL at each write, fsync, rename and commit in turn."""
    whole, points = undisturbed
    running: list[tuple[subprocess.Popen[bytes], Path]] = []
    for fatal in range(1, points + 1):
        home = tmp_path / str(fatal)
        running.append((start(home, str(fatal)), home))
        if len(running) == 3 or fatal == points:
            for process, killed in running:
                assert process.wait() == -signal.SIGKILL
                recovers(killed, whole)
                shutil.rmtree(killed)
            running = []


def test_killed_at_random_moments(
    tmp_path: Path, undisturbed: tuple[list[tuple[str, str, int]], int]
) -> None:
    """SIGKILL at a hundred moments nobody chose."""
    whole, _ = undisturbed
    draw = random.Random(20261124)
    for number in range(50):
        pair = [(start(tmp_path / f"{number}-{one}"), tmp_path / f"{number}-{one}") for one in "ab"]
        begin = time.monotonic()
        for process, _ in pair:
            time.sleep(max(0.0, begin + draw.uniform(0.15, 1.1) - time.monotonic()))
            process.kill()
        for process, home in pair:
            process.wait()
            recovers(home, whole)
            shutil.rmtree(home)


@pytest.mark.parametrize("point", ["pack-create", "pack-write", "pack-fsync", "pack-rename"])
def test_a_full_disk(
    tmp_path: Path, point: str, undisturbed: tuple[list[tuple[str, str, int]], int]
) -> None:
    """Without space the load ends with a clear error; with space it goes on where it was."""
    home = tmp_path / "home"
    seen = 0

    def full(name: str, path: str) -> None:
        nonlocal seen
        seen += name == point
        if name == point and seen == 2:
            raise OSError(28, "No space left on device", path)

    with pytest.raises(HomeNotWritable, match="No space left"):
        load([DELIVERY], collection="s", home=home, settings=SETTINGS, hook=full)
    recovers(home, undisturbed[0])


@pytest.mark.parametrize("most", [100_000, 700_000])  # bytes: catalogue, pack
def test_a_file_that_cannot_grow(
    tmp_path: Path, most: int, undisturbed: tuple[list[tuple[str, str, int]], int]
) -> None:
    """The system itself refuses, again when the file is closed: a clear error, no leftover."""
    home = tmp_path / "home"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        with pytest.raises(HomeNotWritable, match="cannot be written"):
            load([PICTURES], collection="s", home=home, settings=SETTINGS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list((home / "archive").glob(".new-*")) == []
    recovers(home, undisturbed[0])


def test_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    """A home that cannot be made is said, with the reason."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(HomeNotWritable):
        load([DELIVERY], collection="s", home=tmp_path / "file" / "home", settings=SETTINGS)
