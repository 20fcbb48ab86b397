"""A virtual archive file: its length is known at once, any stretch of it is made when it is read.

In it: `manifest.json` (what was asked, and a statement of completeness), a folder per document in
the order of arrival, `.corpus` (the list in the order of the result), `log.txt` (what is not there,
and why), `manifest-sha512.txt` (`sha512sum -c` reads it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import numpy as np

from fonds.archive.archive import Archive
from fonds.archive.model import StoredFile
from fonds.archive.zip_format import Member
from fonds.corpora.choice import Choice, Members
from fonds.corpora.container import Container
from fonds.corpora.layout import Layout, lay_out
from fonds.corpora.lists import Made, lists
from fonds.corpora.pieces import Piece, length, part
from fonds.corpora.plan import Plan
from fonds.corpora.selection import read_selection
from fonds.corpora.tars import TarGzip
from fonds.corpora.withholding import Withholding
from fonds.corpora.zips import Zip, made_member, member_of

MOST_READ = 1024 * 1024  # bytes read from a pack at a time
_GATHERED = 64 * 1024  # bytes of small pieces sent together


class Segment(msgspec.Struct, frozen=True):
    """A stretch of the archive file."""

    size: int
    pieces: Callable[[int], Iterator[Piece]]  # from a place in the segment on


class Export:
    """The archive file of a plan. It reads the catalogue, not a byte of a document."""

    def __init__(self, archive: Archive, plan: Plan, withholding: Withholding) -> None:
        self._archive = archive
        self.key = plan.key
        ords = np.sort(plan.ords)
        turn = withholding.turn(ords, plan.snapshot.turn)
        snapshot = msgspec.structs.replace(plan.snapshot, turn=turn)
        self.plan = plan = msgspec.structs.replace(plan, snapshot=snapshot)
        self.container = container_of(plan.asked.archive_type)
        self._choice = Choice(
            archive,
            ords,
            read_selection(plan.asked.extract),
            withholding,
            plan.snapshot.turn,
        )
        self.layout: Layout = lay_out(self._choice, self.container)
        self._members = Members(archive, self.layout.files, plan.snapshot.turn)
        first, *self._last = lists(self._choice, self._members, plan, self.layout, self.key)
        self._first = first
        self._before = self.container.made_size(first.name, first.size)
        self.size = sum(segment.size for segment in self._parts())

    @property
    def etag(self) -> str:
        """Return a strong tag: the name of the plan says every byte."""
        return f'"{self.key}"'

    @property
    def made(self) -> tuple[Made, ...]:
        """Return the members that we make."""
        return (self._first, *self._last)

    def pieces(self, begin: int = 0, end: int | None = None) -> Iterator[Piece]:
        """Give the bytes from `begin` to `end`."""
        end = self.size if end is None else min(end, self.size)
        at = 0
        for segment in self._parts():
            skipped = max(0, begin - at)
            if skipped < segment.size and at < end:
                pieces = segment.pieces(skipped)
                whole = at + segment.size <= end
                yield from pieces if whole else part(pieces, 0, end - at - skipped)
            at += segment.size

    def chunks(self, begin: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Give the bytes from `begin` to `end` as they are sent."""
        held = bytearray()
        for piece in self.pieces(begin, end):
            if isinstance(piece, bytes):
                held += piece
            elif length(piece) < _GATHERED:
                held += self._archive.read_raw(piece.file, piece.begin, length(piece))
            else:
                if held:
                    yield bytes(held)
                    held.clear()
                for at in range(piece.begin, piece.end, MOST_READ):
                    count = min(MOST_READ, piece.end - at)
                    yield self._archive.read_raw(piece.file, at, count)
            if len(held) >= _GATHERED:
                yield bytes(held)
                held.clear()
        if held:
            yield bytes(held)

    def members(self) -> Iterator[tuple[str, StoredFile | Made]]:
        """Give every member by its path."""
        yield self._first.name, self._first
        for chosen in self._choice.packs():
            yield from self._members.of(chosen.files)
        for made in self._last:
            yield made.name, made

    def _parts(self) -> Iterator[Segment]:
        """Give the stretches; kept, they would hold the export in a circle, long after its use."""
        yield self._made(self._first)
        yield Segment(self.layout.size, self._documents)
        for made in self._last:
            yield self._made(made)
        start = (
            self._before
            + self.layout.size
            + sum(self.container.made_size(made.name, made.size) for made in self._last)
        )
        mine = self.made
        wide = self.container.is_wide(start)
        entries = self.layout.wide_entries if wide else self.layout.entries
        entries += sum(self.container.made_entry(made.name, made.size, wide=wide) for made in mine)
        size = self.container.ending_size(self.layout.files + len(mine), entries, start)

        def ending(skipped: int) -> Iterator[Piece]:
            return part(self.container.ending(self._directory(), start), skipped, size)

        yield Segment(size, ending)

    def _made(self, made: Made) -> Segment:
        size = self.container.made_size(made.name, made.size)

        def pieces(skipped: int) -> Iterator[Piece]:
            return part(self.container.made(made.name, made.size, made.chunks()), skipped, size)

        return Segment(size, pieces)

    def _documents(self, skipped: int) -> Iterator[Piece]:
        """Give the documents from the one on that holds a place."""
        starts = self.layout.starts
        at = int(np.searchsorted(starts, skipped, side="right")) - 1
        begin = skipped - int(starts[at])
        return part(self._from(int(self._choice.ords[at])), begin, self.layout.size)

    def _from(self, first: int) -> Iterator[Piece]:
        for chosen in self._choice.packs(first):
            for name, file in self._members.of(chosen.files):
                yield from self.container.member(name, file)

    def _directory(self) -> Iterator[Member]:
        made = self._first
        yield made_member(made.name, made.size, made.facts()[0], 0)
        at = self._before
        for chosen in self._choice.packs():
            sizes = self.container.member_sizes(chosen.files).tolist()
            found = self._members.of(chosen.files)
            for (name, file), size in zip(found, sizes, strict=True):
                yield member_of(name, file, at)
                at += size
        for made in self._last:
            yield made_member(made.name, made.size, made.facts()[0], at)
            at += self.container.made_size(made.name, made.size)


def container_of(archive_type: str) -> Container:
    """Return the kind of archive file of an `archiveType`: tar is TAR.GZ, all else is ZIP."""
    return TarGzip() if archive_type == "tar" else Zip()
