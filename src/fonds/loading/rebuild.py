"""Makes everything that can be deleted again: the catalogue and the index."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.rebuild import rebuild_catalogue
from fonds.loading.index import catch_up
from fonds.search.engines import open_engine
from fonds.settings import Settings

Progress = Callable[[int, int], None]  # done, all

_INDEX = "index"
_ASIDE = "index.old"


class RebuildSummary(msgspec.Struct, frozen=True):
    """The figures of a rebuild."""

    packs: int
    documents: int
    indexed: int
    seconds: float


def rebuild(home: Path, settings: Settings, progress: Progress | None = None) -> RebuildSummary:
    """Rebuild catalogue and index from the packs.

    Raises HomeBusy, HomeNotWritable, ArchiveDamaged. A server that runs goes on with the old
    index and catalogue until it is started again.
    """
    begin = time.monotonic()
    with Archive.locked(home):
        packs = rebuild_catalogue(home)
        shutil.rmtree(home / _ASIDE, ignore_errors=True)
        if (home / _INDEX).exists():
            (home / _INDEX).rename(home / _ASIDE)
        shutil.rmtree(home / _ASIDE, ignore_errors=True)
    with Archive.open(home, settings, writable=True) as archive:
        engine = open_engine(home, settings, writable=True)
        try:
            indexed = catch_up(archive, engine, progress)
        finally:
            engine.close()
        seconds = round(time.monotonic() - begin, 3)
        return RebuildSummary(packs, archive.count(), indexed, seconds)
