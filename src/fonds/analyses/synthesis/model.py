"""A synthesis as it is given out: facts, quotations, and the report made of them."""

from __future__ import annotations

import msgspec

from fonds.analyses.profile import Profile
from fonds.analyses.synthesis.passages import Place
from fonds.analyses.synthesis.report import Report


class Source(msgspec.Struct, frozen=True, rename="camel"):
    """A document that the report names."""

    ark: str
    title: str
    authors: str  # "Exemple et al."
    year: int  # 0: not known
    host: str


class Quote(msgspec.Struct, frozen=True, rename="camel"):
    """A sentence of a document, as it stands there."""

    text: str
    language: str  # BCP 47; empty: not known
    source: Source
    place: Place
    score: float


class ThemePart(msgspec.Struct, frozen=True, rename="camel"):
    """What is said of one theme."""

    number: int
    label: str
    terms: tuple[str, ...]
    documents: int
    share: float
    first_year: int
    last_year: int
    quotes: tuple[Quote, ...]
    typical: tuple[Source, ...]
    written: str = ""  # linking text by a language model


class Central(msgspec.Struct, frozen=True, rename="camel"):
    """A document that others of the corpus rest upon, or that a theme is best seen in."""

    source: Source
    cited_by: int  # documents of the corpus
    theme: int  # 0: of none


class CitedMost(msgspec.Struct, frozen=True, rename="camel"):
    """A work that documents of the corpus cite, held here or not."""

    name: str
    title: str
    year: int
    doi: str
    documents: int
    ark: str  # where it is in the corpus


class Term(msgspec.Struct, frozen=True, rename="camel"):
    """A term of the corpus."""

    term: str
    documents: int


class Gap(msgspec.Struct, frozen=True, rename="camel"):
    """Something the corpus lacks."""

    kind: str  # key of the report's texts: "no-abstract"
    count: int
    of: str = ""  # years, languages, themes


class Model(msgspec.Struct, frozen=True, rename="camel"):
    """A language model that was asked for linking text."""

    name: str
    wrote: int  # texts
    failed: str  # why others were not written; empty: none failed


class Synthesis(msgspec.Struct, frozen=True, rename="camel"):
    """What a corpus says, and what it lacks."""

    language: str  # of the report
    profile: Profile
    themes: tuple[ThemePart, ...]
    few: bool  # too few documents to be parted into themes
    extract: tuple[Quote, ...]  # of a corpus of one document: its key sentences
    central: tuple[Central, ...]
    recent: tuple[Source, ...]
    cited: tuple[CitedMost, ...]
    vocabulary: tuple[Term, ...]
    gaps: tuple[Gap, ...]
    read: int  # documents whose text was read for quotations
    model: Model | None
    report: Report
