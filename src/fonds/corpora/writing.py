"""Writes an export to disk: one file or a folder, there wholly or not at all, resumable.

What is being written has another name (`corpus.zip.<plan>.part`) until it is complete and durable.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path

from fonds.archive.archive import Archive
from fonds.archive.model import StoredFile
from fonds.corpora.export import Export
from fonds.corpora.lists import Made
from fonds.corpora.pieces import Stretch, length
from fonds.errors import OutputNotWritable

Progress = Callable[[int, int], None]  # bytes done, bytes in all

_LEAST_COPIED = 64 * 1024  # bytes written on their own; less is gathered
_GATHERED = 1024 * 1024  # bytes


def partial_of(target: Path) -> Iterator[tuple[Path, str]]:
    """Give what an interrupted export left beside a target, with the name of its plan."""
    for path in sorted(target.parent.glob(f"{escape(target.name)}.*.part")):
        yield path, path.name.removesuffix(".part").rpartition(".")[2]


def write_file(
    archive: Archive, export: Export, target: Path, progress: Progress | None = None
) -> int:
    """Write an export as one file and return how many bytes were there already.

    What an interrupted run of the same plan left is continued. Raises OutputNotWritable.
    """
    part = target.with_name(f"{target.name}.{export.key}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.touch()
        with part.open("r+b") as file:
            begin = min(file.seek(0, os.SEEK_END), export.size)
            file.truncate(begin)
            file.seek(begin)
            _Writer(archive, file.fileno(), progress, export.size, begin).write(export)
            os.fsync(file.fileno())
        part.rename(target)
    except OSError as error:
        raise OutputNotWritable(path=target, reason=error.strerror or error) from error
    return begin


def write_folder(
    archive: Archive, export: Export, target: Path, progress: Progress | None = None
) -> int:
    """Write the members of an export into a new folder and return how many were there already."""
    part = target.with_name(f"{target.name}.{export.key}.part")
    if target.exists():
        raise OutputNotWritable(path=target, reason="it exists already")
    kept = done = 0
    whole = sum(tally.bytes for tally in export.layout.tallies)
    try:
        for name, content in export.members():
            path = part / name
            size = content.size
            if path.exists() and path.stat().st_size == size:
                kept += 1
            else:
                _write_member(archive, path, content)
            done += size
            if progress is not None:
                progress(min(done, whole), whole)
        part.rename(target)
    except OSError as error:
        raise OutputNotWritable(path=target, reason=error.strerror or error) from error
    return kept


def _write_member(archive: Archive, path: Path, content: StoredFile | Made) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        for chunk in _plain(archive, content):
            file.write(chunk)
    fresh.rename(path)


def _plain(archive: Archive, content: StoredFile | Made) -> Iterator[bytes]:
    if isinstance(content, Made):
        yield from content.chunks()
        return
    inflate = zlib.decompressobj(-15) if content.method else None
    for at in range(0, content.stored_size, _GATHERED):
        raw = archive.read_raw(content, at, min(_GATHERED, content.stored_size - at))
        yield inflate.decompress(raw) if inflate is not None else raw


class _Writer:
    """Writes pieces one behind another, large ones through one buffer.

    Measured: copy_file_range and sendfile are slower here, as members do not begin at a block.
    """

    def __init__(
        self, archive: Archive, out: int, progress: Progress | None, whole: int, done: int
    ) -> None:
        self._archive = archive
        self._out = out
        self._progress = progress
        self._whole = whole
        self._done = done
        self._held = bytearray()
        self._buffer = memoryview(bytearray(_GATHERED))
        self._pack: tuple[str, int] | None = None

    def write(self, export: Export) -> None:
        try:
            for piece in export.pieces(self._done):
                if isinstance(piece, bytes):
                    self._held += piece
                elif length(piece) < _LEAST_COPIED:
                    self._held += self._archive.read_raw(piece.file, piece.begin, length(piece))
                else:
                    self._flush()
                    self._copy(piece)
                if len(self._held) >= _GATHERED:
                    self._flush()
            self._flush()
        except BaseException:
            with suppress(OSError):  # what is complete so far is not written twice
                self._flush()
            raise
        finally:
            if self._pack is not None:
                os.close(self._pack[1])

    def _flush(self) -> None:
        held = memoryview(bytes(self._held))
        self._held.clear()
        while held:
            written = os.write(self._out, held)
            held = held[written:]
            self._advance(written)

    def _copy(self, piece: Stretch) -> None:
        source = self._descriptor(piece.file)
        at, end = piece.file.offset + piece.begin, piece.file.offset + piece.end
        while at < end:
            count = os.preadv(source, [self._buffer[: min(_GATHERED, end - at)]], at)
            if count == 0:
                raise EOFError(f"{piece.file.pack} ends before its member")
            written = os.write(self._out, self._buffer[:count])
            at += written
            self._advance(written)

    def _advance(self, count: int) -> None:
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._whole)

    def _descriptor(self, file: StoredFile) -> int:
        if self._pack is None or self._pack[0] != file.pack:
            if self._pack is not None:
                os.close(self._pack[1])
            self._pack = file.pack, os.open(self._archive.path(file), os.O_RDONLY)
        return self._pack[1]
