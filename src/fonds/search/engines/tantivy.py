"""The engine inside the process: tantivy behind the `Engine` protocol.

One directory, one writer at a time (tantivy's own lock), any number of readers in any number of
processes. A search works on a snapshot; whether a newer commit exists is seen by a look at
`meta.json` before each search.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import tantivy

from fonds.errors import HomeBusy, HomeNotWritable, IndexOutdated, SearchTooBroad
from fonds.search.citations.asking import Citations
from fonds.search.engine import (
    Facet,
    Hit,
    IndexDocument,
    Ords,
    Scores,
    SearchRequest,
    SearchResult,
)
from fonds.search.engines import tantivy_memory
from fonds.search.engines.tantivy_documents import make
from fonds.search.engines.tantivy_order import Question
from fonds.search.engines.tantivy_schema import (
    ID,
    build_schema,
    columns,
    register_analysers,
)
from fonds.search.engines.tantivy_snapshot import Snapshot
from fonds.search.facets import Answer
from fonds.search.query.tree import Node
from fonds.settings import SearchSettings

_MOST_FROM = 2**31  # beyond it the engine would allocate without bound
_LEAST_HEAP = 15_000_000  # bytes per thread, tantivy's own minimum


class TantivyEngine:
    """One index in one directory."""

    def __init__(
        self,
        directory: Path,
        settings: SearchSettings,
        citations: Citations,
        *,
        writable: bool,
        threads: int = 1,
    ) -> None:
        self._citations = citations
        self._directory = directory
        self._settings = settings
        self._threads = max(1, threads)
        self._writable = writable
        self._schema = build_schema()
        self._writing = threading.Lock()
        self._opening = threading.Lock()
        self._writer: tantivy.IndexWriter | None = None
        self._uncommitted = False
        self._index: tantivy.Index | None = None
        self._snapshot: Snapshot | None = None
        self._beside = ThreadPoolExecutor(thread_name_prefix="facets")
        if writable:
            self._open()

    def add(self, documents: Sequence[IndexDocument]) -> None:
        """Add documents, replacing those of the same id. Visible after `commit`."""
        with self._writing:
            writer = self._open_writer()
            self._uncommitted = True
            for document in documents:
                writer.delete_documents_by_term(ID, document.id)
                writer.add_document(make(document))

    def delete(self, ids: Sequence[str]) -> None:
        """Remove the documents of these ids. Visible after `commit`."""
        with self._writing:
            writer = self._open_writer()
            self._uncommitted = True
            for identifier in ids:
                writer.delete_documents_by_term(ID, identifier)

    def commit(self, last_ord: int, turn: int | None = None) -> None:
        """Make everything added durable and visible, and remember `last_ord` and `turn`."""
        with self._writing:
            writer = self._open_writer()
            # an empty commit would repeat the stamp of the one before; this one never does
            writer.delete_documents_by_term(ID, "")
            try:
                tantivy_memory.announce(self._directory, last_ord, turn)
                writer.commit()
                self._uncommitted = False
            except (OSError, ValueError) as error:
                raise HomeNotWritable(path=self._directory, reason=error) from error

    def last_ord(self) -> int:
        """Return what the last durable commit remembered; 0 for a new index."""
        return tantivy_memory.remembered(self._directory).last_ord

    def turn(self) -> int:
        """Return the batch of enrichments that the last durable commit remembered."""
        return tantivy_memory.remembered(self._directory).turn

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer a checked question; its limits are clamped here once more."""
        snapshot = self._current()
        if snapshot is None:
            return SearchResult(0, (), {})
        question = snapshot.translator.question(self._citations.resolved(request.query))
        size = min(max(request.size, 0), max(self._settings.page_size, 1))
        offset = min(max(request.offset, 0), _MOST_FROM)
        with _given_up():
            counting = self._counted(snapshot, question, request.facets)
            total, rows = snapshot.ordering.page(question, request.sort, request.rank, offset, size)
            facets = counting()
        hits = tuple(Hit(row.ord, row.score, snapshot.store.source(row.address)) for row in rows)
        return SearchResult(total, hits, facets)

    def _counted(
        self, snapshot: Snapshot, question: Question, facets: Sequence[Facet]
    ) -> Callable[[], dict[str, Answer]]:
        """Begin to count facets on another core; what is returned waits for them."""
        if not facets:
            return dict
        return self._beside.submit(snapshot.aggregate, question, facets).result

    def matches(self, request: SearchRequest) -> tuple[Ords, Scores]:
        """Return every match in the order asked for (offset and size are ignored)."""
        snapshot = self._current()
        if snapshot is None:
            return np.empty(0, np.uint32), np.empty(0, np.float32)
        question = snapshot.translator.question(self._citations.resolved(request.query))
        with _given_up():
            return snapshot.ordering.matches(question, request.sort, request.rank)

    def words(self, field: str | None, pattern: str, limit: int) -> tuple[str, ...]:
        """Return the first words of a field that match a pattern."""
        snapshot = self._current()
        return snapshot.leaves.words(field, pattern, limit) if snapshot is not None else ()

    def similar(self, field: str | None, word: str, limit: int) -> tuple[str, ...]:
        """Return the words of a field that are written almost like this one."""
        snapshot = self._current()
        return snapshot.leaves.similar(field, word, limit) if snapshot is not None else ()

    def frequencies(self, field: str, words: Sequence[str]) -> tuple[int, ...]:
        """Return in how many documents each word of a field stands."""
        snapshot = self._current()
        if snapshot is None:
            return (0,) * len(words)
        (column,) = columns(field)
        return tuple(snapshot.frequency(column.name, word) for word in words)

    def direct(self, tree: Node | None, size: int = 10) -> Callable[[], int]:
        """Return the library's own search for a tree translated beforehand.

        What no search through Fonds can be faster than; the benchmark measures against it.
        """
        snapshot = self._current()
        if snapshot is None:
            return lambda: 0
        query = snapshot.translator.question(tree).query
        searcher = snapshot.searcher

        def search() -> int:
            hits = searcher.search(query, size).hits
            return sum(len(snapshot.store.source(address)) for _, address in hits)

        return search

    def count(self) -> int:
        """Return how many documents there are."""
        snapshot = self._current()
        return 0 if snapshot is None else snapshot.searcher.num_docs

    def close(self) -> None:
        """Give the writer's lock and memory back; what was not committed is forgotten.

        Segments are merged beside the writing; what was begun is ended first, since every segment
        costs every search. A kill or an interrupt meanwhile leaves them as they are.
        """
        with self._writing:
            writer, self._writer = self._writer, None
            if writer is not None:
                if self._uncommitted:
                    writer.rollback()  # gives up merges, too
                _end_merges(writer)
            self._snapshot = None
            self._index = None
            self._citations.close()

    def _current(self) -> Snapshot | None:
        """Return the newest snapshot; None while there is no index yet."""
        signature = _signature(self._directory)
        snapshot = self._snapshot
        if snapshot is not None and snapshot.signature == signature:
            return snapshot
        if signature is None:
            return None
        with self._opening:
            index = self._open()
            index.reload()
            self._snapshot = Snapshot(index, signature, self._settings)
            return self._snapshot

    def _open(self) -> tantivy.Index:
        if self._index is None:
            try:
                self._index = self._create() if self._writable else self._attach()
            except OSError as error:
                raise HomeNotWritable(path=self._directory, reason=error.strerror) from error
            except ValueError as error:
                if "Lockfile" not in str(error):  # who reads takes a lock, too
                    raise
                reason = "the engine can make no lock there"
                raise HomeNotWritable(path=self._directory, reason=reason) from error
            self._index.config_reader("manual")
            register_analysers(self._index)
        return self._index

    def _create(self) -> tantivy.Index:
        self._directory.mkdir(parents=True, exist_ok=True)
        try:
            return tantivy.Index(self._schema, str(self._directory), reuse=True)
        except ValueError as error:  # tantivy compares the schemas
            raise IndexOutdated(path=self._directory) from error

    def _attach(self) -> tantivy.Index:
        index = tantivy.Index.open(str(self._directory))
        if index.schema != self._schema:
            raise IndexOutdated(path=self._directory)
        return index

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            heap = self._threads * max(self._settings.writer_heap_bytes, _LEAST_HEAP)
            try:
                self._writer = self._open().writer(heap, self._threads)
            except ValueError as error:
                if "lock" not in str(error).lower():
                    raise
                raise HomeBusy(home=self._directory.parent) from error
        return self._writer


def _end_merges(writer: tantivy.IndexWriter) -> None:
    """Wait for merges, in a thread so that an interrupt is heard meanwhile."""
    waiting = threading.Thread(target=writer.wait_merging_threads, name="merges", daemon=True)
    waiting.start()
    waiting.join()


@contextmanager
def _given_up() -> Iterator[None]:
    """Say it in our words when the engine finds, while searching, that a phrase is too broad."""
    try:
        yield
    except ValueError as error:
        if "max expansions" not in str(error):
            raise
        raise SearchTooBroad(expression="A phrase with patterns", reason=str(error)) from error


def _signature(directory: Path) -> tuple[int, int] | None:
    """Return what changes with every commit: inode and time of meta.json."""
    try:
        status = (directory / "meta.json").stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns
