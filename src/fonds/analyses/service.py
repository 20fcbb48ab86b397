"""Analyses for a server: made in one process beside it, answers kept while they are true.

The process reads the home and writes nothing but `digests.sqlite`. It ends when it takes too long
or too much memory; the next question begins another.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import threading
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as Timeout
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from fonds.access.gate import Gate
from fonds.analyses.corpus import Archived
from fonds.analyses.digests import Digests
from fonds.analyses.errors import AnalysisFailed, AnalysisTooLong
from fonds.analyses.job import Job, run
from fonds.analyses.model import Answer
from fonds.archive.archive import Archive
from fonds.errors import FondsError
from fonds.search.engines import open_engine
from fonds.settings import Settings


class AnalysisService:
    """The analyses of one home; safe from many threads, one analysis at a time."""

    def __init__(self, home: Path, settings: Settings) -> None:
        self._home = home
        self._settings = settings
        self._lock = threading.Lock()
        self._executor: ProcessPoolExecutor | None = None
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def answer(self, job: Job) -> Answer:
        """Return what an analysis finds; raises its errors, AnalysisTooLong, AnalysisFailed."""
        key, seconds = job.key, self._settings.analyses.seconds
        if not self._lock.acquire(timeout=seconds):  # others wait for theirs
            raise AnalysisTooLong(name=job.analysis, seconds=f"{seconds:g}")
        try:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            made = self._made(job)
            self._kept[key] = made
            if len(self._kept) > self._settings.analyses.kept:
                self._kept.popitem(last=False)
            return made
        finally:
            self._lock.release()

    def holds(self, job: Job) -> bool:
        """Tell whether an answer is there without being made."""
        return job.key in self._kept

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _made(self, job: Job) -> Answer:
        if self._executor is None:
            self._executor = _executor(self._home, self._settings)
        seconds = self._settings.analyses.seconds
        try:
            return self._executor.submit(_run, job).result(seconds)
        except Timeout as error:
            self._end()
            raise AnalysisTooLong(name=job.analysis, seconds=f"{seconds:g}") from error
        except BrokenProcessPool as error:
            self._end()
            reason = "its process ended, perhaps for want of memory"
            raise AnalysisFailed(name=job.analysis, reason=reason) from error
        except FondsError:
            raise
        except MemoryError as error:
            self._end()
            reason = "it needs more memory than analyses.memory_bytes"
            raise AnalysisFailed(name=job.analysis, reason=reason) from error
        except Exception as error:  # a plug-in's bug is its own
            reason = f"{type(error).__name__}: {error}"[:300]
            raise AnalysisFailed(name=job.analysis, reason=reason) from error

    def _end(self) -> None:
        executor, self._executor = self._executor, None
        if executor is not None:
            for process in list((executor._processes or {}).values()):
                process.kill()
            executor.shutdown(wait=True, cancel_futures=True)


def _executor(home: Path, settings: Settings) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["fonds.analyses.service"])
    return ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(home, settings))


class _Held:
    """What the process has open."""

    archived: Archived | None = None
    digests: Digests | None = None
    most = 0


def _begin(home: Path, settings: Settings) -> None:
    limit = settings.analyses.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    _Held.archived, _Held.digests = opened(home, settings)
    _Held.most = settings.analyses.documents


def _run(job: Job) -> Answer:
    assert _Held.archived is not None
    assert _Held.digests is not None
    return run(job, _Held.archived, _Held.digests, _Held.most)


def opened(home: Path, settings: Settings) -> tuple[Archived, Digests]:
    """Open what analyses read; raises HomeNotFound."""
    archive = Archive.open(home, settings)
    engine = open_engine(home, settings, writable=False)
    return Archived(archive, engine, Gate(home), settings), Digests(home, archive)
