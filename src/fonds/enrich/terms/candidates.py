"""Candidates for terms: runs of words that neither a sign nor a stop word interrupts.

Runs of one to four words are counted by integers, one array operation a length; only the most
promising are looked at further. Linking words ("degré de liberté") may stand inside a run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from fonds.enrich.terms.vocabulary import Ints, Vocabulary
from fonds.enrich.words import LINK, OTHER, SIGN, TERM

LONGEST = 4  # words of a term
MOST_TOKENS = 200_000  # a text is cut there: about 400 pages
_MOST_STEMS = 50_000  # so that four of them make a 64-bit number; rarer ones are signs
_NARROW = 1 << 16


class Document(msgspec.Struct, frozen=True):
    """A tokenised text: its parts are title, abstract and body."""

    tokens: Ints  # numbers in `written`
    written: Sequence[str]  # all tokens of the vocabulary
    stems: list[str]  # by number, in the order in which they come first
    known_stems: Sequence[str]  # all stems of the vocabulary
    stem_numbers: Ints  # of `stems` in `known_stems`
    token_stem: Ints  # number in `stems` of each token
    token_kind: Ints
    title_end: int  # tokens of the title, and of title and abstract
    abstract_end: int

    @property
    def size(self) -> int:
        """Return the number of tokens."""
        return len(self.tokens)


class Candidates(msgspec.Struct, frozen=True):
    """Runs of words that occur in a document, one row each."""

    words: Ints  # stems of each, filled up with -1; shape (n, LONGEST)
    length: Ints
    count: Ints
    first: Ints  # token where it stands first
    last: Ints
    within: Ints  # how often it stands within a longer run that comes back


def tokenise(vocabulary: Vocabulary, parts: Sequence[str]) -> Document:
    """Cut title, abstract and body into numbered stems."""
    vocabulary.renew()
    read = [vocabulary.read(part) for part in parts]
    tokens = np.concatenate(read)[:MOST_TOKENS]
    kinds, known = vocabulary.kinds_and_stems(tokens)
    first = vocabulary.first_places(known)
    new = first == np.arange(len(first))
    token_stem = (np.cumsum(new) - 1)[first]
    stem_numbers = known[new]
    kinds[token_stem >= _MOST_STEMS] = SIGN
    return Document(
        tokens=tokens,
        written=vocabulary.tokens,
        stems=list(map(vocabulary.stems.__getitem__, stem_numbers.tolist())),
        known_stems=vocabulary.stems,
        stem_numbers=stem_numbers,
        token_stem=token_stem,
        token_kind=kinds,
        title_end=len(read[0]),
        abstract_end=len(read[0]) + len(read[1]),
    )


def find_candidates(document: Document) -> Candidates:
    """Return every run of one to four words, in the order of length and first place."""
    stem, kind = document.token_stem, document.token_kind
    edge = kind == TERM
    inner = edge | (kind == LINK) | (kind == OTHER)
    base = min(len(document.stems), _MOST_STEMS) + 1
    rows: list[tuple[Ints, ...]] = []
    places: list[tuple[Ints, Ints]] = []  # starts, and the row of each
    keys, whole = stem, np.ones(len(stem), bool)
    for length in range(1, LONGEST + 1):
        if length > 1:
            keys = keys[:-1] * base + stem[length - 1 :]
            whole = whole[:-1] & inner[length - 2 : len(inner) - 1]
        last = edge[length - 1 :]
        starts = np.flatnonzero(edge[: len(whole)] & whole & last)
        _, index, which, counts = np.unique(
            keys[starts], return_index=True, return_inverse=True, return_counts=True
        )
        final = np.zeros(len(counts), np.int64)
        final[which] = starts  # the later one stays
        of_words = np.full((len(counts), LONGEST), -1, np.int64)
        first = starts[index]
        for at in range(length):
            of_words[:, at] = stem[first + at]
        rows.append((of_words, np.full(len(counts), length), counts, first, final))
        places.append((starts, which))
    within = _within(places, [row[2] for row in rows], len(stem))
    columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
    return Candidates(columns[0], columns[1], columns[2], columns[3], columns[4], within)


class Surfaces:
    """How the candidates of a document are written."""

    def __init__(self, document: Document, candidates: Candidates) -> None:
        self._document = document
        self._candidates = candidates
        stems = document.token_stem
        narrow = stems.astype(np.uint16) if len(document.stems) <= _NARROW else stems
        self._order = np.argsort(narrow, kind="stable")  # tokens by stem; of few bits, by radix
        self._ends = np.cumsum(np.bincount(stems, minlength=len(document.stems)))

    def most_frequent(self, row: int) -> str:
        """Return a candidate as it is written most often; the earliest form wins a tie."""
        length = int(self._candidates.length[row])
        stem, *more = self._candidates.words[row, :length].tolist()
        starts = self._order[self._ends[stem - 1] if stem else 0 : self._ends[stem]]
        if more:
            starts = starts[starts <= self._document.size - length]
            for at, other in enumerate(more, start=1):
                starts = starts[self._document.token_stem[starts + at] == other]
        tokens = self._document.tokens
        written = [tokens[starts + at].tolist() for at in range(length)]
        forms: Counter[Sequence[int]] = Counter(zip(*written, strict=True))
        return self._joined(max(forms, key=forms.__getitem__))

    def first(self, rows: Ints) -> list[str]:
        """Return candidates as they are written where they stand first."""
        tokens = self._document.tokens
        first, length = self._candidates.first[rows], self._candidates.length[rows]
        within = np.minimum(first[:, None] + np.arange(LONGEST), len(tokens) - 1)
        return [
            self._joined(of_row[:words])
            for of_row, words in zip(tokens[within].tolist(), length.tolist(), strict=True)
        ]

    def _joined(self, tokens: Sequence[int]) -> str:
        written = self._document.written
        if len(tokens) == 1:
            return written[tokens[0]]
        text = " ".join([written[token] for token in tokens])
        return text.replace("' ", "'").replace("’ ", "’")


def _within(places: list[tuple[Ints, Ints]], counts: list[Ints], size: int) -> Ints:
    """Count for each run how often it begins or ends a longer run that comes back.

    Runs one word longer are looked at, and two: "degrés" in "degrés de liberté".
    """
    found = []
    for at, (starts, which) in enumerate(places):
        row_at = np.full(size + LONGEST, -1, np.int64)
        row_at[starts] = which
        total = np.zeros(len(counts[at]), np.int64)
        for more in range(1, min(3, len(places) - at)):
            longer, times = places[at + more], counts[at + more]
            again = longer[0][times[longer[1]] > 1]
            rows = np.concatenate([row_at[again], row_at[again + more]])
            total = np.maximum(total, np.bincount(rows[rows >= 0], minlength=len(total)))
        found.append(total)
    return np.concatenate(found)
