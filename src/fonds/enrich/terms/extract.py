"""Terms of a text: candidates, looked at, ranked, and freed of those that say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

import msgspec
import numpy as np

from fonds.enrich.terms.candidates import (
    Candidates,
    Document,
    Surfaces,
    find_candidates,
    tokenise,
)
from fonds.enrich.terms.features import features, phrases, shortlist
from fonds.enrich.terms.frequencies import Floats, GeneralLanguage, Rarity, StemRarity
from fonds.enrich.terms.names import Names
from fonds.enrich.terms.vocabulary import Ints, Vocabulary
from fonds.enrich.words import Words

MOST = 20  # terms of a document
MOST_COUNTED = 150  # candidates of a document that are counted for its corpus
_LEAST_WORDS = 20  # below, a text says too little
_LEAST_COUNT = 2  # of what is counted for a corpus, but for terms
# pieces of addresses that stand on every page of some journals
_NO_TERM = frozenset({"doi", "dx", "http", "https", "www", "org", "com", "html", "orcid"})
# what print says of itself; stems, no terms where they stand alone
_PRINTED = frozenset(
    {"abstract", "acknowledg", "conclus", "copyright", "correspond", "creativ", "creativ common",
     "download", "introduct", "keyword", "summari",
     "licens", "publish", "reprint", "résumé", "télécharg"}
)  # fmt: skip


class Scorer(Protocol):
    """Ranks candidates."""

    name: str

    def score(self, rows: Floats) -> Floats:
        """Return one number for each row of features; more is better."""
        ...


class Term(msgspec.Struct, frozen=True):
    """A phrase that says what a document is about."""

    term: str  # as the document writes it most often
    stems: str  # what its spellings share
    frequency: int
    specificity: float  # TEEFT's: count against the general language, 1 for the most specific
    score: float  # of the ranker; a probability where it was trained


class Counted(msgspec.Struct, frozen=True, array_like=True):
    """A candidate and how often it stands in the text."""

    form: str  # as it is written first
    stems: str
    count: int


class Extracted(msgspec.Struct, frozen=True):
    """What a text gives: its terms, and what may be a term of a corpus that it is part of."""

    terms: tuple[Term, ...] = ()  # best first
    candidates: tuple[Counted, ...] = ()  # most frequent first: places tell nothing of the text


class Looked(msgspec.Struct, frozen=True):
    """A document's best candidates with what is known of them."""

    document: Document
    candidates: Candidates
    rows: Ints
    phrases: list[str]
    features: Floats


class Extractor:
    """Finds terms in texts of one language."""

    def __init__(
        self, words: Words, general: GeneralLanguage, rarity: Rarity, scorer: Scorer
    ) -> None:
        self.words = words
        self.scorer = scorer
        self._general = general
        self._rarity = StemRarity(rarity)
        self._vocabulary = Vocabulary(words)

    def terms(self, parts: Sequence[str], most: int = MOST) -> tuple[Term, ...]:
        """Return the terms of title, abstract and body, best first; none of a text too short."""
        return self.extract(parts, most).terms

    def extract(
        self, parts: Sequence[str], most: int = MOST, names: Names | None = None
    ) -> Extracted:
        """Return terms and candidates of title, abstract and body; none of a text too short."""
        document = tokenise(self._vocabulary, parts)
        if document.size < _LEAST_WORDS:
            return Extracted()
        looked = look(document, self._rarity)
        scores = self.scorer.score(looked.features)
        order = np.argsort(-scores, kind="stable").tolist()
        surfaces = Surfaces(document, looked.candidates)
        rows = looked.rows.tolist()

        @cache
        def written(at: int) -> str:
            return surfaces.most_frequent(rows[at])

        kept = _distinct(looked, order, most, names, written)
        specific = self._specificity(looked, kept)
        terms = tuple(
            Term(
                term=written(at),
                stems=looked.phrases[at],
                frequency=int(looked.candidates.count[rows[at]]),
                specificity=round(float(value), 4),
                score=round(float(scores[at]), 4),
            )
            for at, value in zip(kept, specific, strict=True)
        )
        return Extracted(terms, _counted(looked, surfaces, kept))

    def _specificity(self, looked: Looked, kept: Sequence[int]) -> list[float]:
        """Return counts against the general language, the rarest word of a phrase telling."""
        counts = looked.candidates.count[looked.rows]
        raw = [float(counts[at]) / self._general.share(looked.phrases[at]) for at in kept]
        most = max(raw, default=1.0)
        return [value / most for value in raw]


def look(document: Document, rarity: StemRarity) -> Looked:
    """Return the best candidates of a document with what is known of them."""
    candidates = find_candidates(document)
    of_words = rarity.of_stems(document.known_stems, document.stem_numbers)
    rows = shortlist(document, candidates, of_words)
    found = phrases(document, candidates, rows)
    return Looked(
        document,
        candidates,
        rows,
        found,
        features(document, candidates, rows, found, rarity.idf(found), of_words),
    )


def _counted(looked: Looked, surfaces: Surfaces, kept: Sequence[int]) -> tuple[Counted, ...]:
    """Return what comes back in the text, the most promising first chosen, and the terms."""
    counts = looked.candidates.count[looked.rows]
    again = np.flatnonzero(counts >= _LEAST_COUNT)[:MOST_COUNTED].tolist()
    chosen = list({*again, *kept})
    times, forms = counts[chosen].tolist(), surfaces.first(looked.rows[chosen])
    stems = [looked.phrases[at] for at in chosen]
    order = sorted(zip([-one for one in times], stems, forms, strict=True))
    return tuple([Counted(form, stem, -less) for less, stem, form in order])


def _distinct(
    looked: Looked,
    order: Sequence[int],
    most: int,
    names: Names | None,
    written: Callable[[int], str],
) -> list[int]:
    """Return the first rows that are no part of a better one and hold none as often."""
    counts = looked.candidates.count[looked.rows].tolist()
    kept: list[tuple[int, str]] = []
    for at in order:
        phrase = f" {looked.phrases[at].replace('-', ' ')} "
        if phrase.strip() in _PRINTED or not _NO_TERM.isdisjoint(phrase.split()):
            continue
        if names and names.hold(written(at)):
            continue
        if not any(
            phrase in other or (other in phrase and counts[better] <= counts[at])
            for better, other in kept
        ):
            kept.append((at, phrase))
            if len(kept) == most:
                break
    return [at for at, _ in kept]
