"""Loads deliveries: from files to durable, searchable documents.

Candidates are prepared (in this process, or by workers), written into a pack in the order of the
delivery, made durable batch by batch, then indexed. Whatever the number of workers, the same
delivery gives the same documents in the same order.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from fonds.archive.archive import SPOOL, Archive
from fonds.archive.batch import Batch
from fonds.archive.faults import FaultHook, no_fault
from fonds.loading.index import catch_up
from fonds.loading.indexer import Indexer
from fonds.loading.prepare import PreparedCandidate
from fonds.loading.summary import LoadSummary, Tally
from fonds.loading.workers import prepared
from fonds.search.engines import open_engine
from fonds.settings import Settings
from fonds.sources.delivery import Delivery, open_delivery
from fonds.sources.model import Candidate, Rejected


class Progress(Protocol):
    """What a person sees while a load runs."""

    def advance(self, done: int, found: int) -> None:
        """Say how many candidates were worked on and how many files were found so far."""
        ...


class Stop(Protocol):
    """Asked between candidates whether to stop early (Ctrl-C); what is done is kept."""

    def __call__(self) -> bool: ...


def load(
    paths: Sequence[Path],
    *,
    collection: str,
    home: Path,
    settings: Settings,
    workers: int = 1,
    progress: Progress | None = None,
    hook: FaultHook = no_fault,
    stop: Stop = lambda: False,
) -> LoadSummary:
    """Load deliveries into a collection; `workers` is how many cores the load may use.

    Raises DeliveryNotFound, HomeBusy, HomeNotWritable; what was durable before stays.
    """
    begin = time.monotonic()
    deliveries = [
        open_delivery(path, settings.limits, home / SPOOL / f"{number:03}")
        for number, path in enumerate(paths)
    ]
    tally, files, stopped = Tally(), 0, False
    with Archive.open(home, settings, writable=True, hook=hook) as archive:
        engine = open_engine(home, settings, writable=True, threads=1)
        try:
            catch_up(archive, engine)
            with _Loader(archive, Indexer(engine, hook), collection, tally, progress) as loader:
                for delivery in deliveries:
                    if stopped:
                        break
                    with delivery:
                        stopped = loader.run(delivery, settings, workers, stop)
                        files += delivery.files_found
        finally:
            engine.close()
        shutil.rmtree(home / SPOOL, ignore_errors=True)
    seconds = time.monotonic() - begin
    return tally.summary(collection, files=files, seconds=seconds, interrupted=stopped)


class _Loader:
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

    def __enter__(self) -> _Loader:
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
            self._add(result)
            self._done += 1
            if self._progress is not None:
                self._progress.advance(self._done, delivery.files_found)
        self.commit()  # what a delivery unpacked is gone after it
        return stop()

    def commit(self) -> None:
        """Make what was added durable, then searchable."""
        if self._batch is None:
            return
        self._tally.add(self._batch.commit())
        self._batch = None
        self._indexer.commit(self._archive.last_ord())

    def _add(self, result: PreparedCandidate) -> None:
        if self._batch is None:
            self._batch = self._archive.batch(self._collection)
        for made in result.documents:
            outcome = self._batch.add(made.document)
            if outcome.ord:
                record = self._batch.last_record
                self._indexer.add(outcome.ord, outcome.id, record, made.index_text)
        for reject in result.rejects:
            self._batch.set_aside(reject)
        if self._batch.full:
            self.commit()


def _until(stop: Stop, delivery: Delivery) -> Iterator[Candidate | Rejected]:
    for item in delivery:
        if stop():
            return
        yield item
