"""Journals, the link resolver and KBART over HTTP on loopback, one client at a time."""

from __future__ import annotations

import http.client
import tempfile
import time
from pathlib import Path

from benchmarks.dataset import seeds
from benchmarks.home import build
from benchmarks.measure import clock, spread
from benchmarks.report import Claim, Section
from benchmarks.serving import served
from fonds.archive.archive import Archive
from fonds.holdings.holdings import Choice, Holdings
from fonds.settings import Settings

REQUESTS = 300
MOST_JOURNAL = 60.0  # ms, p95
MOST_RESOLVER = 10.0  # ms, p95
MOST_PAGE = 60.0  # kB


def run(records: int) -> list[Section]:
    """Measure the pages of the largest journal, the list, the resolver; and one reading of all."""
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        home = Path(name) / "home"
        build(home, records, seeds())
        seconds, address, years, documents = _read(home)
        with served(home) as (port, _):
            asked = {
                "list of titles": ["/journals"],
                "a journal, its latest year": [address],
                "a journal, any year": [f"{address}?year={year}" for year in years],
                "resolver, by DOI": [f"/openurl?id=doi:10.5555/bench.{n:08d}&format=json"
                                     for n in range(0, records, max(1, records // REQUESTS))],
                "resolver, unknown PMID": [f"/openurl?id=pmid:{10**8 + n}" for n in range(99)],
            }  # fmt: skip
            times = {what: _ask(port, paths) for what, paths in asked.items()}
            _, kbart = _get(port, "/kbart/AllTitles")
            kbart_seconds = clock(lambda: _get(port, "/kbart/AllTitles"))
            _, page = _get(port, address)
    found = {what: spread(one) for what, one in times.items()}
    return [
        Section(
            title="journals",
            data=(
                f"{records:,} records; the largest journal has {documents:,} of them over "
                f"{len(years)} years; {REQUESTS} requests of each kind on loopback; ms."
            ),
            head=["request", "p50", "p95", "p99"],
            rows=[[what, *one.cells()] for what, one in found.items()],
            claims=[
                Claim("p95 of a journal", found["a journal, any year"].p95, MOST_JOURNAL, "ms"),
                Claim("p95 of the resolver", found["resolver, by DOI"].p95, MOST_RESOLVER, "ms"),
                Claim("page of a journal", len(page) / 1000, MOST_PAGE, "kB"),
            ],
            notes=[
                f"Reading {records:,} records into holdings: {seconds:.1f} s. "
                f"KBART of all titles: {kbart.count(10):,} lines in {kbart_seconds:.1f} s."
            ],
        )
    ]


def _read(home: Path) -> tuple[float, str, list[int], int]:
    """Read everything into holdings; return the seconds, and what the largest journal is."""
    settings = Settings()
    with Archive.open(home, settings) as archive:
        holdings = Holdings(home, settings.archive.naan, archive)
        seconds = clock(holdings.refresh)
        title = max(holdings.titles(Choice(), size=10_000).titles, key=lambda one: one.documents)
        issues, _ = holdings.shape(title)
        holdings.close()
    return seconds, f"/journals/{title.id}", sorted({one.year for one in issues}), title.documents


def _ask(port: int, paths: list[str]) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for number in range(REQUESTS):
        path = paths[number % len(paths)]
        begin = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - begin)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
    connection.close()
    return times


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content
