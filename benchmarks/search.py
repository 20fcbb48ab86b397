"""Searching inside the process: from the query string to JSON, against the engine alone."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from benchmarks import queries
from benchmarks.dataset import Seed, documents, seeds
from benchmarks.home import build
from benchmarks.measure import spread
from benchmarks.peers.opensearch import OpenSearch
from benchmarks.peers.sqlite import SqliteIndex
from benchmarks.report import Claim, Section
from fonds.access.gate import OPERATOR
from fonds.search.engines.tantivy import TantivyEngine
from fonds.settings import Settings
from fonds.web.api.answer import search_answer
from fonds.web.services import Services, open_services

ROUNDS = 3
QUERIES = 100
MOST_TIMES_ENGINE = 1.5
MOST_OVER_ENGINE = 0.3  # ms
PEER_CLASSES = ("one word", "two words", "three words")


def run(records: int) -> list[Section]:
    """Measure every class of query."""
    real = seeds()
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        home = Path(name) / "home"
        build(home, records, real)
        services = open_services(home, Settings())
        try:
            return [_classes(services, real, records), _peers(services, real, records, Path(name))]
        finally:
            services.close()


def _classes(services: Services, real: list[Seed], records: int) -> Section:
    rows: list[list[str]] = []
    worst = float("-inf")
    for name, asked in queries.by_class(real, QUERIES).items():
        direct = _direct(services, asked)
        timed = _times(asked, direct, lambda query: _answer(services, query))
        bare, whole = (spread(times) for times in timed)
        # what is left of the allowance, in ms: positive means too slow
        over = whole.p50 - MOST_TIMES_ENGINE * bare.p50
        worst = max(worst, over)
        rows.append([name, *bare.cells(), *whole.cells(), f"{whole.p50 / bare.p50:.2f}"])
    return Section(
        title="search in the process",
        data=f"{_made(records)} {QUERIES} queries of each class, best of {ROUNDS} rounds, "
        "engine and Fonds taking turns; ms.",
        head=[
            "class",
            "engine p50",
            "p95",
            "p99",
            "Fonds p50",
            "p95",
            "p99",
            "p50, times the engine",
        ],
        rows=rows,
        claims=[
            Claim(
                f"p50 beyond {MOST_TIMES_ENGINE} times the engine, worst class",
                worst,
                MOST_OVER_ENGINE,
                "ms",
            )
        ],
        notes=[
            "Engine: tantivy asked with a query object made beforehand, ten hits with their stored "
            "records, exact count. Fonds: query string parsed, checked, translated, searched, ten "
            "hits composed as the API's JSON.",
        ],
    )


def _answer(services: Services, query: str) -> bytes:
    return search_answer(services, {"q": query, "output": "*"}, "http://localhost", OPERATOR)


def _direct(services: Services, asked: Sequence[str]) -> Callable[[str], object]:
    """Return the engine alone, on queries translated beforehand."""
    engine = services.engine
    assert isinstance(engine, TantivyEngine)
    bare = {query: engine.direct(services.search.ask(query).query) for query in asked}
    return lambda query: bare[query]()


def _times(asked: Sequence[str], *works: Callable[[str], object]) -> list[list[float]]:
    """Return for each work the best time of each query over the rounds, in seconds.

    The works take turns at each query, so that whatever else the machine does meets all of them.
    """
    best = [[float("inf")] * len(asked) for _ in works]
    for _ in range(ROUNDS):
        for index, query in enumerate(asked):
            for work, times in zip(works, best, strict=True):
                begin = time.perf_counter()
                work(query)
                times[index] = min(times[index], time.perf_counter() - begin)
    return best


def _peers(services: Services, real: list[Seed], records: int, folder: Path) -> Section:
    classes = {n: q for n, q in queries.by_class(real, QUERIES).items() if n in PEER_CLASSES}
    index = SqliteIndex(folder / "peer.sqlite")
    index.fill(
        (d.record.title, d.record.abstract, text, msgspec.json.encode(d.record).decode())
        for d, text in documents(records, real)
    )
    answering: dict[str, Callable[[str], object]] = {
        "Fonds, in the process": lambda query: _answer(services, query),
        "SQLite FTS5, in the process": index.search,
    }
    with OpenSearch.start(folder / "opensearch") as peer:
        if peer is not None:
            peer.fill(documents(records, real))
            answering["OpenSearch 2.19, over HTTP"] = peer.search
        rows = [
            [system, name, *spread(_times(asked, work)[0]).cells()]
            for system, work in answering.items()
            for name, asked in classes.items()
        ]
    notes = [] if peer else ["OpenSearch did not run: it needs Java and Maven on the machine."]
    return Section(
        title="search, peers",
        data=f"{_made(records)} The same queries on the same records; ms.",
        head=["system", "class", "p50", "p95", "p99"],
        rows=rows,
        notes=notes,
    )


def _made(records: int) -> str:
    return (
        f"{records:,} records, multiplied from real ones (JATS articles, ACL Anthology) with "
        "varied identifiers, years and words."
    )
