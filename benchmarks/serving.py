"""Searching over HTTP on loopback: a real server process, one client that keeps its connection."""

from __future__ import annotations

import http.client
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import queries
from benchmarks.dataset import seeds
from benchmarks.home import build
from benchmarks.measure import spread, tree_bytes
from benchmarks.report import Claim, Section

REQUESTS = 3_000
MOST_P50 = 4.0  # ms
MOST_P99 = 25.0  # ms
MOST_MEMORY = 300.0  # MB
_START_SECONDS = 60


def run(records: int) -> list[Section]:
    """Measure one- to three-word queries with three facets."""
    real = seeds()
    asked = queries.short(real, 300)
    random.Random(7).shuffle(asked)
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        home = Path(name) / "home"
        build(home, records, real)
        with served(home) as (port, pid):
            _ask(port, asked[:200])  # pages of the index come from disk once
            plain = spread(_ask(port, asked, facets=False))
            short = spread(_ask(port, asked, output=""))
            faceted = spread(_ask(port, asked))
            memory = tree_bytes(pid) / 1e6
    return [
        Section(
            title="http",
            data=(
                f"{records:,} records, multiplied from real ones with varied identifiers, years "
                f"and words; {REQUESTS} requests one after another on loopback; ms."
            ),
            head=["request", "p50", "p95", "p99"],
            rows=[
                ["one to three words, whole records", *plain.cells()],
                [f"... with facets `{queries.FACETS}`", *faceted.cells()],
                ["... with facets, the fields that no `output` means", *short.cells()],
            ],
            claims=[
                Claim("p50 with three facets, whole records", faceted.p50, MOST_P50, "ms"),
                Claim("p50 with three facets, default output", short.p50, MOST_P50, "ms"),
                Claim("p99 with three facets", faceted.p99, MOST_P99, "ms"),
                Claim("memory of the server", memory, MOST_MEMORY, "MB"),
            ],
            notes=["Every third query has one, two, three words; the client shares the machine."],
        )
    ]


@contextmanager
def served(home: Path) -> Iterator[tuple[int, int]]:
    """Serve a home in a process of its own; give its port and its number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "fonds.cli.main", "serve", "--home", str(home), "--port", str(port)],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            _ask(port, ["*"], rounds=1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def _ask(
    port: int,
    asked: list[str],
    *,
    facets: bool = True,
    output: str = "*",
    rounds: int = REQUESTS,
) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for number in range(min(rounds, REQUESTS)):
        parameters = {"q": asked[number % len(asked)]}
        if output:
            parameters["output"] = output
        if facets:
            parameters["facet"] = queries.FACETS
        path = f"/document/?{urlencode(parameters)}"
        begin = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - begin)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
    connection.close()
    return times
