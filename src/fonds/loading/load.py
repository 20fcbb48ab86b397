"""Loads deliveries: from files to durable, searchable documents.

Candidates are prepared (in this process, or by workers), written into a pack in the order of the
delivery, made durable batch by batch, then indexed. Whatever the number of workers, the same
delivery gives the same documents in the same order.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from fonds.archive.archive import SPOOL
from fonds.archive.faults import FaultHook, no_fault
from fonds.loading.loader import Loader, Progress, Stop, opened_for_writing
from fonds.loading.summary import LoadSummary, Tally
from fonds.settings import Settings
from fonds.sources.delivery import open_deliveries


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
    deliveries = open_deliveries(paths, settings.limits, home / SPOOL)
    tally, files, stopped = Tally(), 0, False
    with (
        opened_for_writing(home, settings, hook, workers) as (archive, indexer),
        Loader(archive, indexer, collection, tally, progress) as loader,
    ):
        for delivery in deliveries:
            if stopped:
                break
            with delivery:
                stopped = loader.run(delivery, settings, workers, stop)
                files += delivery.files_found
    seconds = time.monotonic() - begin
    return tally.summary(collection, files=files, seconds=seconds, interrupted=stopped)
