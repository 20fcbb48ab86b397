"""The grammar of `extract=`: which types and formats of files an export holds (istex-api.md 1.6).

`metadata[mods];fulltext[pdf,tei];annexes`: a type without brackets is all its formats, nothing at
all is everything, and what names no known type is the JSON alone. The JSON of a document is
always there.
"""

from __future__ import annotations

import re

import msgspec

from fonds.archive.extents import Kind
from fonds.errors import ExtractInvalid

TYPOLOGIES = ("fulltext", "metadata", "enrichments", "covers", "annexes")
RECORD: Kind = ("metadata", "json")

CITATIONS = frozenset({"bibtex", "ris", "csl"})  # made for a whole export

_OTHER_NAMES = {"cover": "covers", "annex": "annexes", "enrichment": "enrichments"}
_OLD_FORMATS = {"catWos": "multicat", "refBib": "refBibs"}
_WORD = re.compile(r"[\w.+-]+")
_SPACE = re.compile(r"\s*")


class Wanted(msgspec.Struct, frozen=True):
    """A type of file, and its formats; none named means all."""

    typology: str
    formats: tuple[str, ...] = ()


class Selection(msgspec.Struct, frozen=True):
    """What an export holds of each document."""

    wanted: tuple[Wanted, ...]

    def takes(self, kind: Kind) -> bool:
        """Tell whether files of a type and format belong to the export.

        The JSON of an enrichment goes out when it is named: clients take every JSON for a record.
        """
        typology, extension = kind
        by_name = typology == "enrichments" and extension.endswith(".json")
        return kind == RECORD or any(
            one.typology == typology and (extension in one.formats or not (one.formats or by_name))
            for one in self.wanted
        )

    @property
    def citations(self) -> tuple[str, ...]:
        """Return the formats of citations asked for: one file each, for all documents."""
        asked = [one.formats for one in self.wanted if one.typology == "metadata"]
        return tuple(name for names in asked for name in names if name in CITATIONS)

    def named(self) -> tuple[Kind, ...]:
        """Return what was asked for by name: a document without it is worth a word."""
        found = [
            (one.typology, name)
            for one in self.wanted
            for name in one.formats
            if one.typology != "metadata" or name not in CITATIONS
        ]
        return tuple(dict.fromkeys([RECORD, *found]))

    def __str__(self) -> str:
        parts = [
            f"{one.typology}[{','.join(one.formats)}]" if one.formats else one.typology
            for one in self.wanted
        ]
        return ";".join(parts)


def read_selection(text: str) -> Selection:
    """Read an `extract` parameter; raises ExtractInvalid with the place, from 1."""
    reader = _Reader(text)
    return Selection(reader.read())


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def read(self) -> tuple[Wanted, ...]:
        self._blank()
        if self._at == len(self._text):
            return tuple(Wanted(typology) for typology in TYPOLOGIES)
        found: dict[str, Wanted] = {}
        while self._at < len(self._text):
            if not self._skip(";") and not self._skip(","):
                name = self._word("a type of file")
                opened = self._at + 1
                formats = self._formats(opened) if self._skip("[") else ()
                self._end()
                typology = _OTHER_NAMES.get(name, name)
                if typology in TYPOLOGIES:
                    known = found.get(typology)
                    whole = not formats or (known is not None and not known.formats)
                    before = known.formats if known is not None else ()
                    joined = () if whole else tuple(dict.fromkeys((*before, *formats)))
                    found[typology] = Wanted(typology, joined)
        return tuple(found.values()) or (Wanted("metadata", ("json",)),)

    def _formats(self, opened: int) -> tuple[str, ...]:
        found = []
        while not self._skip("]"):
            if self._at == len(self._text):
                raise ExtractInvalid(position=opened, reason="this bracket is never closed")
            if not self._skip(","):
                name = self._word("a format")
                found.append(_OLD_FORMATS.get(name, name))
        return tuple(dict.fromkeys(found))

    def _end(self) -> None:
        if self._at < len(self._text) and self._text[self._at] not in ";,":
            raise ExtractInvalid(position=self._at + 1, reason="; was expected here")

    def _word(self, what: str) -> str:
        match = _WORD.match(self._text, self._at)
        if match is None:
            raise ExtractInvalid(position=self._at + 1, reason=f"{what} was expected here")
        self._at = match.end()
        self._blank()
        return match[0]

    def _skip(self, char: str) -> bool:
        if not self._text.startswith(char, self._at):
            return False
        self._at += 1
        self._blank()
        return True

    def _blank(self) -> None:
        match = _SPACE.match(self._text, self._at)
        assert match is not None
        self._at = match.end()
