"""Candidates for terms: runs of words that neither a sign nor a stop word interrupts.

Runs of one to four words are counted by integers, one array operation a length; only the most
promising are looked at further. Linking words ("degré de liberté") may stand inside a run.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.enrich.words import LINK, OTHER, SIGN, TERM, Words

LONGEST = 4  # words of a term
MOST_TOKENS = 200_000  # a text is cut there: about 400 pages
_MOST_STEMS = 50_000  # so that four of them make a 64-bit number; rarer ones are signs

Ints = npt.NDArray[np.int64]


class Document(msgspec.Struct, frozen=True):
    """A tokenised text: its parts are title, abstract and body."""

    tokens: list[str]  # as written
    stems: list[str]  # by number
    token_stem: Ints  # number of the stem of each token
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


def tokenise(words: Words, parts: Sequence[str]) -> Document:
    """Cut title, abstract and body into numbered stems."""
    tokens: list[str] = []
    ends: list[int] = []
    for part in parts:
        tokens += words.tokens(part)
        tokens.append(".")
        ends.append(len(tokens))
    del tokens[MOST_TOKENS:]
    types = dict.fromkeys(tokens)
    numbers = dict(zip(types, range(len(types)), strict=True))
    kind_list, stem_list = zip(*map(words.look, types), strict=True)
    stems = dict.fromkeys(stem_list)
    stem_numbers = dict(zip(stems, range(len(stems)), strict=True))
    kinds = np.array(kind_list, np.int64)
    of_type = np.array([stem_numbers[stem] for stem in stem_list], np.int64)
    kinds[of_type >= _MOST_STEMS] = SIGN
    codes = np.array(list(map(numbers.__getitem__, tokens)), np.int64)
    return Document(
        tokens=tokens,
        stems=list(stems),
        token_stem=of_type[codes],
        token_kind=kinds[codes],
        title_end=ends[0],
        abstract_end=ends[1],
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


def surface(document: Document, candidates: Candidates, row: int) -> str:
    """Return a candidate as it is written most often; the earliest form wins a tie."""
    length = int(candidates.length[row])
    stems = candidates.words[row, :length]
    starts = np.flatnonzero(document.token_stem[: document.size - length + 1] == stems[0])
    for at in range(1, length):
        starts = starts[document.token_stem[starts + at] == stems[at]]
    forms: dict[str, int] = {}
    for start in starts.tolist():
        form = _joined(document.tokens[start : start + length])
        forms[form] = forms.get(form, 0) + 1
    return max(forms, key=forms.__getitem__)


def first_surface(document: Document, candidates: Candidates, row: int) -> str:
    """Return a candidate as it is written where it stands first."""
    start = int(candidates.first[row])
    return _joined(document.tokens[start : start + int(candidates.length[row])])


def _joined(tokens: Sequence[str]) -> str:
    if len(tokens) == 1:
        return tokens[0]
    return " ".join(tokens).replace("' ", "'").replace("’ ", "’")


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
