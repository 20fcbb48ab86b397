"""Makes the catalogue from the packs alone: same places, identifiers, versions and ledger."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from fonds.archive.catalogue import FILE, Catalogue, Located
from fonds.archive.ledger import DocumentEntry, EnrichedEntry, Entry, MemberEntry, RejectEntry
from fonds.archive.pack import LEDGER, NEW
from fonds.archive.pack_reader import PackDamaged, members
from fonds.archive.rows import FileRow, PackRows, referring
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
    """Note a pack in the catalogue by what the pack itself says; earlier packs are known."""
    try:
        entries = tuple(_entries(catalogue, path))
        catalogue.add_pack(PackRows(path.name, path.stat().st_size, entries))
    except (PackDamaged, msgspec.DecodeError, zlib.error, KeyError) as error:
        raise ArchiveDamaged(count=1, where=path.name, reason=error) from error


def _entries(catalogue: Catalogue, path: Path) -> Iterator[tuple[Entry, tuple[FileRow, ...]]]:
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
        rows = _Rows(catalogue, by_name, digests)
        for line in content(LEDGER).splitlines():
            entry: Entry = _ENTRIES.decode(line)
            if isinstance(entry, DocumentEntry):
                yield entry, tuple(rows.of_document(entry))
            elif isinstance(entry, RejectEntry):
                yield entry, (rows.of_reject(entry),)
            elif isinstance(entry, EnrichedEntry):
                yield entry, tuple(rows.of_enriched(entry, path.name))
            else:
                yield entry, ()


def _digests(manifest: str) -> dict[str, bytes]:
    pairs = (line.partition("  ") for line in manifest.splitlines())
    return {name: bytes.fromhex(digest) for digest, _, name in pairs}


class _Rows:
    """Rows for the files of one pack, and for those it refers to in earlier ones."""

    def __init__(
        self, catalogue: Catalogue, by_name: dict[str, Member], digests: dict[str, bytes]
    ) -> None:
        self._catalogue = catalogue
        self._by_name = by_name
        self._digests = digests

    def of_document(self, entry: DocumentEntry) -> Iterator[FileRow]:
        """Give the rows of a document's files."""
        before: Located | None = None
        for file in entry.files:
            if not file.pack:
                yield self._row(file, entry.version)
                continue
            before = before or self._catalogue.current(entry.id)
            yield _same(before, file) or _missing(file.pack)

    def of_enriched(self, entry: EnrichedEntry, pack: str) -> Iterator[FileRow]:
        """Give the rows of what enrichments added to a document."""
        before: Located | None = None
        for file in entry.files:
            if not file.pack:
                yield msgspec.structs.replace(self._row(file, entry.version), pack=pack)
                continue
            before = before or self._catalogue.by_ord(entry.ord)
            yield _same(before, file) or _missing(file.pack)

    def of_reject(self, entry: RejectEntry) -> FileRow:
        """Return the row of a file set aside."""
        if entry.pack:
            before = self._catalogue.set_aside(entry.collection, entry.source, entry.content)
            return before.file if before is not None else _missing(entry.pack)
        kind = entry.member.rpartition(".")[2].lower()
        file = MemberEntry(entry.member, "metadata", kind, "", original=True, name=entry.source)
        return self._row(file, 0)

    def _row(self, file: MemberEntry, version: int) -> FileRow:
        member = self._by_name[file.member]
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
            sha512=self._digests[file.member],
            version=version,
        )


def _same(before: Located | None, file: MemberEntry) -> FileRow | None:
    """Return the row of a file that a document had before."""
    kind = (file.typology, file.extension)
    for stored in before.files if before is not None else ():
        if stored.pack == file.pack and (stored.typology, stored.extension) == kind:
            return referring(stored)
    return None


def _missing(pack: str) -> FileRow:
    raise PackDamaged(f"it refers to {pack}, which is not there")


def digest_of(path: Path) -> str:
    """Return the SHA-512 of a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()
