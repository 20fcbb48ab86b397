"""The engine inside the process."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from fonds.search.engine import Engine, IndexDocument, SearchRequest
from fonds.search.engines import open_engine
from fonds.search.query.lucene import read_query
from fonds.settings import SearchSettings, Settings
from tests.search.engines.suite import EngineSuite


def least(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the seconds of this thread's processor that work takes at least."""

    def once() -> float:
        begin = time.thread_time()
        work()
        return time.thread_time() - begin

    return min(once() for _ in range(rounds))


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
        assert least(partial(engine.search, SearchRequest(tree))) < 0.25
    engine.close()


def test_a_word_twenty_thousand_times(tmp_path: Path) -> None:
    """Answered in a moment; the same documents, and what Lucene's sum of clauses scores."""
    engine = open_engine(tmp_path, Settings(), writable=True)
    for at, text in enumerate(("ant bee", "bee bee fly", "fly")):
        record = msgspec.json.encode({"id": f"{at:040X}", "title": text})
        engine.add([IndexDocument(at + 1, f"{at:040X}", record, text)])
    engine.commit(1)

    def found(query: str) -> dict[int, float]:
        hits = engine.search(SearchRequest(read_query(query), size=10)).hits
        return {one.ord: one.score for one in hits}

    many = found("bee " * 19_999)
    fewer = least(lambda: found("bee " * 2_000))
    assert least(lambda: found("bee " * 19_999)) < 30 * fewer  # a square of it were 100 times
    once, four = found("bee"), found("bee bee bee bee")
    assert set(many) == set(once) == set(four) == {1, 2}
    for place, score in once.items():
        assert four[place] == pytest.approx(4 * score, rel=1e-5)
    assert found("fly -bee -bee") == pytest.approx(found("fly -bee"), rel=1e-5)
    assert found("+bee +bee ant ant").keys() == {1, 2}
    engine.close()


def test_several_threads_index_the_same(tmp_path: Path) -> None:
    """Documents written by many threads keep their order; a replaced one is there once."""
    engine = open_engine(tmp_path, Settings(), writable=True, threads=4)
    ids = [f"{at % 300:040X}" for at in range(400)]
    for begin in range(0, 400, 16):
        part = list(enumerate(ids))[begin : begin + 16]
        made = [
            (at + 1, id_, msgspec.json.encode({"id": id_, "title": f"t{at}"})) for at, id_ in part
        ]
        engine.add([IndexDocument(ord_, id_, record, "word") for ord_, id_, record in made])
    engine.commit(400)
    for question in (None, read_query("word")):
        found = engine.search(SearchRequest(question, size=500))
        assert found.total == 300
        assert [hit.ord for hit in found.hits] == list(range(101, 401))
    engine.close()


def test_beginnings_that_end_a_row_of_characters(tmp_path: Path) -> None:
    """A beginning finds all that begins so, also behind the last digit and the last letter."""
    engine = open_engine(tmp_path, Settings(), writable=True)
    values = ["a9", "a9z", "a9:1", "a9A", "aA", "az", "aza", "az{", "azé", "aª", "b", "to", "tox"]
    for at, value in enumerate(values, start=1):
        record = msgspec.json.encode({"id": f"{at:040X}", "title": value, "doi": [value]})
        engine.add([IndexDocument(at, f"{at:040X}", record, "")])
    engine.commit(len(values))
    for beginning in ("a", "a9", "az", "b", "t", "to"):
        for field in ("title.exact", "doi"):
            tree = read_query(f"{field}:{beginning}*")
            found = engine.search(SearchRequest(tree, size=len(values)))
            want = [at for at, value in enumerate(values, start=1) if value.startswith(beginning)]
            assert [hit.ord for hit in found.hits] == want, (field, beginning)
    engine.close()


def test_what_was_merged_at_the_end_of_writing_stays(tmp_path: Path) -> None:
    """Many small commits end as few segments: every segment costs every search."""
    engine = open_engine(tmp_path, Settings(), writable=True)
    for at in range(1, 13):
        record = msgspec.json.encode({"id": f"{at:040X}", "title": f"t{at}"})
        engine.add([IndexDocument(at, f"{at:040X}", record, "word")])
        engine.commit(at)
    engine.add([IndexDocument(13, f"{13:040X}", b'{"title":"dropped"}', "word")])
    engine.close()  # gives up what was not committed, and the merges
    engine = open_engine(tmp_path, Settings(), writable=True)
    engine.add([IndexDocument(13, f"{13:040X}", b'{"title":"t13"}', "word")])
    engine.commit(13)
    engine.close()
    assert len(msgspec.json.decode((tmp_path / "index" / "meta.json").read_bytes())["segments"]) < 8
    engine = open_engine(tmp_path, Settings(), writable=False)
    assert engine.count() == engine.last_ord() == 13
    assert engine.search(SearchRequest(read_query("dropped"))).total == 0
