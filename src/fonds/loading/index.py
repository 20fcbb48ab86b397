"""Brings the index to where the archive is: after a kill, after a deletion, after a load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from fonds.archive.archive import Archive
from fonds.search.engine import Engine, IndexDocument

Progress = Callable[[int, int], None]  # done, all

_BATCH = 2_000
_ADD = 100  # documents handed to the engine at a time, so that texts do not pile up


def catch_up(archive: Archive, engine: Engine, progress: Progress | None = None) -> int:
    """Index every document that came after the last one the index knows; return how many."""
    last, goal = engine.last_ord(), archive.last_ord()
    if last > goal:  # the archive was replaced by an older copy: the index says too much
        last = 0
    if last == goal and engine.count() == archive.count():
        return 0
    if last == goal:
        last = 0
    waiting = _documents(archive, last)
    done = 0
    while batch := list(islice(waiting, _BATCH)):
        for at in range(0, len(batch), _ADD):
            engine.add(
                [IndexDocument(d.ord, d.id, d.source, d.fulltext) for d in batch[at : at + _ADD]]
            )
        engine.commit(batch[-1].ord)
        done += len(batch)
        if progress is not None:
            progress(done, archive.count())
    return done


def _documents(archive: Archive, after: int) -> Iterator[IndexDocument]:
    for document in archive.documents(after):
        yield IndexDocument(
            ord=document.ord,
            id=document.id,
            source=document.record,
            fulltext=archive.index_text(document),
        )
