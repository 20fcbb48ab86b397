"""Loading: from a delivery to a durable, searchable archive, against parsing alone."""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path

from benchmarks import deliveries
from benchmarks.measure import Ran, child
from benchmarks.report import Claim, Section

ROUNDS = 5  # the best of these; other work on the machine only ever adds time
MOST_TIMES_PARSE = 5.0
LEAST_SPEEDUP = 1.7
MOST_OVER_PDF = 1.25
MOST_MEMORY = 600.0  # MB


def run() -> list[Section]:
    """Measure both kinds of load."""
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        folder = Path(name)
        return [_xml(folder), _pdf(folder)]


def _xml(folder: Path) -> Section:
    delivery, data = deliveries.xml_only(folder)
    count = len(deliveries.files(delivery, (".xml", ".nxml")))
    size = sum(p.stat().st_size for p in deliveries.files(delivery, (".xml", ".nxml"))) / 1e6
    tasks = {
        "lxml.etree.parse alone (the limit)": ("bare_parse",),
        "fonds load, 1 worker": ("load", "1"),
        "fonds load, 2 workers": ("load", "2"),
    }
    if importlib.util.find_spec("pubmed_parser"):
        tasks["pubmed_parser (peer: reads, stores nothing)"] = ("pubmed_parser",)
    best = _rounds(tasks, delivery, folder)
    parse, one, two, *_ = (ran.answer["seconds"] for ran in best.values())
    rows = [
        [name, f"{s:.2f}", f"{count / s:.0f}", f"{size / s:.1f}", f"{s / parse:.1f}", _mega(ran)]
        for name, ran in best.items()
        for s in [ran.answer["seconds"]]
    ]
    return Section(
        title="load, XML only",
        data=f"{data}; best of {ROUNDS} rounds, the tasks taking turns, each in a new process.",
        head=["task", "s", "documents/s", "MB/s", "times parse", "peak memory, MB"],
        rows=rows,
        claims=[
            Claim("one worker, times a bare parse", one / parse, MOST_TIMES_PARSE, "×"),
            Claim("two workers, times one worker", one / two, LEAST_SPEEDUP, "×", at_least=True),
            Claim("peak memory", _peak(best), MOST_MEMORY, "MB"),
        ],
        notes=["A load ends when every document is durable and searchable."],
    )


def _pdf(folder: Path) -> Section:
    delivery, data = deliveries.with_pdf(folder)
    tasks = {
        "pypdfium2 alone, text of every page (the limit)": ("bare_pdf",),
        "fonds load, 1 worker": ("load", "1"),
        "fonds load, 2 workers": ("load", "2"),
    }
    best = _rounds(tasks, delivery, folder)
    limit, one, two = _seconds(best)
    alone = _rounds(tasks, deliveries.first_with_pdf(delivery, folder), folder)
    first_limit, first, _ = _seconds(alone)
    beyond = (one - first) / (limit - first_limit)
    return Section(
        title="load, with PDF",
        data=f"{data}; best of {ROUNDS} rounds.",
        head=["task", "s", "times the limit", "peak memory, MB"],
        rows=[
            [name, f"{s:.2f}", f"{s / limit:.2f}", _mega(ran)]
            for name, ran in best.items()
            for s in [ran.answer["seconds"]]
        ],
        claims=[
            Claim("one worker, times the PDF library", one / limit, MOST_OVER_PDF, "×"),
            Claim("two workers, times the PDF library", two / limit, MOST_OVER_PDF, "×"),
            Claim("peak memory", _peak(best), MOST_MEMORY, "MB"),
        ],
        notes=[
            f"A load of the first PDF alone takes {first:.2f} s, the library {first_limit:.2f} s "
            "for it: the rest every load costs once (index, archive, start of the readers). "
            f"The further PDFs take {beyond:.2f} times the library: what a larger load comes to."
        ],
    )


def _seconds(best: dict[str, Ran]) -> list[float]:
    return [ran.answer["seconds"] for ran in best.values()]


def _rounds(tasks: dict[str, tuple[str, ...]], delivery: Path, folder: Path) -> dict[str, Ran]:
    best: dict[str, Ran] = {}
    for _ in range(ROUNDS):
        for name, (task, *workers) in tasks.items():
            with tempfile.TemporaryDirectory(dir=folder) as home:
                extra = [str(Path(home) / "home"), *workers] if task == "load" else []
                ran = child("benchmarks.once", task, str(delivery), *extra)
            if name not in best or ran.answer["seconds"] < best[name].answer["seconds"]:
                best[name] = ran
    return best


def _mega(ran: Ran) -> str:
    return f"{ran.peak_bytes / 1e6:.0f}"


def _peak(best: dict[str, Ran]) -> float:
    return max(ran.peak_bytes for name, ran in best.items() if name.startswith("fonds")) / 1e6
