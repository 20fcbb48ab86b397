"""What is known of a candidate: the numbers by which terms are ranked (KEA, Maui, KP-Miner)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fonds.enrich.terms.candidates import Candidates, Document
from fonds.enrich.terms.frequencies import Floats
from fonds.enrich.terms.vocabulary import Ints

NAMES = (
    "length", "log_count", "share", "first", "log_first", "last", "spread", "idf", "count_idf",
    "word_idf_mean", "word_idf_least", "word_idf_most", "word_count_mean", "word_count_least",
    "within", "alone", "size", "title", "abstract", "letters", "capital",
)  # fmt: skip
_LOOKED_AT = 250  # candidates of a document that are ranked
_EARLY = 400  # tokens: a run that occurs once is looked at only there


def shortlist(document: Document, candidates: Candidates, words: Floats) -> Ints:
    """Return the rows of the most promising candidates, best first.

    `words` is the idf of each stem of the document.
    """
    seen = (candidates.count > 1) | (candidates.first < max(_EARLY, document.abstract_end))
    rows = np.flatnonzero(seen)
    idf = _of_words(words, candidates.words[rows])
    length = candidates.length[rows]
    mean = idf.sum(axis=1) / length
    alone = np.maximum(candidates.count[rows] - 0.7 * candidates.within[rows], 0.3)
    first = candidates.first[rows]
    place = 1.0 + 1.0 * (first < document.abstract_end) + 0.7 * (first < document.title_end)
    score = np.log1p(alone) * mean * place * np.where(length > 1, 1.25, 1.0)
    order = np.lexsort((rows, -score))[:_LOOKED_AT]
    return rows[order].astype(np.int64)


def phrases(document: Document, candidates: Candidates, rows: Ints) -> list[str]:
    """Return candidates as their stems, parted by blanks."""
    stems = document.stems
    return [
        " ".join([stems[at] for at in row if at >= 0]) for row in candidates.words[rows].tolist()
    ]


def features(
    document: Document,
    candidates: Candidates,
    rows: Ints,
    found: Sequence[str],
    idf: Floats,
    words: Floats,
) -> Floats:
    """Return one row of numbers for each candidate, in the order of NAMES.

    `found` are the candidates' phrases, `idf` theirs, `words` the idf of each stem.
    """
    size = float(document.size)
    count = candidates.count[rows].astype(np.float64)
    length = candidates.length[rows].astype(np.float64)
    first = candidates.first[rows].astype(np.float64)
    last = candidates.last[rows].astype(np.float64)
    within = candidates.within[rows].astype(np.float64)
    of_words = candidates.words[rows]
    word_idf_of = _of_words(words, of_words)
    held = of_words >= 0
    times = np.bincount(document.token_stem, minlength=len(document.stems)).astype(np.float64)
    counts = _of_words(times, of_words)
    letters = np.array(list(map(len, found)), np.float64) - (length - 1.0)  # without blanks
    return np.column_stack([
        length,
        np.log1p(count),
        count / size,
        first / size,
        np.log1p(first),
        last / size,
        (last - first) / size,
        idf,
        np.log1p(count) * idf,
        word_idf_of.sum(axis=1) / length,
        np.where(held, word_idf_of, np.inf).min(axis=1),
        word_idf_of.max(axis=1),
        np.log1p(counts.sum(axis=1) / length),
        np.log1p(np.where(held, counts, np.inf).min(axis=1)),
        within / count,
        np.log1p(np.maximum(count - within, 0.0)),
        np.full(len(rows), np.log1p(size)),
        (first < document.title_end).astype(np.float64),
        (first < document.abstract_end).astype(np.float64),
        letters / length,
        _capitals(document, candidates, rows),
    ])  # fmt: skip


def _of_words(values: Floats, words: Ints) -> Floats:
    """Return the values of the words of each candidate; 0 where there is no word."""
    return np.where(words >= 0, values[words], 0.0)


def _capitals(document: Document, candidates: Candidates, rows: Ints) -> Floats:
    """Tell which candidates begin with a capital where they stand last: names, acronyms."""
    written = document.written
    tokens = document.tokens[candidates.last[rows]].tolist()
    return np.array([written[token][0].isupper() for token in tokens], np.float64)
