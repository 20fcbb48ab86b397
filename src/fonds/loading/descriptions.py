"""Files that describe deliveries, as the archive kept them: what a document is read again with.

A document's volume and pages may stand only in the `dataset.xml` or `issue.xml` that came with it.
Which one that was is told by name (it lay in a folder above) and by the pack: a delivery's
description is written behind its documents.
"""

from __future__ import annotations

from pathlib import Path

from fonds.archive.archive import Archive
from fonds.archive.model import StoredFile
from fonds.sources.model import DeliveredFile

_CODE = "delivery-description"


class Descriptions:
    """The descriptive files of one collection, unpacked when they are asked for."""

    def __init__(self, archive: Archive, collection: str, folder: Path) -> None:
        self._archive = archive
        self._folder = folder
        self._kept: dict[str, list[StoredFile]] = {}  # folder -> files, oldest first
        self._unpacked: dict[tuple[str, int], DeliveredFile] = {}
        for entry in archive.set_aside(collection):
            if entry.files and any(finding.code == _CODE for finding in entry.findings):
                above = entry.name.rpartition("/")[0]
                self._kept.setdefault(above, []).append(entry.files[0])

    def of(self, name: str, pack: str) -> tuple[DeliveredFile, ...]:
        """Return what described a file of a delivery that lies in a pack, the nearest first."""
        found: list[DeliveredFile] = []
        above = name
        while self._kept and above:
            above = above.rpartition("/")[0]
            found += [self._file(stored) for stored in _current(self._kept.get(above, []), pack)]
        return tuple(found)

    def _file(self, stored: StoredFile) -> DeliveredFile:
        key = (stored.pack, stored.offset)
        if key not in self._unpacked:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{len(self._unpacked):06}.xml"
            path.write_bytes(self._archive.read(stored))
            self._unpacked[key] = DeliveredFile(stored.name, str(path), stored.size)
        return self._unpacked[key]


def _current(files: list[StoredFile], pack: str) -> list[StoredFile]:
    """Return of each name the first file behind a pack; of what was sent only before, the last."""
    names: dict[str, StoredFile] = {}
    for file in files:
        before = names.get(file.name)
        if before is None or before.pack < pack:
            names[file.name] = file
    return list(names.values())
