"""Real deliveries load whole; bad files cost themselves only."""

from __future__ import annotations

import io
import os
import signal
import tarfile
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec
import pytest

from fonds.archive.archive import Archive
from fonds.errors import DeliveryNotFound, Finding
from fonds.loading import workers as workers_module
from fonds.loading.load import load
from fonds.loading.prepare import PreparedCandidate, PrepareTools, prepare
from fonds.loading.rebuild import rebuild
from fonds.loading.summary import LoadSummary
from fonds.settings import LimitSettings, Settings
from fonds.sources.model import Candidate, DeliveredFile, Rejected
from tests.conftest import ROOT

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"


def run(
    home: Path, *paths: Path, workers: int = 1, settings: Settings | None = None
) -> LoadSummary:
    """Load into one collection."""
    return load(paths, collection="c", home=home, settings=settings or Settings(), workers=workers)


def records(home: Path) -> list[bytes]:
    """Return every record in the order of arrival."""
    with Archive.open(home, Settings()) as archive:
        return [document.record for document in archive.documents(0)]


def test_any_number_of_workers_gives_the_same(tmp_path: Path) -> None:
    """Documents, places and identifiers do not depend on the number of processes."""
    for workers in (1, 2, 3):
        run(tmp_path / str(workers), DELIVERIES / "pensoft", DELIVERIES / "mdpi", workers=workers)
    assert records(tmp_path / "1") == records(tmp_path / "2") == records(tmp_path / "3")


def test_archives_in_archives(tmp_path: Path) -> None:
    """A ZIP in a TAR.XZ in a ZIP gives the documents the plain folder gives."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as file:
        for path in (DELIVERIES / "scielo").glob("*.xml"):
            file.write(path, f"issue/{path.name}")
    middle = io.BytesIO()
    with tarfile.open(fileobj=middle, mode="w:xz") as tar:
        info = tarfile.TarInfo("deep/inner.zip")
        info.size = len(inner.getvalue())
        tar.addfile(info, io.BytesIO(inner.getvalue()))
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as file:
        file.writestr("a/middle.tar.xz", middle.getvalue())
        file.writestr("__MACOSX/._x", b"noise")
    summary = run(tmp_path / "home", outer)
    assert summary.loaded == len(list((DELIVERIES / "scielo").glob("*.xml")))
    assert summary.set_aside == 0
    assert not (tmp_path / "home" / "spool").exists()


def test_every_file_of_a_delivery_is_kept(tmp_path: Path) -> None:
    """What is set aside lies in the archive byte for byte, listed with its reason."""
    run(tmp_path, DELIVERIES / "broken")
    with Archive.open(tmp_path, Settings()) as archive:
        names = {row.name for row in archive.ledger()}
    assert names == {path.name for path in (DELIVERIES / "broken").iterdir()}
    packs = list((tmp_path / "archive").glob("*.zip"))
    kept = b""
    for pack in packs:
        with zipfile.ZipFile(pack) as file:
            kept += b"".join(file.read(n) for n in file.namelist() if "set-aside" in n)
    assert (DELIVERIES / "broken" / "truncated.xml").read_bytes() in kept


def test_a_corrected_delivery_is_a_version(tmp_path: Path) -> None:
    """The corrected article keeps its ARK; the search finds the new one only."""
    source = next((DELIVERIES / "plos").glob("*.xml"))
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
    text = source.read_text("utf-8")
    (first / source.name).write_text(text, "utf-8")
    (second / source.name).write_text(text.replace("<article-title>", "<article-title>Corrected: "))
    home = tmp_path / "home"
    run(home, first)
    (old,) = (msgspec.json.decode(record) for record in records(home))
    summary = run(home, second)
    assert (summary.loaded, summary.new_versions) == (0, 1)
    (new,) = (msgspec.json.decode(record) for record in records(home))
    assert new["arkIstex"] == old["arkIstex"]
    assert new["version"] == 2
    assert "Corrected: " in new["title"]


def test_rebuild_gives_the_same(tmp_path: Path) -> None:
    """Catalogue and index deleted, the packs give the same records again."""
    run(tmp_path, DELIVERIES / "pensoft", DELIVERIES / "broken")
    before = records(tmp_path)
    with Archive.open(tmp_path, Settings()) as archive:
        ledger = list(archive.ledger())
    for name in ("catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    summary = rebuild(tmp_path, Settings())
    assert summary.documents == summary.indexed == len(before)
    assert records(tmp_path) == before
    with Archive.open(tmp_path, Settings()) as archive:
        assert list(archive.ledger()) == ledger


def test_a_delivery_that_is_not_there(tmp_path: Path) -> None:
    """Nothing is made for a path that does not exist."""
    with pytest.raises(DeliveryNotFound):
        run(tmp_path / "home", tmp_path / "missing")


def test_bombs_are_bounded(tmp_path: Path) -> None:
    """An archive that unpacks beyond the limits is set aside whole; the rest is loaded."""
    bomb = tmp_path / "d" / "bomb.zip"
    bomb.parent.mkdir()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros.xml", b"0" * 3_000_000)
    good = next((DELIVERIES / "plos").glob("*.xml"))
    (bomb.parent / good.name).write_bytes(good.read_bytes())
    settings = Settings(limits=LimitSettings(archive_bytes=1_000_000))
    summary = run(tmp_path / "home", bomb.parent, settings=settings)
    assert summary.loaded == 1
    assert summary.set_aside_by_code == {"archive-bomb": 1}


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is loaded, its name shown with \\xNN."""
    folder = tmp_path / "d"
    folder.mkdir()
    source = next((DELIVERIES / "plos").glob("*.xml"))
    name = os.fsencode(folder) + b"/caf\xe9.xml"
    with open(name, "wb") as file:  # noqa: PTH123
        file.write(source.read_bytes())
    assert run(tmp_path / "home", folder).loaded == 1
    with Archive.open(tmp_path / "home", Settings()) as archive:
        assert [row.name for row in archive.ledger()] == ["caf\\xe9.xml"]


def deadly(item: Candidate | Rejected, collection: str, tools: PrepareTools) -> PreparedCandidate:
    """Prepare as usual; one candidate kills the process that prepares it."""
    name = item.name if isinstance(item, Candidate) else item.file.name
    is_child = os.getppid() != 0 and os.environ.get("FONDS_TEST_PARENT") != str(os.getpid())
    if name == "deadly.xml" and is_child and isinstance(item, Candidate):
        os.kill(os.getpid(), signal.SIGKILL)
    return prepare(item, collection, tools)


def test_a_worker_that_dies_costs_its_candidate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The candidate that kills its process is set aside; all others are loaded."""
    folder = tmp_path / "d"
    folder.mkdir()
    sources = sorted((DELIVERIES / "scielo").glob("*.xml"))
    for path in sources:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "deadly.xml").write_bytes(sources[0].read_bytes())
    monkeypatch.setenv("FONDS_TEST_PARENT", str(os.getpid()))
    monkeypatch.setattr(workers_module, "prepare", deadly)
    # children must see the replaced function, so they are forked from this process
    fork = __import__("multiprocessing").get_context("fork")
    monkeypatch.setattr(
        workers_module, "_executor",
        lambda children: ProcessPoolExecutor(children, mp_context=fork),
    )  # fmt: skip
    monkeypatch.setattr(workers_module._Pool, "_prepare_here", lambda self, items: False)
    results = list(
        workers_module.prepared(
            [
                Candidate(p.name, DeliveredFile(p.name, str(p), p.stat().st_size), None)
                for p in sorted(folder.iterdir())
            ],
            "c",
            Settings(),
            2,
        )
    )
    assert sum(len(result.documents) for result in results) == len(sources)
    findings: list[Finding] = [r.finding for result in results for r in result.rejects]
    assert [finding.code for finding in findings] == ["reader-failed"]


def test_the_shared_corpora_load(tmp_path: Path, shared: Path) -> None:
    """Of all JATS files and all Open Journals at most one in a hundred is set aside."""
    corpora = shared / "corpora"
    summary = run(tmp_path, corpora / "jats", corpora / "openjournals")
    assert summary.loaded >= 600
    assert summary.set_aside * 100 <= summary.loaded


def test_the_malformed_corpus_is_survived(tmp_path: Path, shared: Path) -> None:
    """Every broken and hostile file is kept with a reason, or loaded; none ends the load."""
    malformed = shared / "corpora" / "malformed"
    summary = run(tmp_path, malformed)
    files = sum(path.is_file() for path in malformed.rglob("*"))
    assert summary.files == files
    assert summary.loaded + summary.new_versions > 30
    with Archive.open(tmp_path, Settings()) as archive:
        rows = list(archive.ledger(said=True))
    assert all(row.reason for row in rows)
    assert {"xml-hostile", "xml-malformed", "pdf-alone", "file-empty"} & {r.code for r in rows}
