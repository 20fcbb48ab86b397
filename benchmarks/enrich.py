"""Enriching: the whole chain but OCR over full texts, per core and on two."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks import deliveries
from benchmarks.measure import Ran, child
from benchmarks.report import Claim, Section
from fonds.archive.archive import Archive
from fonds.settings import Settings

ROUNDS = 3
LEAST_PER_CORE = 25.0  # full texts a second
LEAST_SPEEDUP = 1.7
MOST_MEMORY = 2_000.0  # MB


def run() -> list[Section]:
    """Measure one and two workers, each in a fresh process over a fresh copy of one home."""
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        folder = Path(name)
        delivery, data = deliveries.xml_only(folder)
        child("benchmarks.once", "load", str(delivery), str(folder / "home"), "2")
        best = {workers: _best(folder, workers) for workers in (2, 1)}
        with Archive.open(folder / "copy", Settings()) as archive:
            count = archive.count()
            each = {e.name: e.milliseconds for e in archive.enrichment_counts()
                    if e.status == "made"}  # fmt: skip
    one, two = (best[workers].answer["seconds"] for workers in (1, 2))
    rows = [
        [f"{workers}", f"{s:.2f}", f"{count / s:.1f}", f"{ran.peak_bytes / 1e6:.0f}"]
        for workers, ran in sorted(best.items())
        for s in [ran.answer["seconds"]]
    ]
    peak = max(ran.peak_bytes for ran in best.values()) / 1e6
    chain = Section(
        title="enrich, the whole chain without OCR",
        data=f"{data}; best of {ROUNDS} rounds, each in a new process.",
        head=["workers", "s", "documents/s", "peak memory, MB"],
        rows=rows,
        claims=[
            Claim("one worker", count / one, LEAST_PER_CORE, "documents/s", at_least=True),
            Claim("two workers, times one", one / two, LEAST_SPEEDUP, "×", at_least=True),
            Claim("peak memory", peak, MOST_MEMORY, "MB"),
        ],
        notes=["A run ends when every document is durable and searchable; starting is counted."],
    )
    costs = Section(
        title="enrich, what each costs",
        data="the run with one worker",
        head=["enrichment", "ms a document"],
        rows=[[name, f"{spent:.2f}"] for name, spent in each.items()],
    )
    return [chain, costs]


def _best(folder: Path, workers: int) -> Ran:
    found: Ran | None = None
    for _ in range(ROUNDS):
        home = folder / "copy"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(folder / "home", home)
        ran = child("benchmarks.once", "enrich", str(home), str(workers))
        if found is None or ran.answer["seconds"] < found.answer["seconds"]:
            found = ran
    assert found is not None
    return found
