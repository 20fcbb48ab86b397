"""What readers and harvesters wait for, over HTTP on loopback: `python -m benchmarks reach`."""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks import queries
from benchmarks.lively_home import lively_home
from benchmarks.measure import Spread, clock, own_bytes, spread, tree_bytes
from benchmarks.reach_requests import SEARCH, Asked, asked
from benchmarks.report import Claim, Section
from benchmarks.serving import MOST_MEMORY, MOST_P50, MOST_P99, served
from fonds.archive.archive import Archive
from fonds.holdings.holdings import Holdings
from fonds.settings import Settings

MOST_PAGE = 60.0  # kB, without the viewer
_TICKS = os.sysconf("SC_CLK_TCK")


class Taken(msgspec.Struct, frozen=True):
    """What requests of one kind took."""

    wall: Spread
    cpu: float  # ms of the server's processor for one request
    largest: int  # bytes of the largest answer, uncompressed
    sent: int  # bytes of the largest answer as a browser gets it

    def cells(self) -> list[str]:
        """Return the figures as table cells, sizes in kB."""
        sizes = (f"{size / 1000:,.1f}" for size in (self.largest, self.sent))
        return [*self.wall.cells(), f"{self.cpu:.2f}", *sizes]


def run(records: int, home: Path | None) -> list[Section]:
    """Measure a home, made where there is none yet."""
    with lively_home(records, home) as place:
        reading = _read(place)
        with served(place) as (port, pid):
            requests = list(asked(port))
            taken = {}
            for one in requests:
                _ask(port, one, min(20, one.requests))  # pages of the index come from disk once
                taken[one.what] = _measured(port, pid, one)
                print(f"  {one.what}: {taken[one.what].cpu:.1f} ms of the processor", flush=True)
            memory, mapped = own_bytes(pid) / 1e6, tree_bytes(pid) / 1e6
    return [_section(requests, taken, records, reading), _search(taken, memory, mapped, records)]


def _read(home: Path) -> float:
    """Return the seconds that reading everything into holdings takes."""
    for file in home.glob("holdings.sqlite*"):
        file.unlink()
    settings = Settings()
    with Archive.open(home, settings) as archive:
        holdings = Holdings(home, settings.archive.naan, archive)
        seconds = clock(holdings.refresh)
        holdings.close()
    return seconds


def _measured(port: int, pid: int, requests: Asked) -> Taken:
    before = _processor(pid)
    times, largest, _ = _ask(port, requests, requests.requests)
    cpu = (_processor(pid) - before) / len(times)
    _, _, sent = _ask(port, requests, min(20, requests.requests), compressed=True)
    return Taken(spread(times), 1000 * cpu, largest, sent)


def _processor(pid: int) -> float:
    """Return the seconds of the processor that a process took until now."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _ask(
    port: int, requests: Asked, count: int, *, compressed: bool = False
) -> tuple[list[float], int, int]:
    """Ask one after another; return seconds of each, and bytes of the largest body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    headers = {"Accept": "text/html,*/*", "Accept-Encoding": "gzip" if compressed else "identity"}
    times, largest = [], 0
    for number in range(count):
        path = requests.paths[number % len(requests.paths)]
        body = requests.bodies[number % len(requests.bodies)] if requests.bodies else None
        begin = time.perf_counter()
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        size = len(answer.read())
        times.append(time.perf_counter() - begin)
        largest = max(largest, size)
        if answer.status not in (200, 302, 303):
            raise SystemExit(f"{path} answered {answer.status}")
    connection.close()
    return times, largest, largest


def _section(
    kinds: Sequence[Asked], taken: dict[str, Taken], records: int, reading: float
) -> Section:
    rows = [[one.what, str(one.requests), *taken[one.what].cells()] for one in kinds]
    claims = [
        Claim(f"p95: {one.what}", taken[one.what].wall.p95, one.most, "ms")
        for one in kinds
        if one.most is not None
    ]
    claims += [
        Claim(f"size: {one.what}", taken[one.what].largest / 1000, MOST_PAGE, "kB")
        for one in kinds
        if one.page
    ]
    return Section(
        title="reach",
        data=f"{records:,} records made from real ones, two journals among them: one of 100 years, "
        "one with a tenth of all in one year; and real articles with text and PDF. "
        "Requests one after another on loopback; times in ms, sizes of the largest answer in kB.",
        head=["request", "count", "p50", "p95", "p99", "server's processor", "size", "as sent"],
        rows=rows,
        claims=claims,
        notes=["The client shares the machine. The server's processor is the mean of all requests "
               "of a kind, user and system: it varies less with what else the machine does. "
               f"Reading all records into holdings: {reading:.1f} s."],
    )  # fmt: skip


def _search(taken: dict[str, Taken], memory: float, mapped: float, records: int) -> Section:
    faceted = taken[SEARCH].wall
    return Section(
        title="search over HTTP and memory, in the same run",
        data=f"{records:,} records; one to three words, facets `{queries.FACETS}`; the memory is "
        f"the server's own after all above; {mapped:.0f} MB with the pages of files mapped.",
        head=["request", "p50", "p95", "p99"],
        rows=[["one to three words, three facets", *faceted.cells()]],
        claims=[
            Claim("p50 with three facets", faceted.p50, MOST_P50, "ms"),
            Claim("p99 with three facets", faceted.p99, MOST_P99, "ms"),
            Claim("memory of the server", memory, MOST_MEMORY, "MB"),
        ],
    )
