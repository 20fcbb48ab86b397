"""Reads the metadata of the federations again, from where they publish it.

What is fetched replaces the file in the home only after its signature was checked; what cannot be
fetched leaves the last file in force until that expires.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fonds.access.federation import Federation, MetadataSource
from fonds.access.remote import RemoteFault, get_metadata
from fonds.access.saml.metadata import read_certificate, read_metadata
from fonds.access.saml.provider import Source
from fonds.errors import HomeNotWritable, MetadataInvalid


class Refreshed(msgspec.Struct, frozen=True):
    """One source after a refresh."""

    file: str
    source: Source | None  # None: nothing of it can be used
    problem: str = ""


def refresh(home: Path, federation: Federation, *, now: float) -> Iterator[Refreshed]:
    """Read every source; raises HomeNotWritable."""
    for one in federation.metadata:
        problem = ""
        if one.url:
            try:
                data = get_metadata(one.url)
                found = _read(home, one, data, now)
                _keep(home / one.file, data)
                yield Refreshed(one.file, found)
                continue
            except (RemoteFault, MetadataInvalid) as error:
                problem = str(error)
        try:
            yield Refreshed(one.file, _read(home, one, _bytes(home, one.file), now), problem)
        except MetadataInvalid as error:
            yield Refreshed(one.file, None, "; ".join(filter(None, (problem, str(error)))))


def _read(home: Path, one: MetadataSource, data: bytes, now: float) -> Source:
    certificate = None
    if one.certificate:
        certificate = read_certificate(one.certificate, _bytes(home, one.certificate))
    return read_metadata(one.file, data, certificate, now=now)


def _bytes(home: Path, name: str) -> bytes:
    try:
        return (home / name).read_bytes()
    except OSError as error:
        raise MetadataInvalid(name=name, reason=error.strerror) from error


def _keep(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        raise HomeNotWritable(path=path, reason=error.strerror) from error
