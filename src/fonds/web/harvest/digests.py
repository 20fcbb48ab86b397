"""SHA-256 of stored files, which ResourceSync wants and the archive does not keep.

Computed when first asked for and kept in `resourcesync/`, a file per window: what a document of one
version consists of never changes. The folder can be deleted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.model import StoredFile

FOLDER = "resourcesync"
_decode = msgspec.msgpack.Decoder(dict[bytes, bytes]).decode
_encode = msgspec.msgpack.Encoder().encode


class Digests:
    """The digests of one home."""

    def __init__(self, home: Path, archive: Archive) -> None:
        self._folder = home / FOLDER
        self._archive = archive

    def of(self, window: int, files: Iterable[StoredFile]) -> dict[bytes, str]:
        """Return SHA-256 by SHA-512 for the files of a window."""
        path = self._folder / f"{window}.digests"
        known: dict[bytes, bytes] = {}
        with suppress(OSError, msgspec.DecodeError):
            known = _decode(path.read_bytes())
        missing = {file.sha512: file for file in files if file.sha512 not in known}
        for key, file in missing.items():
            known[key] = hashlib.sha256(self._archive.read(file)).digest()
        if missing:
            self._keep(path, known)
        return {key: value.hex() for key, value in known.items()}

    def _keep(self, path: Path, known: dict[bytes, bytes]) -> None:
        new = path.with_suffix(f".{os.getpid()}.new")
        with suppress(OSError):  # kept or not, the answer is right
            self._folder.mkdir(exist_ok=True)
            new.write_bytes(_encode(known))
            new.replace(path)
