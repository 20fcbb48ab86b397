"""The names files have when they leave the archive together: one folder per document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

_UNSAFE = re.compile(r"[^\w .,()+=@-]+")
_MOST = 96  # bytes of one name; a TAR header holds 100
_BESIDE = ("annexes", "covers")  # what keeps the publisher's name, in a folder of its own


class Named(Protocol):
    """What a name is made of."""

    @property
    def typology(self) -> str: ...
    @property
    def extension(self) -> str: ...
    @property
    def name(self) -> str: ...


def outgoing_names(identifier: str, files: Iterable[Named]) -> list[str]:
    """Return a path below the export for each file of a document, in order, all different.

    `<ID>/<ID>.pdf`, `<ID>/<ID>-teeft.tei`, `<ID>/annexes/<publisher's name>`; the length of a
    path does not depend on the identifier, which always has 40 characters.
    """
    taken: set[str] = set()
    return [f"{identifier}/{_free(_plain(identifier, file), taken)}" for file in files]


def _plain(identifier: str, file: Named) -> str:
    if file.typology in _BESIDE:
        base = file.name.replace("\\", "/").rpartition("/")[2].rpartition("!")[2]
        return f"{file.typology}/{_short(_UNSAFE.sub('_', base).strip(' .') or identifier)}"
    if file.typology == "enrichments":
        name = file.name or file.extension  # "teeft": its TEI; "teeft.json", "features.tsv"
        return f"{identifier}-{name}" if "." in name else f"{identifier}-{name}.tei"
    return f"{identifier}.{file.extension}"


def _short(name: str) -> str:
    if len(name.encode()) <= _MOST:
        return name
    stem, dot, extension = name.rpartition(".")
    tail = f"{dot}{extension}" if stem and len(extension) < 16 else ""
    kept = (stem or name).encode()[: _MOST - len(tail.encode())].decode(errors="ignore")
    return kept + tail


def _free(name: str, taken: set[str]) -> str:
    """Return a name that is not taken: a number stands before the extension of later ones."""
    stem, dot, extension = name.rpartition(".")
    free, number = name, 1
    while free.casefold() in taken:  # on some systems case does not tell names apart
        number += 1
        free = f"{stem}-{number}{dot}{extension}" if stem else f"{name}-{number}"
    taken.add(free.casefold())
    return free
