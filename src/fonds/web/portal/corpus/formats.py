"""Which files a corpus holds: those a tool needs, or those a reader ticks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from fonds.corpora.presets import PRESETS
from fonds.corpora.selection import RECORD

OWN, TABLE = "own", "table"
USES = (OWN, *(one.name for one in PRESETS), TABLE)
WHOLE = ("annexes", "covers")  # types that are taken or left as a whole
CITATIONS = ("metadata/bibtex", "metadata/ris", "metadata/csl")
_ORDER = ("metadata", "fulltext", "enrichments", *WHOLE)
_FORMAT = re.compile(r"(?:metadata|fulltext|enrichments)/[\w.+-]{1,40}|annexes|covers", re.ASCII)
ArchiveType = Literal["zip", "tar"]


class Choice(msgspec.Struct, frozen=True):
    """What is taken of each document."""

    use: str = OWN  # a preset, one's own choice, or a table
    files: tuple[str, ...] = ()  # of one's own choice: "fulltext/pdf", "annexes"
    wished: ArchiveType = "zip"

    @property
    def extract(self) -> str:
        """Return the choice as the API's `extract`."""
        preset = next((one for one in PRESETS if one.name == self.use), None)
        return preset.extract if preset is not None else extract_of(self.files)

    @property
    def archive_type(self) -> ArchiveType:
        """Return the kind of archive file: ZIP where the tool reads nothing else."""
        preset = next((one for one in PRESETS if one.name == self.use), None)
        only_zip = preset is not None and self.wished not in preset.archive_types
        return "zip" if only_zip else self.wished

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Give its parameters in an address."""
        if self.use != OWN:
            yield "use", self.use
        for one in self.files if self.use == OWN else ():
            yield "file", one
        if self.archive_type != "zip":
            yield "archive", self.archive_type


def is_format(text: str) -> bool:
    """Tell whether a text names a type and format of files."""
    return _FORMAT.fullmatch(text) is not None


def extract_of(files: Iterable[str]) -> str:
    """Return formats as the API's `extract`; the JSON of a document is always there."""
    wanted: dict[str, list[str]] = {"metadata": [RECORD[1]]}
    for one in files:
        kind, _, name = one.partition("/")
        names = wanted.setdefault(kind, [])
        if name and name not in names:
            names.append(name)
    parts = ((kind, wanted[kind]) for kind in _ORDER if kind in wanted)
    return ";".join(f"{kind}[{','.join(names)}]" if names else kind for kind, names in parts)
