"""The engine inside the process."""

from __future__ import annotations

import random
import time
from pathlib import Path

import msgspec

from fonds.search.engine import Engine, IndexDocument, SearchRequest
from fonds.search.engines import open_engine
from fonds.search.query.lucene import read_query
from fonds.settings import SearchSettings, Settings
from tests.search.engines.suite import EngineSuite


class TestTantivy(EngineSuite):
    """tantivy does what every engine must do."""

    @classmethod
    def open(cls, home: Path, *, writable: bool = True) -> Engine:
        """Open it with room for every test document on a page."""
        settings = Settings(search=SearchSettings(page_size=10_000))
        return open_engine(home, settings, writable=writable)


def test_leading_wildcards_stay_fast(tmp_path: Path) -> None:
    """A pattern without a beginning is answered in a moment on 200,000 different words."""
    draw = random.Random(3)
    words = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(200_000)]
    engine = open_engine(tmp_path, Settings(), writable=True)
    for at in range(0, len(words), 2_000):
        identifier = f"{at:040X}"
        record = msgspec.json.encode({"id": identifier, "title": "t"})
        engine.add([IndexDocument(at + 1, identifier, record, " ".join(words[at : at + 2_000]))])
    engine.commit(1)
    for pattern in ("fulltext:*xyz", "fulltext:*qqa*", "fulltext:?b*yz"):
        tree = read_query(pattern)
        engine.search(SearchRequest(tree))  # the vocabulary is read once per snapshot
        begin = time.perf_counter()
        engine.search(SearchRequest(tree))
        assert time.perf_counter() - begin < 0.25
    engine.close()
