"""Running a load with a progress bar; Ctrl-C ends it between two documents."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from fonds.archive.faults import FaultHook, no_fault
from fonds.cli.bar import Bar
from fonds.loading.again import load_again
from fonds.loading.load import load
from fonds.loading.reread import RereadSummary, reread
from fonds.loading.summary import LoadSummary
from fonds.plugins import installed
from fonds.settings import Settings
from fonds.sources.count import count_files


def run(
    paths: Sequence[Path],
    collection: str,
    home: Path,
    settings: Settings,
    *,
    workers: int = 1,
    quiet: bool = False,
) -> LoadSummary:
    """Load deliveries and show how it goes on a terminal."""
    with interruptible() as stop, _Bar(paths, collection, quiet=quiet) as bar:
        return load(
            paths,
            collection=collection,
            home=home,
            settings=settings,
            workers=workers,
            progress=bar,
            hook=fault_hook(),
            stop=stop,
        )


def run_again(
    cause: str,
    collection: str,
    home: Path,
    settings: Settings,
    *,
    workers: int = 1,
    quiet: bool = False,
) -> LoadSummary:
    """Load set-aside files again and show how it goes on a terminal."""
    with interruptible() as stop, _Bar((), f"again: {cause}", quiet=quiet) as bar:
        return load_again(
            cause,
            home=home,
            settings=settings,
            collection=collection,
            workers=workers,
            progress=bar,
            hook=fault_hook(),
            stop=stop,
        )


def run_reread(
    reader: str,
    collection: str,
    home: Path,
    settings: Settings,
    *,
    everything: bool,
    workers: int = 1,
    quiet: bool = False,
) -> RereadSummary:
    """Read documents again and show how it goes on a terminal."""
    with interruptible() as stop, _Bar((), "reading again", quiet=quiet) as bar:
        return reread(
            home=home,
            settings=settings,
            reader=reader,
            collection=collection,
            everything=everything,
            workers=workers,
            progress=bar,
            hook=fault_hook(),
            stop=stop,
        )


def fault_hook() -> FaultHook:
    """Return the installed fault injector, if there is one (entry point group `fonds.faults`)."""
    for point in installed("fonds.faults").values():
        hook: FaultHook = point.load()()
        return hook
    return no_fault


class _Stop:
    """Set by the first Ctrl-C; a second one ends the process as usual."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    def handle(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        sys.stderr.write("\nEnding after what is being written; press Ctrl-C again to drop it.\n")


@contextmanager
def interruptible() -> Iterator[_Stop]:
    """Let the first Ctrl-C ask for an end between two documents."""
    stop = _Stop()
    before = signal.signal(signal.SIGINT, stop.handle)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


class _Bar(Bar):
    """The bar of a load."""

    def __init__(self, paths: Sequence[Path], collection: str, *, quiet: bool) -> None:
        self._total = 0 if quiet else sum(count_files(path) for path in paths)
        super().__init__(collection, "files", total=self._total, quiet=quiet)

    def advance(self, done: int, found: int) -> None:
        """Show how far the load is."""
        self._total = max(self._total, found)
        self.show(found, self._total)
