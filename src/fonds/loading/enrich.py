"""Enriches the documents of an archive: what is missing, or older than the enrichment installed.

Workers read; this process writes what they made in batches, each a pack, made durable and then
searchable, in a thread beside the one that gives them work. The lock of the home is held only
while a batch is written, so that loads need not wait for a long run. Killed at any moment, the
next run goes on with what is still missing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np

from fonds.archive.archive import Archive
from fonds.archive.enriched import Ords
from fonds.archive.faults import FaultHook, no_fault
from fonds.archive.ledger import MethodEntry
from fonds.archive.prepared import PreparedEnrichment
from fonds.enrich.chain import method_of
from fonds.enrich.door import load_enrichments, names_of
from fonds.errors import HomeBusy
from fonds.loading.enrich_workers import Task, Workers, prepare
from fonds.loading.index import catch_up
from fonds.search.engines import open_engine
from fonds.settings import Settings

_DOCUMENTS = 300  # of one batch
_BYTES = 48 * 1024 * 1024
_SECONDS = 15.0  # until what is made is written, to become durable and searchable
_PAUSE = 0.2  # seconds between looks whether a load has ended

Stop = Callable[[], bool]


class EnrichProgress(Protocol):
    """What a person sees while a run goes on."""

    def advance(self, done: int, total: int) -> None:
        """Say how many of the documents that were due are done."""
        ...

    def wait(self) -> None:
        """Say that another process writes, and that this one waits."""
        ...


class EnrichSummary(msgspec.Struct, frozen=True):
    """What a run did, in figures; what `fonds enrich --json` prints."""

    enrichments: tuple[str, ...]
    due: int  # documents
    documents: int  # enriched
    made: dict[str, int]
    nothing: dict[str, int]
    failed: dict[str, int]
    failed_by_code: dict[str, int]
    killed: int  # worker processes that ended while they worked
    seconds: float
    documents_per_second: float
    interrupted: bool = False


def enrich(
    *,
    home: Path,
    settings: Settings,
    names: Sequence[str] = (),
    without: Sequence[str] = (),
    within: Ords | None = None,
    failed: bool = False,
    workers: int = 1,
    progress: EnrichProgress | None = None,
    hook: FaultHook = no_fault,
    stop: Stop = lambda: False,
) -> EnrichSummary:
    """Run enrichments over the documents in which they are due; `within` narrows them.

    `failed`: also where they failed before. Raises EnrichmentUnknown, HomeNotFound and
    HomeNotWritable; what was durable before stays.
    """
    begin = time.monotonic()
    settings = at_home(home, settings)
    prepare(names_of(names, without))  # it imports while this process does
    enrichments = load_enrichments(settings.enrich, names, without)
    methods = [method_of(one) for one in enrichments]
    with Archive.open(home, settings) as archive:
        due = archive.pending(methods, failed=failed)
    if within is not None:
        due = np.intersect1d(due, within)
    now = round(time.time(), 3)
    entries = [
        MethodEntry(one.name, one.version, method.parameters, one.provenance, now)
        for one, method in zip(enrichments, methods, strict=True)
    ]
    chosen = tuple(one.name for one in enrichments)
    with ThreadPoolExecutor(1, "enrichments") as beside:
        run = _Run(home, settings, entries, len(due), progress, hook, stop, beside)
        run.mend()
        if len(due):
            with Workers(Task(home, settings, chosen, failed), workers) as pool:
                for done in pool.run(_until(stop, due)):
                    run.take(done.results, len(done.ords), done.killed)
                run.write()
            run.settle()
    return run.summary(chosen, time.monotonic() - begin)


def at_home(home: Path, settings: Settings) -> Settings:
    """Return settings whose folder of models is that of the home."""
    folder = str(home.absolute() / settings.enrich.models)
    return msgspec.structs.replace(
        settings, enrich=msgspec.structs.replace(settings.enrich, models=folder)
    )


class _Run:
    """Writes what workers made, batch by batch."""

    def __init__(
        self,
        home: Path,
        settings: Settings,
        methods: Sequence[MethodEntry],
        due: int,
        progress: EnrichProgress | None,
        hook: FaultHook,
        stop: Stop,
        beside: ThreadPoolExecutor,
    ) -> None:
        self._home = home
        self._settings = settings
        self._methods = methods
        self._due = due
        self._progress = progress
        self._hook = hook
        self._stop = stop
        self._beside = beside
        self._writing: Future[None] | None = None
        self._waiting: list[PreparedEnrichment] = []
        self._bytes = 0
        self._since = time.monotonic()
        self._passed = self._documents = self._killed = 0
        self._counts: dict[str, Counter[str]] = {}
        self._codes: Counter[str] = Counter()

    def take(self, results: Sequence[PreparedEnrichment], passed: int, killed: int) -> None:
        """Take what was made of some documents; a full batch is written."""
        self._waiting += results
        self._bytes += sum(len(file.data or b"") for one in results for file in one.files)
        self._passed += passed
        self._killed += killed
        late = time.monotonic() - self._since > _SECONDS
        if late or len(self._waiting) >= _DOCUMENTS or self._bytes >= _BYTES:
            self.write()
        if self._progress is not None:
            self._progress.advance(self._passed, self._due)

    def write(self) -> None:
        """Begin to make what waits durable, then searchable; one batch is written at a time."""
        self.settle()
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        if waiting:
            self._writing = self._beside.submit(self._write, waiting)
        self._since = time.monotonic()

    def settle(self) -> None:
        """Wait for the batch that is being written; raises what it raised."""
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.result()

    def mend(self) -> None:
        """Bring the index to where the archive is, if a kill came between the two."""
        engine = open_engine(self._home, self._settings, writable=False)
        try:
            with Archive.open(self._home, self._settings) as archive:
                behind = engine.turn() != archive.turn()
        finally:
            engine.close()
        if behind:
            with self._opened() as archive:
                self._index(archive)

    def summary(self, names: tuple[str, ...], seconds: float) -> EnrichSummary:
        """Return the figures."""

        def of(status: str) -> dict[str, int]:
            counts = self._counts.get(status, Counter())
            return {name: counts[name] for name in names if counts[name]}

        return EnrichSummary(
            enrichments=names,
            due=self._due,
            documents=self._documents,
            made=of("made"),
            nothing=of("nothing"),
            failed=of("failed"),
            failed_by_code=dict(self._codes.most_common()),
            killed=self._killed,
            seconds=round(seconds, 3),
            documents_per_second=round(self._documents / seconds, 2) if seconds else 0.0,
            interrupted=self._passed < self._due,
        )

    def _write(self, waiting: Sequence[PreparedEnrichment]) -> None:
        with self._opened() as archive:
            with archive.enrichment_batch(self._methods) as batch:
                for made in waiting:
                    if batch.add(made):
                        self._count(made)
                batch.commit()
            self._index(archive)

    def _index(self, archive: Archive) -> None:
        engine = open_engine(self._home, self._settings, writable=True)
        try:
            self._hook("index-commit", "index")
            catch_up(archive, engine)
            self._hook("index-committed", "index")
        finally:
            engine.close()

    def _opened(self) -> Archive:
        """Open the archive for a moment; while another process writes, wait."""
        while True:
            try:
                return Archive.open(
                    self._home, self._settings, writable=True, brief=True, hook=self._hook
                )
            except HomeBusy:
                if self._stop():
                    raise
                if self._progress is not None:
                    self._progress.wait()
                time.sleep(_PAUSE)

    def _count(self, made: PreparedEnrichment) -> None:
        self._documents += 1
        for note in made.notes:
            self._counts.setdefault(note.status, Counter())[note.name] += 1
            if note.finding is not None:
                self._codes[note.finding.code] += 1


def _until(stop: Stop, ords: Ords) -> Iterator[int]:
    for number in ords.tolist():
        if stop():
            return
        yield number
