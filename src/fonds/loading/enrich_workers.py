"""Runs the chain of enrichments in worker processes; results come back as MessagePack.

Workers read the archive and write nothing, so that a killed one loses only what it was working
on: those documents are done again one by one, each in a process of its own, and the one that
kills its process again is given up, and said so.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import forkserver
from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedEnrichment
from fonds.enrich.chain import Chain, run_all
from fonds.enrich.door import load_enrichments, modules_of
from fonds.errors import Finding
from fonds.settings import Settings

_CHUNK = 8  # documents a worker takes at a time
_AHEAD = 3  # chunks in flight per worker: bounds memory
# what is made of a document dies with it, in no circles; the lists of names would be gone through
# again and again (a tenth of the time)
_COLLECTED = (20_000, 20, 100)

Results = list[PreparedEnrichment]
_RESULTS = msgspec.msgpack.Decoder(Results)


class Task(msgspec.Struct, frozen=True):
    """What every worker of a run is told."""

    home: Path
    settings: Settings
    names: tuple[str, ...]
    failed: bool  # what failed before is due again


class Done(msgspec.Struct, frozen=True):
    """What became of some documents."""

    ords: tuple[int, ...]
    results: Results
    killed: int = 0  # processes that ended while they worked on these


class Workers:
    """Some worker processes. A context manager."""

    def __init__(self, task: Task, count: int) -> None:
        self._task = task
        self._count = max(1, count)
        self._executor = _executor(task, self._count)
        self._flying: deque[tuple[tuple[int, ...], Future[bytes]]] = deque()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def run(self, ords: Iterator[int]) -> Iterator[Done]:
        """Give what becomes of documents, in their order."""
        while True:
            self._submit(ords)
            if not self._flying:
                return
            chunk, future = self._flying[0]
            try:
                results = _RESULTS.decode(future.result())
            except BrokenProcessPool:
                yield from self._one_by_one()
            else:
                self._flying.popleft()
                yield Done(chunk, results)

    def _submit(self, ords: Iterator[int]) -> None:
        while len(self._flying) < self._count * _AHEAD and (chunk := tuple(islice(ords, _CHUNK))):
            self._flying.append((chunk, self._executor.submit(_run, chunk)))

    def _one_by_one(self) -> Iterator[Done]:
        again, self._flying = self._flying, deque()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = _executor(self._task, self._count)
        first = True
        for chunk, future in again:
            if future.done() and not future.cancelled() and future.exception() is None:
                yield Done(chunk, _RESULTS.decode(future.result()))
                continue
            for number in chunk:
                done = self._alone(number)
                yield msgspec.structs.replace(done, killed=done.killed + first)
                first = False

    def _alone(self, number: int) -> Done:
        with _executor(self._task, 1) as executor:
            try:
                return Done((number,), _RESULTS.decode(executor.submit(_run, (number,)).result()))
            except BrokenProcessPool:
                return self._given_up(number)

    def _given_up(self, number: int) -> Done:
        finding = Finding("enrichment-killed", "its process ended, with other documents and alone")
        task = self._task
        with Archive.open(task.home, task.settings) as archive:
            enrichments = load_enrichments(task.settings.enrich, task.names)
            made = Chain(archive, enrichments, task.settings.enrich).give_up(number, finding)
        return Done((number,), [made] if made is not None else [], killed=1)


def prepare(names: Sequence[str]) -> None:
    """Start the process that workers are forked from; it imports what they need, once for all."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["fonds.loading.enrich_workers", *modules_of(names)])
    forkserver.ensure_running()


def _executor(task: Task, count: int) -> ProcessPoolExecutor:
    prepare(task.names)
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(task,))


class _Held:
    """The chain of a worker process, made once per process."""

    chain: Chain | None = None
    failed = False


def _begin(task: Task) -> None:
    limit = task.settings.enrich.worker_memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(*_COLLECTED)
    os.environ["OMP_NUM_THREADS"] = "1"  # work is spread over processes; threads would wait
    archive = Archive.open(task.home, task.settings)
    enrichments = load_enrichments(task.settings.enrich, task.names)
    _Held.chain = Chain(archive, enrichments, task.settings.enrich)
    _Held.failed = task.failed


def _run(chunk: tuple[int, ...]) -> bytes:
    assert _Held.chain is not None
    return msgspec.msgpack.encode(run_all(_Held.chain, chunk, failed=_Held.failed))
