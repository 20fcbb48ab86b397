"""How many documents of each year have something, and whether the years change that."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fonds.analyses.corpus import Corpus
from fonds.analyses.counting import by_year
from fonds.analyses.trends.bursts import Floats, Ints
from fonds.analyses.trends.candidates import Candidate
from fonds.search.query.lucene import read_query
from fonds.settings import SearchSettings

_LIMITS = SearchSettings()


def documents_of(corpus: Corpus) -> Ints:
    """Return how many documents each year has."""
    return np.array(by_year(corpus.digests, corpus.years), np.int64)


def counts_of(corpus: Corpus, found: Sequence[Candidate]) -> Ints:
    """Return how many documents of each year a search finds, one row for each candidate."""
    years = np.array([one.year for one in corpus.digests], np.int64)
    first, size = corpus.years[0] if corpus.years else 0, len(corpus.years)
    rows = np.zeros((len(found), size), np.int64)
    for at, one in enumerate(found):
        held = np.isin(corpus.ords, corpus.find(read_query(one.query, settings=_LIMITS)))
        known = years[held & (years > 0)]
        rows[at] = np.bincount(known - first, minlength=size)
    return rows


def trend(counts: Ints, documents: Ints) -> Floats:
    """Return the Cochran-Armitage test of each row: z, positive where shares rise.

    1.96 either way is what chance passes once in twenty. Biometrics 11 (1955), 375-386.
    """
    whole = max(1, int(documents.sum()))
    years = np.arange(len(documents), dtype=np.float64)
    share = counts.sum(axis=1) / whole
    moved = (counts - share[:, None] * documents) @ years
    spread = (documents * years**2).sum() - (documents * years).sum() ** 2 / whole
    variance = share * (1 - share) * spread
    z: Floats = np.divide(moved, np.sqrt(variance), out=np.zeros(len(counts)), where=variance > 0)
    return z
