"""What passes through the door of analyses: parameters in, tables and pictures out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

import msgspec

from fonds.analyses.corpus import Corpus

Cell = str | int | float | None
Value = str | int | float
ColumnKind = Literal["text", "integer", "number", "share", "query", "document"]


class Column(msgspec.Struct, frozen=True):
    """A column of a table; `name` is its key in files and in the texts of the portal.

    A share is from 0 to 1; a query, in Lucene syntax, finds the documents that a row counts; a
    document is an ARK.
    """

    name: str
    kind: ColumnKind = "text"


class Table(msgspec.Struct, frozen=True):
    """A table of an analysis; its first column says what a row is about."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0  # rows that were left out behind these


class Picture(msgspec.Struct, frozen=True):
    """A picture; `of` is the table that holds its numbers."""

    name: str
    svg: str
    of: str


class Parameter(msgspec.Struct, frozen=True):
    """What an analysis can be asked for, beside the corpus.

    `default` gives the type; numbers have bounds, words may have choices.
    """

    name: str
    default: Value
    english: str
    french: str
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """What an analysis found in a corpus."""

    result: msgspec.Struct  # everything, typed; what the further forms are written from
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    used: int | None = None  # documents that had what it takes; None: all
    without: tuple[tuple[str, int], ...] = ()  # why others had not, and how many: ("no-terms", 3)


class Form(msgspec.Struct, frozen=True):
    """A file that an analysis can be taken home as, beside JSON, tables and pictures."""

    name: str  # as asked for: "tbx"
    mimetype: str
    extension: str
    write: Callable[[Answer], bytes]


class Analysis(Protocol):
    """An analysis; a class of these is registered under `fonds.analyses`.

    The same corpus and parameters give the same result: chance has a fixed seed, and ties are
    broken by names.
    """

    name: str  # "terminology"
    version: int
    provenance: str  # one line: methods and data, with their licences
    parameters: tuple[Parameter, ...]
    forms: tuple[Form, ...]

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return what it finds; `given` has a checked value of every parameter."""
        ...


class Cited(msgspec.Struct, frozen=True, rename="camel"):
    """The corpus that was analysed, so that anyone can ask for it again."""

    archive: str  # name of the installation
    query: str  # as typed; of a kept corpus, its title
    ark: str  # of a kept corpus, else empty
    tree: str  # the query as understood; empty: a list
    total: int  # documents that the query finds
    key: str  # the same request on the same state of the archive has the same
    last_load: float  # seconds since 1970
    last_ord: int
    turn: int  # of enrichments
    documents: int  # of the archive


class Coverage(msgspec.Struct, frozen=True, rename="camel"):
    """Which documents an analysis rests upon."""

    asked: int
    looked: int  # fewer than asked: a sample
    seed: int  # of the sample; 0 without one
    used: int  # had what the analysis takes
    without: tuple[tuple[str, int], ...]  # why others had not


class Answer(msgspec.Struct, frozen=True, rename="camel"):
    """What is given to who asked."""

    analysis: str
    version: int
    provenance: str
    parameters: Mapping[str, Value]
    corpus: Cited
    coverage: Coverage
    result: msgspec.Struct
    tables: tuple[Table, ...]
    pictures: tuple[Picture, ...]
