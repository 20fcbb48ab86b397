"""Writes what a person decided into a pack of its own, so that it is as durable as a document."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from fonds.archive.catalogue import Catalogue
from fonds.archive.faults import FaultHook
from fonds.archive.ledger import DecisionEntry
from fonds.archive.pack import LEDGER, PackWriter, bag_info, new_name
from fonds.archive.rows import PackRows
from fonds.errors import HomeNotWritable

_GROUP = "decisions"


def decide(
    folder: Path,
    catalogue: Catalogue,
    hook: FaultHook,
    level: int,
    ids: tuple[str, str],
    *,
    linked: bool,
    why: str,
) -> None:
    """Keep the decision that two documents are, or are not, the same work.

    Raises HomeNotWritable; then nothing was decided.
    """
    first, second = sorted(ids)
    entry = DecisionEntry(first, second, linked, round(time.time(), 3), why)
    name = new_name(folder, catalogue.last_ord() + 1, _GROUP)
    try:
        size = _write(PackWriter(folder, name, level, hook), entry)
        hook("catalogue-commit", str(folder.parent))
        catalogue.add_pack(PackRows(name, size, ((entry, ()),)))
        hook("catalogue-committed", str(folder.parent))
    except OSError as error:
        raise HomeNotWritable(path=folder, reason=error.strerror or str(error)) from error


def _write(pack: PackWriter, entry: DecisionEntry) -> int:
    """Write the pack and return its size."""
    try:
        pack.add_bytes(LEDGER, msgspec.json.encode(entry) + b"\n")
        pack.close(bag_info(pack.name, _GROUP))
    except BaseException:
        pack.abort()
        raise
    return pack.size
