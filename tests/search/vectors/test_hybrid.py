"""An order by words and meaning: the same documents, English ones moved among their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest

from fonds.enrich.vectors.quantised import bits, small
from fonds.record import Record
from fonds.search.cursors import CursorStore
from fonds.search.engine import Facet, IndexDocument, SearchRequest, SearchResult
from fonds.search.engines import open_engine
from fonds.search.service import SearchService
from fonds.search.state_file import write_state
from fonds.search.vectors import hybrid as module
from fonds.search.vectors.alike import alike
from fonds.search.vectors.files import (
    ABSENT,
    ENGLISH,
    FOLDER,
    OTHER,
    VERSION,
    State,
    Writer,
)
from fonds.search.vectors.hybrid import HybridEngine
from fonds.search.vectors.shelf import Shelves
from fonds.settings import Settings
from tests.enrich.vectors.making import WIDTH, kept_model

COUNT = 60
WORDS = [
    "magma",
    "volcano",
    "ascent",
    "rock",
    "river",
    "water",
    "flood",
    "forest",
    "tree",
    "bird",
    "song",
    "cell",
    "protein",
]


class _Records:
    """The names of documents."""

    def records(self, ords: Sequence[int]) -> list[bytes]:
        return []

    def names(self, ords: Sequence[int]) -> dict[int, tuple[str, str]]:
        return {one: (f"{one:040X}", f"ark:/1/{one}") for one in ords}


class Made:
    """An index of documents with vectors."""

    def __init__(self, home: Path) -> None:
        card = kept_model(home / "models")
        self.shelves = Shelves(home, str(home / "models"))
        self.plain = open_engine(home, Settings(), writable=True)
        self.engine = HybridEngine(self.plain, self.shelves, 5_000)
        self.service = SearchService(
            _Records(), self.engine, CursorStore(home / "cursors"), Settings().search
        )
        chance = np.random.default_rng(3)
        (home / FOLDER).mkdir()
        documents, rows, signs = [], {}, {}
        self.marks = [ABSENT]
        self.records: list[Record] = []
        for at in range(1, COUNT + 1):
            text = " ".join(chance.choice(WORDS, 8))
            mark = (ENGLISH, ENGLISH, OTHER, ABSENT)[at % 4]
            record = Record(id=f"{at:040X}", title=f"Study {at}", abstract=text, language=("eng",))
            self.records.append(record)
            documents.append(IndexDocument(at, record.id, msgspec.json.encode(record), ""))
            vector = self.shelves.vector(text, card.said)
            assert vector is not None
            values, _ = small(vector)
            rows[at] = (mark, values if mark != ABSENT else None)
            self.marks.append(mark)
            if mark != ABSENT:
                signs[at] = bits(values)
        self.plain.add(documents)
        self.plain.commit(COUNT)
        writer = Writer(home / FOLDER, WIDTH)
        writer.write(rows, signs)
        writer.finish(COUNT + 1)
        writer.close()
        write_state(home / FOLDER, State(VERSION, card.said, WIDTH, COUNT + 1, COUNT))
        self.home = home

    def ask(self, q: str, **more: object) -> SearchRequest:
        return self.service.ask(q, **{"rank_by": "hybrid", "size": COUNT, **more})  # type: ignore[arg-type]

    def ords(self, q: str, **more: object) -> list[int]:
        return [hit.ord for hit in self.service.search(self.ask(q, **more)).hits]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Return the index."""
    found = Made(tmp_path_factory.mktemp("hybrid"))
    yield found
    found.engine.close()


def _told(result: SearchResult) -> tuple[str, str]:
    assert result.ordered is not None
    return result.ordered.by, result.ordered.reason


def test_the_same_documents_in_another_order(made: Made) -> None:
    """Total and facets stay; so does the place of each document that is not English."""
    facet = (Facet("language", "language", "terms"),)
    q = "magma volcano rock"
    by_words = made.service.search(made.ask(q, rank_by="relevance"))
    asked = msgspec.structs.replace(made.ask(q), facets=facet)
    both = made.service.search(asked)
    assert (both.total, sorted(h.ord for h in both.hits)) == (
        by_words.total,
        sorted(h.ord for h in by_words.hits),
    )
    plain = msgspec.structs.replace(made.ask(q, rank_by="relevance"), facets=facet)
    assert both.aggregations == made.service.search(plain).aggregations
    before, after = [h.ord for h in by_words.hits], [h.ord for h in both.hits]
    assert before != after
    for one, other in zip(before, after, strict=True):
        assert (made.marks[one] == ENGLISH) == (made.marks[other] == ENGLISH)
        assert made.marks[one] == ENGLISH or one == other
    assert both.ordered is not None
    assert both.ordered.by == "hybrid"
    assert both.ordered.reordered == sum(made.marks[one] == ENGLISH for one in before)
    assert by_words.ordered is None


@pytest.mark.parametrize("window", [1_000, 13])
def test_pages_and_walks_have_one_order(
    made: Made, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    """Also across the end of what may change places."""
    monkeypatch.setattr(module, "_WINDOW", window)
    made.engine = HybridEngine(made.plain, made.shelves, 5_000)
    request = made.ask("magma volcano rock")
    whole = [hit.ord for hit in made.engine.search(request).hits]
    pages = []
    for offset in range(0, len(whole) + 5, 5):
        part = msgspec.structs.replace(request, offset=offset, size=5)
        pages += [hit.ord for hit in made.engine.search(part).hits]
    assert pages == whole
    assert made.engine.matches(request)[0].tolist() == whole
    if window == 13:
        relevance = msgspec.structs.replace(request, rank=module._RELEVANCE)
        assert whole[13:] == [hit.ord for hit in made.plain.search(relevance).hits][13:]


def test_it_says_why_it_did_not(made: Made, tmp_path: Path) -> None:
    """Then the order is that of relevance."""
    assert _told(made.service.search(made.ask("abstract:magma"))) == (
        "relevance", "not-plain-words",
    )  # fmt: skip
    assert made.ords("abstract:magma") == made.ords("abstract:magma", rank_by="relevance")
    by_title = made.service.search(made.ask("magma", sort_by="title.raw"))
    assert _told(by_title) == ("relevance", "sorted")
    bare = HybridEngine(made.plain, Shelves(tmp_path, str(tmp_path)), 5_000)
    assert _told(bare.search(made.ask("magma"))) == ("relevance", "no-vectors")
    assert len(bare.matches(made.ask("magma"))[0]) == bare.search(made.ask("magma")).total
    lost = HybridEngine(made.plain, Shelves(made.home, str(tmp_path)), 5_000)
    assert _told(lost.search(made.ask("magma"))) == ("relevance", "no-model")


def test_nothing_found_is_nothing(made: Made) -> None:
    found = made.service.search(made.ask("xylophone"))
    assert (found.total, found.hits) == (0, ())
    assert made.service.search(made.ask("magma", size=0)).hits == ()


def test_alike_are_those_that_lie_near_too(made: Made) -> None:
    """Never the article itself; without vectors, those that share its words."""
    record = made.records[3]  # of number 4: English
    assert made.marks[4] == ENGLISH
    found = [h.ord for h in alike(made.engine, _Records(), made.shelves, record, 4, 10)]
    assert len(found) == 10
    assert 4 not in found
    assert found == [h.ord for h in alike(made.engine, _Records(), made.shelves, record, 4, 10)]
