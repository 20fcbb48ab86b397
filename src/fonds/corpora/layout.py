"""Where each document lies in an export and how long the whole is, before a byte is read."""

from __future__ import annotations

import msgspec
import numpy as np

from fonds.archive.extents import Kind
from fonds.corpora.choice import Choice, Chosen
from fonds.corpora.container import Container, Sizes
from fonds.search.engine import Ords

ID = 40  # characters
DIGEST = 128  # characters of a SHA-512


class Tally(msgspec.Struct, frozen=True, rename="camel"):
    """What an export holds of one type and format."""

    type: str
    format: str
    documents: int  # that have it, and get it
    files: int
    bytes: int  # as they will lie on the reader's disk
    absent: int = 0  # documents that do not have it, where it was asked for by name
    withheld: int = 0  # files


class Layout(msgspec.Struct, frozen=True):
    """The documents of an export one behind another; sizes in bytes."""

    starts: Sizes  # of each document, and the end of the last
    delivered: int  # documents of which there is at least one file
    files: int
    entries: int  # bytes of the directory
    wide_entries: int  # the same with wide entries
    names: int  # of all paths together
    arks: int  # of all ARKs together
    versions: int  # digits of all version numbers together
    log: int  # of the lines about what is not there
    withheld: tuple[int, ...]  # files, by reason
    tallies: tuple[Tally, ...]

    @property
    def size(self) -> int:
        """Return the length of all documents."""
        return int(self.starts[-1])


def lay_out(choice: Choice, container: Container) -> Layout:
    """Compute the layout of an export."""
    adder = _Adder(choice, container)
    for chosen in choice.packs():
        adder.add(chosen)
    return adder.layout()


class _Adder:
    def __init__(self, choice: Choice, container: Container) -> None:
        self._choice = choice
        self._container = container
        self._sizes = np.zeros(len(choice.ords), np.int64)
        self._reasons = np.zeros(len(choice.withholding.reasons) + 1, np.int64)
        self._tallies: dict[Kind, list[int]] = {kind: [0] * 5 for kind in choice.selection.named()}
        self._files = self._entries = self._wide = self._names = self._log = 0
        self._arks = self._versions = self._delivered = 0

    def add(self, chosen: Chosen) -> None:
        files = chosen.files
        if len(files):
            begins = np.flatnonzero(np.diff(files.ord, prepend=0))
            sizes = np.add.reduceat(self._container.member_sizes(files), begins)
            self._sizes[self._places(files.ord[begins])] = sizes
            self._delivered += len(begins)
        self._files += len(files)
        self._entries += int(self._container.entry_sizes(files, wide=False).sum())
        self._wide += int(self._container.entry_sizes(files, wide=True).sum())
        self._names += int(files.name.sum())
        self._arks += int(chosen.documents.ark.sum())
        self._versions += _digits(chosen.documents.version)
        self._tally(chosen)
        self._log += self._log_size(chosen)

    def _places(self, ords: Ords) -> slice | Sizes:
        """Return where some documents stand among all; mostly one behind another."""
        every = self._choice.ords
        first, last = np.searchsorted(every, ords[[0, -1]]).tolist()
        if last - first + 1 == len(ords):
            return slice(first, last + 1)
        places: Sizes = np.searchsorted(every, ords)
        return places

    def _tally(self, chosen: Chosen) -> None:
        files, kinds = chosen.files, chosen.extents.kinds
        counts = np.bincount(files.kind, minlength=len(kinds)).tolist()
        withheld = np.bincount(chosen.withheld.kind, minlength=len(kinds)).tolist()
        for number, (count, kept) in enumerate(zip(counts, withheld, strict=True)):
            if count or kept:
                here = slice(None) if count == len(files) else files.kind == number
                tally = self._tallies.setdefault(kinds[number], [0] * 5)
                tally[0] += _different(files.ord[here])
                tally[1] += count
                tally[2] += int(files.size[here].sum())
                tally[4] += kept
        for kind, missing in chosen.absent:
            self._tallies[kind][3] += len(missing)
        self._reasons += np.bincount(chosen.reasons, minlength=len(self._reasons))

    def _log_size(self, chosen: Chosen) -> int:
        absent = sum(len(ords) * log_line_size(kind, "absent") for kind, ords in chosen.absent)
        withheld = 0
        if not len(chosen.withheld):
            return absent
        pairs, counts = np.unique(
            np.stack((chosen.withheld.kind, chosen.reasons)), axis=1, return_counts=True
        )
        for kind, reason, count in zip(*pairs.tolist(), counts.tolist(), strict=True):
            said = withheld_text(self._choice.withholding.reasons[reason - 1])
            withheld += count * log_line_size(chosen.extents.kinds[kind], said)
        return absent + withheld

    def layout(self) -> Layout:
        return Layout(
            starts=np.concatenate(([0], np.cumsum(self._sizes))),
            delivered=self._delivered,
            files=self._files,
            entries=self._entries,
            wide_entries=self._wide,
            names=self._names,
            arks=self._arks,
            versions=self._versions,
            log=self._log,
            withheld=tuple(self._reasons[1:].tolist()),
            tallies=tuple(Tally(*kind, *tally) for kind, tally in sorted(self._tallies.items())),
        )


def _different(ascending: Ords) -> int:
    """Count different numbers."""
    return int(np.count_nonzero(ascending[1:] != ascending[:-1])) + min(1, len(ascending))


def _digits(numbers: Sizes) -> int:
    """Return how many digits positive numbers have together."""
    count, power = len(numbers), 10
    while longer := int(np.count_nonzero(numbers >= power)):
        count += longer
        power *= 10
    return count


def log_line(identifier: str, kind: Kind, said: str) -> bytes:
    """Return a line about a file that is not there."""
    return f"{identifier}\t{kind[0]}/{kind[1]}\t{said}\n".encode()


def log_line_size(kind: Kind, said: str) -> int:
    """Return the length of such a line."""
    return len(log_line("0" * ID, kind, said))


def withheld_text(reason: str) -> str:
    """Return what the log says of a withheld file."""
    return f"withheld: {reason}"
