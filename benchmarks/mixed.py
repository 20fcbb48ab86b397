"""Search, record and PDF together at a steady rate: `python -m benchmarks mixed --seconds 600`."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import msgspec
import numpy as np

from benchmarks import queries
from benchmarks.dataset import seeds
from benchmarks.lively_home import lively_home
from benchmarks.measure import own_bytes, spread, tree_bytes
from benchmarks.rate import Sent, send
from benchmarks.report import Claim, Section
from benchmarks.serving import served

RATE = 200.0  # requests a second
MOST_P99 = 50.0  # ms
MOST_GROWTH = 10.0  # % of memory, from the second tenth of the run to its end
MOST_MORE_OPEN = 20.0  # descriptors, likewise
KINDS = ("search", "record", "PDF")


class Taken(msgspec.Struct, frozen=True):
    """What the server holds at a moment."""

    memory: int  # bytes of its own
    mapped: int  # bytes, with the pages of files that the system maps for it
    open: int  # descriptors


def run(
    records: int, seconds: float, home: Path | None = None, rate: float = RATE
) -> list[Section]:
    """Measure, and say whether it holds."""
    made = lively_home(records, home, articles=home is not None)
    with made as place, served(place) as (port, pid):
        paths = asked(port, queries.short(seeds(), 300))
        asyncio.run(send(port, paths, rate / 4, min(10.0, seconds)))  # caches fill once
        watch = Watch(pid, seconds)
        watch.start()
        sent = asyncio.run(send(port, paths, rate, seconds))
        watch.over.set()
        watch.join()
    return [section(sent, watch.taken, records, seconds, rate)]


class Watch(threading.Thread):
    """Looks at memory and descriptors of a process, a hundred times in a run."""

    def __init__(self, pid: int, seconds: float) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._every = seconds / 100
        self.taken: list[Taken] = []
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(self._every):
            opened = len(os.listdir(f"/proc/{self._pid}/fd"))  # noqa: PTH208  # quicker
            self.taken.append(Taken(own_bytes(self._pid), tree_bytes(self._pid), opened))


def asked(port: int, words: Sequence[str]) -> list[list[str]]:
    """Return the addresses of each kind."""
    searches = [f"/document/?{urlencode({'q': q, 'facet': queries.FACETS})}" for q in words]
    hits = _hits(port, "/document?q=*&size=2000&rankBy=random&randomSeed=1&output=id")
    pdfs = _hits(port, "/document?q=qualityIndicators.pdfPageCount:>0&size=100&output=fulltext")
    files = [
        file["uri"].partition("/ark:")[2]
        for hit in pdfs
        for file in hit["fulltext"]
        if file["extension"] == "pdf"
    ]
    return [
        searches,
        [f"/document/{hit['id']}" for hit in hits],
        [f"/ark:{quote(file)}" for file in files],
    ]


def _hits(port: int, path: str) -> list[dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    found: list[dict[str, Any]] = json.loads(connection.getresponse().read())["hits"]
    connection.close()
    return found


def section(
    sent: Sequence[Sent], taken: Sequence[Taken], records: int, seconds: float, rate: float
) -> Section:
    """Return the figures of a run."""
    rows = []
    for number, kind in enumerate(KINDS):
        mine = [one for one in sent if one.kind == number]
        mean = sum(one.size for one in mine) / max(1, len(mine)) / 1000
        rows.append([kind, f"{len(mine):,}", f"{mean:,.1f}",
                     *spread([one.seconds for one in mine]).cells()])  # fmt: skip
    together = spread([one.seconds for one in sent])
    wrong = sum(one.status != 200 for one in sent)
    before, after = _tenth(taken, 1), _tenth(taken, -1)
    growth = 100 * (after.memory / before.memory - 1)
    return Section(
        title="mixed load",
        data=f"{records:,} records, real articles with PDF among them; {rate:.0f} requests "
        f"a second for {seconds:.0f} s, a third of each kind, timed from when each was due; "
        f"{after.memory / 1e6:.0f} MB of its own ({after.mapped / 1e6:.0f} with the pages of files "
        f"mapped for it) and {after.open} descriptors at the end.",
        head=["request", "count", "mean KB", "p50 ms", "p95 ms", "p99 ms"],
        rows=rows,
        claims=[
            Claim("p99 of all requests", together.p99, MOST_P99, "ms"),
            Claim("requests without a right answer", float(wrong), 0.0, ""),
            Claim("growth of its own memory", growth, MOST_GROWTH, "%"),
            Claim("more descriptors", float(after.open - before.open), MOST_MORE_OPEN, ""),
        ],
        notes=["The client shares the machine with the server."],
    )


def _tenth(taken: Sequence[Taken], number: int) -> Taken:
    """Return the median of a tenth of a run; -1 is the last."""
    size = max(1, len(taken) // 10)
    part = taken[-size:] if number < 0 else taken[number * size : (number + 1) * size] or taken
    memory = float(np.median([one.memory for one in part]))
    opened = float(np.median([one.open for one in part]))
    mapped = float(np.median([one.mapped for one in part]))
    return Taken(int(memory), int(mapped), int(opened))
