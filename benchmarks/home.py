"""A home with many records, made through the archive and the engine as a load makes them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.dataset import Change, Seed, documents
from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedDocument
from fonds.search.engine import Engine, IndexDocument
from fonds.search.engines import open_engine
from fonds.settings import Settings

_BATCH = 5_000


def build(home: Path, count: int, real: list[Seed], change: Change | None = None) -> None:
    """Fill a new home with `count` records."""
    settings = Settings()
    home.mkdir(parents=True)
    made = documents(count, real, change)
    with Archive.open(home, settings, writable=True) as archive:
        engine = open_engine(home, settings, writable=True)
        try:
            while batch := list(islice(made, _BATCH)):
                _add(archive, engine, batch)
        finally:
            engine.close()


def _add(archive: Archive, engine: Engine, made: list[tuple[PreparedDocument, str]]) -> None:
    by_collection: dict[str, list[tuple[PreparedDocument, str]]] = {}
    for document, text in made:
        by_collection.setdefault(document.collection, []).append((document, text))
    for collection, held in by_collection.items():
        with archive.batch(collection) as batch:
            outcomes = [batch.add(document) for document, _ in held]
            batch.commit()
        texts = [text for _, text in held]
        engine.add(list(_indexed(archive, [o.ord for o in outcomes], texts)))
    engine.commit(archive.last_ord())


def _indexed(archive: Archive, ords: list[int], texts: list[str]) -> Iterator[IndexDocument]:
    for number, record, text in zip(ords, archive.records(ords), texts, strict=True):
        stored = archive.by_ord(number)
        assert stored is not None
        yield IndexDocument(ord=number, id=stored.id, source=record, fulltext=text)
