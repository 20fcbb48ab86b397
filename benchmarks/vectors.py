"""What vectors are worth and cost: `python -m benchmarks.vectors MODEL FOLDER...`.

MODEL is the wheel (or a folder) that `fonds enrich model` takes, each FOLDER a delivery. Titles
look for their abstracts, by words and by words and meaning, through the engine that serves readers;
the articles are those of the deliveries with both. Prints tables for docs/models/vectors.md.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from fonds.archive.archive import Archive
from fonds.enrich.language import Language
from fonds.enrich.vectors.model_file import Sentences, keep, load, read_card
from fonds.enrich.vectors.quantised import bits, small
from fonds.enrich.vectors.weights import Floats
from fonds.loading.load import load as load_delivery
from fonds.record import Record
from fonds.search.cursors import CursorStore
from fonds.search.engine import IndexDocument
from fonds.search.engines import open_engine
from fonds.search.query.printer import quote
from fonds.search.service import SearchService
from fonds.search.state_file import write_state
from fonds.search.vectors.files import (
    ENGLISH,
    FOLDER,
    OTHER,
    VERSION,
    Arrays,
    State,
    Writer,
)  # fmt: skip
from fonds.search.vectors.hybrid import HybridEngine
from fonds.search.vectors.nearest import nearest
from fonds.search.vectors.shelf import Shelves
from fonds.settings import EnrichSettings, Settings

_MOST = 700  # articles of one language
_LEAST_ABSTRACT, _LEAST_TITLE = 200, 20  # characters
_SIZES = (100_000, 1_000_000)
_QUERIES = 20
_record = msgspec.json.Decoder(Record).decode


class Article(msgspec.Struct, frozen=True):
    """A title and the abstract to be found by it."""

    title: str
    abstract: str
    language: str


def main(model: Path, folders: Sequence[Path]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="fonds-vectors-") as name:
        home = Path(name) / "home"
        for folder in folders:
            load_delivery([folder], collection=folder.name, home=home, settings=Settings())
        found = articles(home)
        keep(model, home / "models")
        card = read_card(str(home / "models"))
        assert card is not None
        sentences = _Kept(load(str(home / "models"), card))
        print("| articles | words | words and meaning | the same, if every language moved |")
        print("|---|---:|---:|---:|")
        for label, language in (("English", "eng"), ("French", "fre")):
            among = [one for one in found if one.language == language]
            told = " | ".join(f"{one:.3f}" for one in _retrieval(among, sentences, card.said))
            print(f"| {label} ({len(among)}) | {told} |", flush=True)
        _speed(found, sentences)
    for size in _SIZES:
        _scan(size)


def articles(home: Path) -> list[Article]:
    """Return the articles that have a title and an abstract in one language."""
    told = Language(EnrichSettings())
    found: dict[str, list[Article]] = {"eng": [], "fre": []}
    seen = set()
    with Archive.open(home, Settings()) as archive:
        for document in archive.documents():
            record = _record(document.record)
            long = len(record.abstract) >= _LEAST_ABSTRACT and len(record.title) >= _LEAST_TITLE
            if not long or record.title in seen:
                continue
            language = told.detect(record.abstract)[0]
            if language in found and told.detect(record.title)[0] == language:
                seen.add(record.title)
                found[language].append(Article(record.title, record.abstract, language))
    return [one for every in found.values() for one in every[:: max(1, -(-len(every) // _MOST))]]


def _retrieval(
    among: Sequence[Article], sentences: _Kept, model: str
) -> tuple[float, float, float]:
    """Return nDCG@10 by words, by both, and by both if no language were left where it is."""
    with tempfile.TemporaryDirectory(prefix="fonds-vectors-") as name:
        home, settings = Path(name), Settings()
        (home / FOLDER).mkdir()
        engine = open_engine(home, settings, writable=True)
        for at, one in enumerate(among, start=1):  # an abstract is indexed without its title
            record = Record(id=f"{at:040X}", abstract=one.abstract, language=(one.language,))
            engine.add([IndexDocument(at, record.id, msgspec.json.encode(record), "")])
        engine.commit(len(among))
        hybrid = HybridEngine(engine, _Given(home, sentences), settings.search.page_size)
        service = SearchService(
            _NoRecords(), hybrid, CursorStore(home / "cursors"), settings.search
        )
        _write(home / FOLDER, among, sentences, model, everywhere=False)
        by_words = _ndcg(service, among, "relevance")
        by_both = _ndcg(service, among, "hybrid")
        _write(home / FOLDER, among, sentences, model, everywhere=True)
        everywhere = _ndcg(service, among, "hybrid")
        engine.close()
    return by_words, by_both, everywhere


def _write(
    folder: Path, among: Sequence[Article], sentences: _Kept, model: str, *, everywhere: bool
) -> None:
    writer = Writer(folder, sentences.dimensions)
    for at, one in enumerate(among, start=1):
        values, _ = small(sentences.vector(one.abstract))
        mark = ENGLISH if everywhere or one.language == "eng" else OTHER
        writer.write({at: (mark, values)}, {at: bits(values)})
    writer.finish(len(among) + 1)
    writer.close()
    write_state(folder, State(VERSION, model, sentences.dimensions, len(among) + 1))


def _ndcg(service: SearchService, among: Sequence[Article], order: str) -> float:
    total = 0.0
    for at, one in enumerate(among, start=1):
        words = " ".join(quote(word) for word in one.title.split())
        hits = service.search(service.ask(words, size=10, rank_by=order)).hits
        ords = [hit.ord for hit in hits]
        total += 1 / math.log2(2 + ords.index(at)) if at in ords else 0.0
    return total / max(1, len(among))


class _Kept:
    """Makes the vector of a text once."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences
        self.dimensions = sentences.dimensions
        self.vector = cache(sentences.vector)


class _Given(Shelves):
    """Vectors beside which the model is given."""

    def __init__(self, home: Path, sentences: _Kept) -> None:
        super().__init__(home, "")
        self._sentences = sentences

    def vector(self, text: str, model: str) -> Floats:
        return self._sentences.vector(text)


class _NoRecords:
    def records(self, ords: Sequence[int]) -> list[bytes]:
        return []

    def names(self, ords: Sequence[int]) -> dict[int, tuple[str, str]]:
        return {}


def _speed(found: Sequence[Article], sentences: _Kept) -> None:
    """Print how many texts one core reckons in a second."""
    some = found[:: max(1, len(found) // 100)]
    for label, texts in (
        ("titles", [one.title for one in some]),
        ("titles with abstracts", [f"{one.title}. {one.abstract}" for one in some]),
    ):
        begin = time.process_time()
        for text in texts:
            sentences.sentences.vector(text)
        print(f"\n{label}: {len(texts) / (time.process_time() - begin):.1f} a CPU second")


def _scan(size: int) -> None:
    """Print the time of a scan over vectors drawn by chance."""
    chance = np.random.default_rng(1)
    values = chance.integers(-127, 128, (size, 384), np.int8)
    signs = tuple(np.ascontiguousarray(bits(values).T))
    arrays = Arrays(np.full(size, ENGLISH, np.uint8), signs, values)
    vector = chance.normal(size=384).astype(np.float32)
    nearest(arrays, vector, 10)
    begin = time.process_time()
    for _ in range(_QUERIES):
        nearest(arrays, vector, 10)
    print(f"\nscan of {size:,}: {(time.process_time() - begin) / _QUERIES * 1000:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
