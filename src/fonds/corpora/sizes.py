"""How large an export will be, exactly, before a byte of it is read."""

from __future__ import annotations

import msgspec

from fonds.archive.archive import Archive
from fonds.corpora.export import Export
from fonds.corpora.layout import Tally
from fonds.corpora.plan import Plan, Snapshot
from fonds.corpora.withholding import Withholding


class Sizes(msgspec.Struct, frozen=True, rename="camel"):
    """What an export will hold."""

    total: int  # documents the query finds
    asked: int  # documents
    delivered: int  # documents of which there is at least one file
    files: int
    withheld: int  # files
    size: int  # bytes of the archive file
    bytes: int  # of its files when unpacked
    formats: tuple[Tally, ...]
    archive: str  # address of the archive file
    snapshot: Snapshot


def sizes_of(archive: Archive, plan: Plan, withholding: Withholding) -> Sizes:
    """Return the sizes of a plan."""
    export = Export(archive, plan, withholding)
    layout = export.layout
    return Sizes(
        total=plan.asked.total,
        asked=plan.asked.size,
        delivered=layout.delivered,
        files=layout.files,
        withheld=sum(layout.withheld),
        size=export.size,
        bytes=sum(tally.bytes for tally in layout.tallies),
        formats=layout.tallies,
        archive=f"/extract/{export.key}.{export.container.suffix}",
        snapshot=plan.snapshot,
    )
