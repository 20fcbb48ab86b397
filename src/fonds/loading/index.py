"""Brings the index to where the archive is: after a kill, a deletion, a load, an enrichment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument
from fonds.search.engine import Engine, IndexDocument

Progress = Callable[[int, int], None]  # done, all

_BATCH = 2_000
_ADD = 100  # documents handed to the engine at a time, so that texts do not pile up


def catch_up(archive: Archive, engine: Engine, progress: Progress | None = None) -> int:
    """Index every document that came, or was enriched, after what the index knows.

    Returns how many documents were indexed.
    """
    turn = archive.turn()  # before the documents are read: what comes meanwhile comes again
    last, goal = engine.last_ord(), archive.last_ord()
    if last > goal or engine.turn() > turn:  # an older copy of the archive: the index says too much
        last = 0
    if last == goal and engine.count() != archive.count():
        last = 0
    done = 0
    if last != goal:
        done = _add(archive, engine, archive.documents(last), progress)
    if engine.turn() != turn:
        done += _again(archive, engine, last, turn)
    return done


def documents_of(archive: Archive, documents: Iterable[StoredDocument]) -> Iterator[IndexDocument]:
    """Give documents as the engine takes them."""
    for document in documents:
        yield IndexDocument(
            ord=document.ord,
            id=document.id,
            source=document.record,
            fulltext=archive.index_text(document),
        )


def _add(
    archive: Archive,
    engine: Engine,
    documents: Iterator[StoredDocument],
    progress: Progress | None,
) -> int:
    waiting = documents_of(archive, documents)
    done = 0
    while batch := list(islice(waiting, _ADD)):
        engine.add(batch)
        done += len(batch)
        if done % _BATCH == 0:
            engine.commit(batch[-1].ord)
        if progress is not None:
            progress(done, archive.count())
    engine.commit(archive.last_ord())
    return done


def _again(archive: Archive, engine: Engine, last: int, turn: int) -> int:
    """Index again what the index held already and was enriched since."""
    before = engine.turn() if last else turn
    enriched = (one for one in archive.enriched_since(before) if one.ord <= last)
    waiting = documents_of(archive, enriched)
    done = 0
    while batch := list(islice(waiting, _ADD)):
        engine.add(batch)
        done += len(batch)
    engine.commit(engine.last_ord(), turn)
    return done
