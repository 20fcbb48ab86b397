"""The pack that a batch writes: begun with its first member, durable with `commit`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from fonds.archive.catalogue import Catalogue
from fonds.archive.faults import FaultHook
from fonds.archive.ledger import Entry
from fonds.archive.pack import LEDGER, PackWriter, bag_info, new_name
from fonds.archive.prepared import PreparedFile
from fonds.archive.rows import FileRow, PackRows
from fonds.archive.zip_format import Member
from fonds.errors import DeliveryNotFound, HomeNotWritable

Entries = Sequence[tuple[Entry, tuple[FileRow, ...]]]


class OpenPack:
    """One pack at a time; whatever the disk refuses is a HomeNotWritable."""

    def __init__(
        self,
        folder: Path,
        label: str,
        group: str,
        level: int,
        catalogue: Catalogue,
        hook: FaultHook,
    ) -> None:
        self._folder = folder
        self._label = label
        self._group = group
        self._level = level
        self._catalogue = catalogue
        self._hook = hook
        self._pack: PackWriter | None = None

    @property
    def size(self) -> int:
        """Return the bytes written so far."""
        return self._pack.size if self._pack is not None else 0

    def open(self) -> str:
        """Return the pack's name; from now on it exists, even when it will hold a ledger alone."""
        with self._writing():
            return self._writer().name

    def add(self, path: str, file: PreparedFile) -> Member:
        """Write a file under data/; raises DeliveryNotFound when it cannot be read."""
        with self._writing(file):
            return self._writer().add(path, file)

    def add_bytes(self, path: str, data: bytes) -> Member:
        """Deflate and write a file of ours under data/."""
        with self._writing():
            return self._writer().add_bytes(path, data)

    def commit(self, entries: Entries) -> bool:
        """Make the pack durable with its ledger; False when nothing was written."""
        pack = self._pack
        if pack is None:
            return False
        try:
            lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry, _ in entries)
            pack.add_bytes(LEDGER, lines)
            pack.close(bag_info(pack.name, self._group))
            self._hook("catalogue-commit", str(self._folder.parent))
            self._catalogue.add_pack(PackRows(pack.name, pack.size, entries))
            self._hook("catalogue-committed", str(self._folder.parent))
        except OSError as error:
            pack.abort()
            raise self._refused(error) from error
        self._pack = None
        return True

    def abort(self) -> None:
        """Leave nothing of the pack behind."""
        if self._pack is not None:
            self._pack.abort()
            self._pack = None

    def _writer(self) -> PackWriter:
        if self._pack is None:
            name = new_name(self._folder, self._catalogue.last_ord() + 1, self._label)
            self._pack = PackWriter(self._folder, name, self._level, self._hook)
        return self._pack

    @contextmanager
    def _writing(self, file: PreparedFile | None = None) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if file is not None and file.location is not None and error.filename == file.location:
                reason = error.strerror or str(error)
                raise DeliveryNotFound(path=file.name, reason=reason) from error
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> HomeNotWritable:
        return HomeNotWritable(path=self._folder, reason=error.strerror or str(error))
