"""Makes the catalogue from the packs alone: same places, identifiers, versions and ledger."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from fonds.archive.catalogue import FILE, Catalogue
from fonds.archive.ledger import DocumentEntry, Entry
from fonds.archive.pack import LEDGER, NEW
from fonds.archive.pack_reader import PackDamaged, members
from fonds.archive.rows import FileRow, PackRows
from fonds.archive.zip_format import Member
from fonds.errors import ArchiveDamaged

Progress = Callable[[int, int], None]  # done, all

_ENTRIES = msgspec.json.Decoder(Entry)
_NEW = FILE + ".new"


def pack_paths(folder: Path) -> list[Path]:
    """Return the packs of an archive in the order they were written."""
    return sorted(p for p in folder.glob("*.zip") if not p.name.startswith(NEW))


def rebuild_catalogue(home: Path, progress: Progress | None = None) -> int:
    """Make the catalogue anew beside the old one, then put it in its place.

    Returns the number of packs. Raises ArchiveDamaged when a pack cannot be read.
    """
    for leftover in home.glob(_NEW + "*"):
        leftover.unlink()
    catalogue = Catalogue(home / _NEW, writable=True)
    packs = pack_paths(home / "archive")
    try:
        for done, path in enumerate(packs, start=1):
            adopt(catalogue, path)
            if progress is not None:
                progress(done, len(packs))
    finally:
        catalogue.close()
    for suffix in ("-wal", "-shm"):
        (home / (FILE + suffix)).unlink(missing_ok=True)
    (home / _NEW).rename(home / FILE)
    return len(packs)


def adopt(catalogue: Catalogue, path: Path) -> None:
    """Note a pack in the catalogue by what the pack itself says."""
    try:
        catalogue.add_pack(PackRows(path.name, path.stat().st_size, tuple(_entries(path))))
    except (PackDamaged, msgspec.DecodeError, zlib.error, KeyError) as error:
        raise ArchiveDamaged(count=1, where=path.name, reason=error) from error


def _entries(path: Path) -> Iterator[tuple[Entry, tuple[FileRow, ...]]]:
    found, _ = members(path)
    bag = path.name.removesuffix(".zip") + "/"
    by_name = {member.name.removeprefix(bag): member for member in found}
    with path.open("rb") as file:

        def content(name: str) -> bytes:
            member = by_name[name]
            file.seek(member.data_offset)
            raw = file.read(member.stored_size)
            return raw if member.method == 0 else zlib.decompress(raw, -15)

        digests = _digests(content("manifest-sha512.txt").decode())
        for line in content(LEDGER).splitlines():
            entry: Entry = _ENTRIES.decode(line)
            rows: tuple[FileRow, ...] = ()
            if isinstance(entry, DocumentEntry):
                rows = tuple(_row(entry, at, by_name, digests) for at in range(len(entry.files)))
            yield entry, rows


def _digests(manifest: str) -> dict[str, bytes]:
    pairs = (line.partition("  ") for line in manifest.splitlines())
    return {name: bytes.fromhex(digest) for digest, _, name in pairs}


def _row(
    entry: DocumentEntry, at: int, by_name: dict[str, Member], digests: dict[str, bytes]
) -> FileRow:
    file = entry.files[at]
    member = by_name[file.member]
    return FileRow(
        typology=file.typology,
        extension=file.extension,
        mimetype=file.mimetype,
        original=file.original,
        name=file.name,
        offset=member.data_offset,
        stored_size=member.stored_size,
        size=member.size,
        method=member.method,
        crc32=member.crc32,
        sha512=digests[file.member],
    )


def digest_of(path: Path) -> str:
    """Return the SHA-512 of a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()
