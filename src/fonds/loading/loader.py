"""Writes what was prepared into batches, and feeds the index behind them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Protocol

from fonds.archive.archive import SPOOL, Archive
from fonds.archive.batch import Batch
from fonds.archive.faults import FaultHook
from fonds.archive.model import Outcome
from fonds.loading.completion import Completer
from fonds.loading.index import catch_up
from fonds.loading.indexer import Indexer
from fonds.loading.prepare import PreparedCandidate
from fonds.loading.summary import Tally
from fonds.loading.workers import prepared
from fonds.search.engines import open_engine
from fonds.settings import Settings
from fonds.sources.delivery import Delivery
from fonds.sources.model import Candidate, Rejected


class Progress(Protocol):
    """What a person sees while a load runs."""

    def advance(self, done: int, found: int) -> None:
        """Say how many candidates were worked on and how many files were found so far."""
        ...


class Stop(Protocol):
    """Asked between candidates whether to stop early (Ctrl-C); what is done is kept."""

    def __call__(self) -> bool: ...


@contextmanager
def opened_for_writing(
    home: Path, settings: Settings, hook: FaultHook, workers: int
) -> Iterator[tuple[Archive, Indexer]]:
    """Open archive and index for a load; what unpacking left is removed at the end.

    Raises HomeBusy and HomeNotWritable.
    """
    with Archive.open(home, settings, writable=True, hook=hook) as archive:
        # one thread of the index keeps up with two processes that prepare
        engine = open_engine(home, settings, writable=True, threads=max(1, workers // 2))
        try:
            catch_up(archive, engine)
            yield archive, Indexer(engine, hook)
        finally:
            engine.close()
        shutil.rmtree(home / SPOOL, ignore_errors=True)


class Loader:
    """Writes prepared candidates into batches."""

    def __init__(
        self,
        archive: Archive,
        indexer: Indexer,
        collection: str,
        tally: Tally,
        progress: Progress | None,
    ) -> None:
        self._archive = archive
        self._indexer = indexer
        self._collection = collection
        self._tally = tally
        self._progress = progress
        self._batch: Batch | None = None
        self._done = 0
        self._completer: Completer | None = None
        self._shared: list[str] = []  # ids of documents that another one is, too

    def __enter__(self) -> Loader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Forget what was not committed."""
        if self._batch is not None:
            self._batch.abort()

    def run(self, delivery: Delivery, settings: Settings, workers: int, stop: Stop) -> bool:
        """Load one delivery; return whether it was stopped before its end."""
        items = _until(stop, delivery)
        for result in prepared(items, self._collection, settings, workers):
            self.add(result)
            self.advance(delivery.files_found)
        for file in delivery.opened:
            self.batch.mend(*file)
        self.commit()  # what a delivery unpacked is gone after it
        self.complete()
        return stop()

    def complete(self) -> None:
        """Complete documents from records, where one of the two was just loaded."""
        ids, self._shared = self._shared, []
        if ids:
            self._tally.add_completed(self.completer.complete(ids))

    @property
    def completer(self) -> Completer:
        """Return what completes documents from records; made when first needed."""
        if self._completer is None:
            self._completer = Completer(self._archive, self._indexer)
        return self._completer

    def commit(self) -> None:
        """Make what was added durable, then searchable."""
        if self._batch is None:
            return
        self._tally.add(self._batch.commit())
        self._batch = None
        self._indexer.commit(self._archive.last_ord())

    @property
    def batch(self) -> Batch:
        """Return the open batch; one is begun when none is."""
        if self._batch is None:
            self._batch = self._archive.batch(self._collection)
        return self._batch

    def add(self, result: PreparedCandidate) -> None:
        """Add what became of one candidate."""
        for made in result.documents:
            self.index(self.batch.add(made.document), made.index_text)
        for reject in result.rejects:
            self.batch.set_aside(reject)
        self.commit_if_full()

    def index(self, outcome: Outcome, text: str) -> None:
        """Hand the document that was added last to the index, if it is new."""
        if outcome.duplicate:
            self._shared.append(outcome.id)
        if outcome.ord:
            self._indexer.add(outcome.ord, outcome.id, self.batch.last_record, text)

    def commit_if_full(self) -> None:
        """Commit when the batch has reached its size."""
        if self.batch.full:
            self.commit()

    def advance(self, found: int) -> None:
        """Say that one more candidate was worked on."""
        self._done += 1
        if self._progress is not None:
            self._progress.advance(self._done, found)


def _until(stop: Stop, delivery: Delivery) -> Iterator[Candidate | Rejected]:
    for item in delivery:
        if stop():
            return
        yield item
