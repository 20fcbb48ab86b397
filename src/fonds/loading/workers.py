"""Prepares candidates, in this process or in several, always in the order of the delivery.

A worker that dies (killed, out of memory) costs the candidate that killed it: those in flight are
prepared again one by one, each in a fresh process, and the one that dies again is set aside.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from fonds.errors import Finding
from fonds.loading.prepare import PreparedCandidate, PrepareTools, prepare
from fonds.settings import Settings
from fonds.sources.model import Candidate, DeliveredFile, Rejected

Item = Candidate | Rejected

_CHUNK = 8  # candidates a worker takes at a time
_AHEAD = 3  # chunks in flight per worker: bounds memory


def prepared(
    items: Iterable[Item], collection: str, settings: Settings, workers: int
) -> Iterator[PreparedCandidate]:
    """Prepare every item; results come in the order of the items."""
    if workers <= 1:
        with PrepareTools(settings) as tools:
            for item in items:
                yield prepare(item, collection, tools)
        return
    yield from _Pool(collection, settings, workers).run(iter(items))


class _Pool:
    def __init__(self, collection: str, settings: Settings, workers: int) -> None:
        self._collection = collection
        self._settings = settings
        # the parent writes packs and indexes, which is about one core's work of its own
        self._workers = max(1, workers)
        self._executor = self._fresh(self._workers)

    def run(self, items: Iterator[Item]) -> Iterator[PreparedCandidate]:
        waiting: deque[tuple[list[Item], Future[list[PreparedCandidate]]]] = deque()
        try:
            while True:
                while len(waiting) < self._workers * _AHEAD and (
                    chunk := list(islice(items, _CHUNK))
                ):
                    waiting.append((chunk, self._submit(chunk)))
                if not waiting:
                    return
                chunk, future = waiting.popleft()
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    again = [chunk, *(held for held, _ in waiting)]
                    waiting.clear()
                    self._executor = self._fresh(self._workers)
                    for held in again:
                        for item in held:
                            yield self._alone(item)
        finally:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, chunk: list[Item]) -> Future[list[PreparedCandidate]]:
        return self._executor.submit(_prepare_chunk, chunk, self._collection, self._settings)

    def _alone(self, item: Item) -> PreparedCandidate:
        """Prepare one candidate in a process of its own."""
        with self._fresh(1) as executor:
            try:
                return executor.submit(
                    _prepare_chunk, [item], self._collection, self._settings
                ).result()[0]
            except BrokenProcessPool:
                return self._given_up(item)

    def _given_up(self, item: Item) -> PreparedCandidate:
        files = [item.file] if isinstance(item, Rejected) else _files(item)
        finding = Finding("reader-failed", "its reader's process was killed")
        with PrepareTools(self._settings) as tools:
            results = [prepare(Rejected(f, finding), self._collection, tools) for f in files]
        return PreparedCandidate(rejects=tuple(r for result in results for r in result.rejects))

    @staticmethod
    def _fresh(workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["fonds.loading.prepare"])
        return ProcessPoolExecutor(workers, mp_context=context)


def _files(item: Candidate) -> list[DeliveredFile]:
    found = [file for file in (item.xml, item.pdf) if file is not None]
    return found + [attachment.file for attachment in item.attachments]


class _Tools:
    """The tools of a worker process, opened once per process."""

    held: PrepareTools | None = None


def _prepare_chunk(
    chunk: list[Item], collection: str, settings: Settings
) -> list[PreparedCandidate]:
    if _Tools.held is None:
        _Tools.held = PrepareTools(settings)
    return [prepare(item, collection, _Tools.held) for item in chunk]
