"""A terminology as it is given and written to files."""

from __future__ import annotations

from typing import Literal

import msgspec

from fonds.analyses.terminology.contexts import Context

Reference = Literal["rest", "beside", "none"]


class Variant(msgspec.Struct, frozen=True):
    """A spelling, and how many documents of the corpus a search for it finds."""

    form: str
    documents: int
    query: str


class Term(msgspec.Struct, frozen=True, rename="camel"):
    """A term of a corpus."""

    term: str  # as the corpus writes it most often
    language: str  # ISO 639-2/B
    stems: str  # what its spellings share
    score: float  # it orders; no more
    weirdness: float  # its share of the corpus' words against that of the language in general
    occurrences: int  # in the documents among whose most promising phrases it is
    documents: int  # of the corpus, that a search for any of its spellings finds
    archive: int  # ... of the whole archive
    keyness: float  # G² of `documents` against the reference
    query: str
    variants: tuple[Variant, ...]
    contexts: tuple[Context, ...]


class Terminology(msgspec.Struct, frozen=True, rename="camel"):
    """The terms of a corpus, in the order asked for."""

    terms: tuple[Term, ...]
    candidates: int  # that were ranked
    corpus: int  # documents
    reference: Reference  # what keyness compares with: the rest of the archive, a second corpus
    reference_documents: int
