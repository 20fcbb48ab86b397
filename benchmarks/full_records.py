"""A page of 5,000 whole records as JSON, against decoding and encoding the same records."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import msgspec

from benchmarks.measure import clock
from benchmarks.report import Claim, Section
from fonds.access.gate import OPERATOR
from fonds.web.api.answer import search_answer
from fonds.web.services import Services

PAGE = 5_000
LEAST_TIMES = 5.0
_ROUNDS = 9
_BASE = "http://127.0.0.1:8080"


def section(services: Services) -> Section:
    """Measure both on the records that the engine found, and what finding them takes."""
    asked = {"q": "*", "size": str(PAGE), "output": "*"}
    request = services.search.ask("*", size=PAGE)
    sources = [hit.source for hit in services.engine.search(request).hits]
    assert len(sources) == PAGE
    whole = _best(lambda: search_answer(services, asked, _BASE, OPERATOR))
    found = _best(lambda: services.engine.search(request))
    made = whole - found
    python, fast = _best(lambda: _anew(sources)), _best(lambda: _by_msgspec(sources))
    size = sum(map(len, sources)) / 1e6
    return Section(
        title="whole records as JSON",
        data=f"{PAGE:,} records, {size:.1f} MB, best of {_ROUNDS}.",
        head=["task", "ms"],
        rows=[
            ["search and reading the records from the index", f"{found * 1000:.1f}"],
            ["the answer out of them", f"{made * 1000:.1f}"],
            ["peer: decoded and encoded again by Python's json", f"{python * 1000:.1f}"],
            ["peer: the same by msgspec", f"{fast * 1000:.1f}"],
        ],
        claims=[
            Claim("answer, times decoding and encoding", python / made, LEAST_TIMES, "×",
                  at_least=True),
        ],
        notes=["The peers' times are without the addresses of files and the scores, which the "
               "answer has."],
    )  # fmt: skip


def _best(work: Callable[[], object]) -> float:
    return min(clock(work) for _ in range(_ROUNDS))


def _anew(sources: Sequence[bytes]) -> bytes:
    return json.dumps({"hits": [json.loads(source) for source in sources]}).encode()


def _by_msgspec(sources: Sequence[bytes]) -> bytes:
    return msgspec.json.encode({"hits": [msgspec.json.decode(source) for source in sources]})
