"""Verifies every byte of the archive: headers, data, manifests, directories, and the catalogue."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from fonds.archive.catalogue import FILE, Catalogue
from fonds.archive.pack import NEW
from fonds.archive.pack_reader import PackDamaged, members
from fonds.archive.rebuild import pack_paths
from fonds.archive.zip_format import Member, directory, local_header

Progress = Callable[[int, int], None]  # bytes done, bytes in all

_CHUNK = 1 << 20
_TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt")


class Damage(msgspec.Struct, frozen=True):
    """Something that is not as it was written."""

    pack: str
    where: str
    reason: str


class CheckReport(msgspec.Struct, frozen=True):
    """What was checked and what was found."""

    packs: int
    members: int
    bytes: int
    documents: int
    damages: tuple[Damage, ...]


def check(home: Path, progress: Progress | None = None) -> CheckReport:
    """Read every byte of every pack and compare it with what it must be."""
    folder = home / "archive"
    paths = pack_paths(folder)
    total = sum(path.stat().st_size for path in paths)
    done = counted = 0
    damages: list[Damage] = []
    for path in paths:
        found, count = _check_pack(path)
        damages += found
        counted += count
        done += path.stat().st_size
        if progress is not None:
            progress(done, total)
    documents, more = _check_catalogue(home, {path.name for path in paths})
    return CheckReport(len(paths), counted, total, documents, (*damages, *more))


def _check_catalogue(home: Path, packs: set[str]) -> tuple[int, list[Damage]]:
    """Compare the catalogue with the packs that are there."""
    if not (home / FILE).exists():
        return 0, [Damage(FILE, FILE, "the catalogue is missing; run fonds rebuild")]
    catalogue = Catalogue(home / FILE, writable=False)
    try:
        known = catalogue.packs()
        documents = catalogue.count()
    finally:
        catalogue.close()
    missing = [Damage(name, name, "the pack is missing") for name in sorted(known - packs)]
    extra = [
        Damage(name, name, "the catalogue does not know this pack; run fonds rebuild")
        for name in sorted(packs - known)
        if not name.startswith(NEW)
    ]
    return documents, missing + extra


def _check_pack(path: Path) -> tuple[list[Damage], int]:
    try:
        found, start = members(path)
    except (PackDamaged, OSError) as error:
        return [Damage(path.name, "directory", str(error))], 0
    bag = path.name.removesuffix(".zip") + "/"
    digests: dict[str, str] = {}
    damages: list[Damage] = []
    with path.open("rb") as file:
        for reason, where in _structure(file, found, start):
            damages.append(Damage(path.name, where, reason))
        for member in found:
            name = member.name.removeprefix(bag)
            digest, reason = _content(file, member)
            digests[name] = digest
            if reason:
                damages.append(Damage(path.name, name, reason))
        if not damages:
            damages += _manifests(path, file, found, digests)
    return damages, len(found)


def _structure(file: BinaryIO, found: list[Member], start: int) -> Iterator[tuple[str, str]]:
    """Compare headers and directory with what the writer makes of the same members."""
    at = 0
    for member in found:
        head = local_header(member)
        file.seek(member.offset)
        if member.offset != at or file.read(len(head)) != head:
            yield "its header was changed", member.name
        at = member.end
    file.seek(start)
    if start != at or file.read() != directory(found, start):
        yield "the directory was changed", "directory"


def _content(file: BinaryIO, member: Member) -> tuple[str, str]:
    """Return the SHA-512 of a member's content, and what is wrong with it."""
    digest, crc32, size = hashlib.sha512(), 0, 0
    inflate = zlib.decompressobj(-15) if member.method == 8 else None
    file.seek(member.data_offset)
    left = member.stored_size
    try:
        while left:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                return "", "the pack ends inside it"
            left -= len(chunk)
            data = inflate.decompress(chunk) if inflate is not None else chunk
            digest.update(data)
            crc32 = zlib.crc32(data, crc32)
            size += len(data)
    except zlib.error as error:
        return "", f"it cannot be inflated ({error})"
    if inflate is not None and (not inflate.eof or inflate.unused_data):
        return "", "its compressed data does not end where it should"
    if crc32 != member.crc32 or size != member.size:
        return "", "its checksum is wrong"
    return digest.hexdigest(), ""


def _manifests(
    path: Path, file: BinaryIO, found: list[Member], digests: dict[str, str]
) -> list[Damage]:
    """Compare every file with the bag's manifests, and the manifests with the files."""
    bag = path.name.removesuffix(".zip") + "/"
    listed: dict[str, str] = {}
    for member in found:
        name = member.name.removeprefix(bag)
        if name in ("manifest-sha512.txt", "tagmanifest-sha512.txt"):
            text = os.pread(file.fileno(), member.stored_size, member.data_offset).decode()
            for line in text.splitlines():
                digest, _, listed_name = line.partition("  ")
                listed[listed_name] = digest
    damages = [
        Damage(path.name, name, "the manifest has another SHA-512")
        for name, digest in digests.items()
        if name != _TAGS[-1] and listed.get(name) != digest
    ]
    lost = sorted(listed.keys() - digests.keys())
    return damages + [Damage(path.name, name, "it is missing from the pack") for name in lost]
