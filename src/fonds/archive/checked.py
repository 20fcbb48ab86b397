"""Remembers the last check of every byte, for those who ask whether the archive is well."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

import msgspec

from fonds.archive.fixity import CheckReport

FILE = "checked.json"  # of a home; can be deleted at any time


class Checked(msgspec.Struct, frozen=True, rename="camel"):
    """What a check came to."""

    time: float  # of its end, seconds since 1970
    packs: int
    files: int
    bytes: int
    documents: int
    damages: int


def note_check(home: Path, report: CheckReport) -> None:
    """Remember a check; a home that cannot be written to may be checked all the same."""
    found = Checked(
        time.time(), report.packs, report.members, report.bytes, report.documents,
        len(report.damages),
    )  # fmt: skip
    part = home / f"{FILE}.{secrets.token_hex(4)}"
    with suppress(OSError):
        part.write_bytes(msgspec.json.encode(found))
        os.replace(part, home / FILE)  # noqa: PTH105  # whole or not at all


def last_check(home: Path) -> Checked | None:
    """Return the last check; None when there was none, or its note cannot be read."""
    try:
        return msgspec.json.decode((home / FILE).read_bytes(), type=Checked)
    except (OSError, msgspec.DecodeError):
        return None
