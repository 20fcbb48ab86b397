"""Prepares candidates on as many cores as the load may use, in the order of the delivery.

With N workers there are N - 1 child processes; this process, which also writes packs and feeds
the index, prepares a chunk itself whenever the next one in order is not ready yet. Results cross
the process boundary as MessagePack, which costs a tenth of pickling them.

A child that dies (killed, out of memory) costs the candidate that killed it: the chunks in flight
are prepared again candidate by candidate, each in a process of its own, and the one that dies
again is set aside.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice

import msgspec

from fonds.errors import Finding
from fonds.loading.prepare import PreparedCandidate, PrepareTools, prepare, set_aside
from fonds.plugins import installed
from fonds.renditions import door
from fonds.settings import Settings
from fonds.sources import detect
from fonds.sources.model import Candidate, Rejected

Item = Candidate | Rejected

_CHUNK = 6  # candidates a process takes at a time
_AHEAD = 6  # chunks in flight per child: bounds memory
_THREADS = 2
_IN_HAND = 6  # candidates the threads hold at a time
_LOCAL = 2  # chunks prepared here ahead of the one awaited

_RESULTS = msgspec.msgpack.Decoder(list[PreparedCandidate])


def prepared(
    items: Iterable[Item], collection: str, settings: Settings, workers: int
) -> Iterator[PreparedCandidate]:
    """Prepare every item; results come in the order of the items."""
    first, items = _first(iter(items))
    pdf = any(isinstance(item, Candidate) and item.pdf is not None for item in first)
    with PrepareTools(settings, pdf=pdf) as tools, _threads() as threads:
        if workers <= 1:
            yield from _threaded(items, collection, tools, threads)
            return
        with _Pool(collection, tools, threads, workers - 1) as pool:
            yield from pool.run(items)


def _first(items: Iterator[Item]) -> tuple[list[Item], Iterator[Item]]:
    """Look at the first chunk, and return all items again."""
    first = list(islice(items, _CHUNK))
    return first, chain(first, items)


def _threads() -> ThreadPoolExecutor:
    """Make the threads of a process: while one candidate is deflated or its PDF read, the next is.

    Parsing, deflating, hashing and waiting for the PDF reader leave the interpreter free.
    """
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="prepare")


def _threaded(
    items: Iterable[Item], collection: str, tools: PrepareTools, threads: Executor
) -> Iterator[PreparedCandidate]:
    """Prepare in this process alone."""
    waiting: deque[Future[PreparedCandidate]] = deque()
    for item in items:
        waiting.append(threads.submit(prepare, item, collection, tools))
        if len(waiting) >= _IN_HAND:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Chunk:
    """Some candidates on their way: with a child, or done here."""

    def __init__(self, items: list[Item], future: Future[bytes] | None) -> None:
        self.items = items
        self.future = future
        self.results: list[PreparedCandidate] = []

    @property
    def ready(self) -> bool:
        return self.future is None or self.future.done()


class _Pool:
    def __init__(
        self, collection: str, tools: PrepareTools, threads: Executor, children: int
    ) -> None:
        self._collection = collection
        self._tools = tools
        self._threads = threads
        self._children = children
        self._executor = _executor(children)
        self._waiting: deque[_Chunk] = deque()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)

    def run(self, items: Iterator[Item]) -> Iterator[PreparedCandidate]:
        """Give results in the order of the items."""
        while True:
            self._submit(items)
            if not self._waiting:
                return
            if not self._waiting[0].ready and self._prepare_here(items):
                continue
            try:
                yield from self._results(self._waiting[0])
            except BrokenProcessPool:
                yield from self._one_by_one()
            else:
                self._waiting.popleft()

    def _submit(self, items: Iterator[Item]) -> None:
        """Keep every child supplied."""
        flying = sum(not chunk.ready for chunk in self._waiting)
        while flying < self._children * _AHEAD and (chunk := list(islice(items, _CHUNK))):
            future = self._executor.submit(
                _prepare_chunk, chunk, self._collection, self._tools.settings
            )
            self._waiting.append(_Chunk(chunk, future))
            flying += 1

    def _prepare_here(self, items: Iterator[Item]) -> bool:
        """Prepare one more chunk in this process; False when enough lies ready."""
        ready = sum(chunk.future is None for chunk in self._waiting)
        if ready >= _LOCAL + self._children * _AHEAD:
            return False
        held = list(islice(items, _CHUNK))
        if not held:
            return self._take_back()
        chunk = _Chunk(held, None)
        chunk.results = self._prepare(held)
        self._waiting.append(chunk)
        return True

    def _take_back(self) -> bool:
        """At the end of the delivery, take over the last chunk that no child has begun."""
        for chunk in reversed(self._waiting):
            if chunk.future is not None and chunk.future.cancel():
                chunk.results, chunk.future = self._prepare(chunk.items), None
                return True
        return False

    def _prepare(self, items: list[Item]) -> list[PreparedCandidate]:
        return _all(items, self._collection, self._tools, self._threads)

    def _results(self, chunk: _Chunk) -> list[PreparedCandidate]:
        if chunk.future is None:
            return chunk.results
        return _RESULTS.decode(chunk.future.result())

    def _one_by_one(self) -> Iterator[PreparedCandidate]:
        """Prepare everything in flight again, each candidate in a process of its own."""
        again, self._waiting = self._waiting, deque()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = _executor(self._children)
        for chunk in again:
            if chunk.future is None:
                yield from chunk.results
            else:
                for item in chunk.items:
                    yield self._alone(item)

    def _alone(self, item: Item) -> PreparedCandidate:
        settings = self._tools.settings
        with _executor(1) as executor:
            try:
                answer = executor.submit(
                    _prepare_chunk, [item], self._collection, settings
                ).result()
                return _RESULTS.decode(answer)[0]
            except BrokenProcessPool:
                return self._given_up(item)

    def _given_up(self, item: Item) -> PreparedCandidate:
        finding = Finding("reader-failed", "its reader's process was killed")
        if isinstance(item, Rejected):
            return prepare(Rejected(item.file, finding), self._collection, self._tools)
        return set_aside(item, finding, self._collection, self._tools)


def _executor(children: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["fonds.loading.prepare", *_parts()])
    return ProcessPoolExecutor(children, mp_context=context)


def _parts() -> list[str]:
    """Name the modules of readers and renditions: imported once, before the children are forked."""
    groups = (installed(group) for group in (detect.GROUP, door.GROUP))
    return sorted({point.module for points in groups for point in points.values()})


def _all(
    items: list[Item], collection: str, tools: PrepareTools, threads: Executor
) -> list[PreparedCandidate]:
    return list(threads.map(lambda item: prepare(item, collection, tools), items))


class _Tools:
    """The tools of a child process, opened once per process."""

    held: tuple[PrepareTools, Executor] | None = None


def _prepare_chunk(chunk: list[Item], collection: str, settings: Settings) -> bytes:
    if _Tools.held is None:
        _Tools.held = PrepareTools(settings), _threads()
    return msgspec.msgpack.encode(_all(chunk, collection, *_Tools.held))
