"""Themes as they are given out."""

from __future__ import annotations

import msgspec


class TypicalDocument(msgspec.Struct, frozen=True, rename="camel"):
    """A document and how near to the middle of its theme it is, 0 to 1."""

    ark: str
    title: str
    year: int
    closeness: float


class Theme(msgspec.Struct, frozen=True, rename="camel"):
    """Documents that speak of the same."""

    number: int  # 1 is the largest
    label: str
    terms: tuple[str, ...]
    language: str  # of its documents' words; empty: several
    documents: int
    share: float
    cohesion: float  # mean closeness of its documents
    typical: tuple[TypicalDocument, ...]
    arks: tuple[str, ...]  # all its documents, the most typical first


class Themes(msgspec.Struct, frozen=True, rename="camel"):
    """The themes of a corpus, the largest first."""

    few: bool  # too few documents to be parted: one theme holds all
    rule: str  # how their number came about
    languages: tuple[tuple[str, int], ...]  # themes of each
    themes: tuple[Theme, ...]
