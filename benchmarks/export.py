"""Taking bytes out: stored streams copied into a new ZIP, against `cp` and against compressing."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path

from benchmarks import deliveries
from benchmarks.measure import clock
from benchmarks.report import Claim, Section
from fonds.archive.archive import Archive
from fonds.archive.model import StoredFile
from fonds.loading.load import load
from fonds.settings import Settings

ROUNDS = 5
LEAST_TIMES_ZIPFILE = 10.0


def run() -> list[Section]:
    """Measure how fast a loaded delivery's files leave the archive."""
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        folder = Path(name)
        delivery, data = deliveries.xml_only(folder)
        home = folder / "home"
        load([delivery], collection="benchmark", home=home, settings=Settings())
        with Archive.open(home, Settings()) as archive:
            chosen = [
                file
                for document in archive.documents(0)
                for file in archive.files(document.ord)
                if file.method == 8
            ]
            return [_section(archive, chosen, folder, data)]


def _section(archive: Archive, chosen: list[StoredFile], folder: Path, data: str) -> Section:
    plain = sum(file.size for file in chosen) / 1e6
    stored = folder / "stored.bin"
    target = folder / "out.bin"
    copied = _best(lambda: _copy(archive, chosen, stored))
    limit = _best(lambda: shutil.copyfile(stored, target))
    packed = _best(lambda: _zipfile(archive, chosen, folder / "peer.zip"), rounds=1)
    rows = [
        [name, f"{seconds:.3f}", f"{plain / seconds:.0f}", f"{len(chosen) / seconds:.0f}"]
        for name, seconds in (
            ("copying the same stored bytes as one file (the limit)", limit),
            ("Fonds: stored streams read from the packs and written", copied),
            ("zipfile: inflated and compressed again (peer)", packed),
        )
    ]
    return Section(
        title="export of bytes",
        data=f"{len(chosen)} files of a load of {data}; {plain:.1f} MB before compression.",
        head=["task", "s", "MB/s of text", "files/s"],
        rows=rows,
        claims=[
            Claim(
                "stored streams, times zipfile",
                packed / copied,
                LEAST_TIMES_ZIPFILE,
                "×",
                at_least=True,
            )
        ],
    )


def _copy(archive: Archive, chosen: list[StoredFile], target: Path) -> None:
    with target.open("wb") as out:
        for file in chosen:
            out.write(archive.read_raw(file))


def _zipfile(archive: Archive, chosen: list[StoredFile], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for number, file in enumerate(chosen):
            out.writestr(f"{number}.{file.extension}", archive.read(file))


def _best(work: object, rounds: int = ROUNDS) -> float:
    assert callable(work)
    return min(clock(work) for _ in range(rounds))
