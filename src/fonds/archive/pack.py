"""Writes a pack: a BagIt bag (RFC 8493) inside a ZIP, members deflated once and never again.

Written once under a temporary name, made durable, renamed; never changed after.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fonds.archive.faults import FaultHook
from fonds.archive.prepared import PreparedFile
from fonds.archive.zip_format import Member, directory, local_header
from fonds.renditions.compress import pack_bytes

NEW = ".new-"
LEDGER = "data/ledger.jsonl"
_BUFFER = 1 << 20
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def new_name(folder: Path, place: int, collection: str) -> str:
    """Return a name that no pack has; two packs may be closed within one millisecond."""
    safe, stamp = _UNSAFE.sub("_", collection)[:60], time.time_ns() // 1_000_000
    while (folder / (name := f"{place:010}-{safe}-{stamp:012x}.zip")).exists():
        stamp += 1
    return name


def bag_info(name: str, collection: str) -> dict[str, str]:
    """Return what a bag says about itself."""
    return {
        "Bagging-Date": datetime.now(UTC).date().isoformat(),
        "External-Identifier": name.removesuffix(".zip"),
        "Bag-Group-Identifier": collection,
        "Bag-Software-Agent": "Fonds",
    }


class PackWriter:
    """One pack being written."""

    def __init__(self, folder: Path, name: str, level: int, hook: FaultHook) -> None:
        self.name = name
        self._bag = name.removesuffix(".zip")
        self._final = folder / name
        self._path = folder / f"{NEW}{name}"
        self._level = level
        self._hook = hook
        self._members: list[Member] = []
        self._manifest: list[str] = []
        self._payload = 0
        self._at = 0
        hook("pack-create", str(self._path))
        self._file: BinaryIO = self._path.open("wb", buffering=_BUFFER)

    @property
    def size(self) -> int:
        """Return the bytes written so far."""
        return self._at

    def add(self, path: str, file: PreparedFile) -> Member:
        """Write a payload file to a path under data/ and return its member."""
        stored = file.size if file.data is None else len(file.data)
        member = self._begin(path, file.method, file.crc32, stored, file.size)
        if file.data is not None:
            self._write(file.data)
        else:
            assert file.location is not None
            self._copy(file.location, file.size)
        self._listed(path, file.size, file.sha512.hex())
        return member

    def add_bytes(self, path: str, data: bytes) -> Member:
        """Deflate and write a payload file of ours."""
        packed = pack_bytes(data, self._level)
        stored = packed.data or b""
        member = self._begin(path, packed.method, packed.crc32, len(stored), packed.size)
        self._write(stored)
        self._listed(path, packed.size, packed.sha512.hex())
        return member

    def close(self, info: dict[str, str]) -> None:
        """Write the bag's tag files and the directory, and make the pack durable."""
        manifest = "".join(self._manifest).encode()
        lines = {**info, "Payload-Oxum": f"{self._payload}.{len(self._manifest)}"}
        bag_info = "".join(f"{key}: {value}\n" for key, value in lines.items()).encode()
        tags = {"bagit.txt": _BAGIT, "bag-info.txt": bag_info, "manifest-sha512.txt": manifest}
        sums = "".join(f"{hashlib.sha512(data).hexdigest()}  {n}\n" for n, data in tags.items())
        for name, data in {**tags, "tagmanifest-sha512.txt": sums.encode()}.items():
            self._begin(name, 0, zlib.crc32(data), len(data), len(data))
            self._write(data)
        self._hook("pack-directory", str(self._path))
        self._write(directory(self._members, self._at))
        self._hook("pack-flush", str(self._path))
        self._file.flush()
        self._hook("pack-fsync", str(self._path))
        os.fsync(self._file.fileno())
        self._file.close()
        self._hook("pack-rename", str(self._final))
        self._path.rename(self._final)
        self._hook("pack-folder-fsync", str(self._final.parent))
        fsync_folder(self._final.parent)

    def abort(self) -> None:
        """Remove what was written."""
        with suppress(OSError):  # on a full disk, what is still buffered has no room
            self._file.close()
        self._path.unlink(missing_ok=True)

    def _begin(self, path: str, method: int, crc32: int, stored: int, size: int) -> Member:
        member = Member(f"{self._bag}/{path}", method, crc32, stored, size, self._at)
        self._hook("pack-write", str(self._path))
        self._write(local_header(member))
        self._members.append(member)
        return member

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._at += len(data)

    def _copy(self, location: str, size: int) -> None:
        """Copy a file's bytes; OSError when it is no longer what was measured."""
        left = size
        with open(location, "rb") as source:  # noqa: PTH123  # names may not be UTF-8
            while left and (chunk := source.read(min(_BUFFER, left))):
                self._write(chunk)
                left -= len(chunk)
        if left:
            raise OSError(f"{location} became shorter while it was read")

    def _listed(self, path: str, size: int, digest: str) -> None:
        self._manifest.append(f"{digest}  {path}\n")
        self._payload += size


def fsync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
