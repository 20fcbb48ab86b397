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
_EXACT = np.float64  # numpy counts with weights in 53 bits, more than any archive has bytes


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
        ords = self._choice.ords
        if len(files):
            places = np.searchsorted(ords, files["ord"])
            first, last = int(places[0]), int(places[-1]) + 1
            sizes = self._container.member_sizes(files).astype(_EXACT)
            added = np.bincount(places - first, weights=sizes, minlength=last - first)
            self._sizes[first:last] += added.astype(np.int64)
            self._delivered += _different(places)
        self._files += len(files)
        self._entries += int(self._container.entry_sizes(files, wide=False).sum())
        self._wide += int(self._container.entry_sizes(files, wide=True).sum())
        self._names += int(files["name"].sum(dtype=np.int64))
        self._arks += int(chosen.documents["ark"].sum(dtype=np.int64))
        versions = chosen.documents["version"]
        self._versions += int(np.floor(np.log10(versions)).sum()) + len(versions)
        self._tally(chosen)
        self._log += self._log_size(chosen)

    def _tally(self, chosen: Chosen) -> None:
        for number, kind in enumerate(chosen.extents.kinds):
            here = chosen.files[chosen.files["kind"] == number]
            kept = int((chosen.withheld["kind"] == number).sum())
            if len(here) or kept:
                tally = self._tallies.setdefault(kind, [0] * 5)
                tally[0] += _different(here["ord"])
                tally[1] += len(here)
                tally[2] += int(here["size"].sum(dtype=np.int64))
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
            np.stack((chosen.withheld["kind"], chosen.reasons)), axis=1, return_counts=True
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


def _different(ascending: Sizes | Ords) -> int:
    """Count different numbers."""
    return int(np.count_nonzero(ascending[1:] != ascending[:-1])) + min(1, len(ascending))


def log_line(identifier: str, kind: Kind, said: str) -> bytes:
    """Return a line about a file that is not there."""
    return f"{identifier}\t{kind[0]}/{kind[1]}\t{said}\n".encode()


def log_line_size(kind: Kind, said: str) -> int:
    """Return the length of such a line."""
    return len(log_line("0" * ID, kind, said))


def withheld_text(reason: str) -> str:
    """Return what the log says of a withheld file."""
    return f"withheld: {reason}"
