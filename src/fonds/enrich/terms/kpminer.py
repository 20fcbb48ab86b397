"""KP-Miner: ranks terms without anything learned; the cold start of every language.

El-Beltagy and Rafea, Information Systems 34 (2009), 132-144: count times idf, longer terms raised
by what single words have more of, terms that begin late left out.
"""

from __future__ import annotations

import numpy as np

from fonds.enrich.terms.features import NAMES
from fonds.enrich.terms.frequencies import Floats

_ALPHA, _SIGMA = 2.3, 3.0  # of the paper: the boost of longer terms, and its bound
_AT = {name: at for at, name in enumerate(NAMES)}


class KpMiner:
    """Ranks by counts, idf, place and length."""

    name = "kp-miner"

    def score(self, rows: Floats) -> Floats:
        """Return how much each candidate is a term of the document; more is better."""

        def column(name: str) -> Floats:
            return np.asarray(rows[:, _AT[name]], np.float64)

        count = np.expm1(column("log_count"))
        longer = column("length") > 1
        boost = min(_SIGMA, max(1.0, len(rows) / (_ALPHA * max(int(longer.sum()), 1))))
        place = 1.0 + column("abstract") + column("title")
        within = 1.0 - 0.8 * np.minimum(column("within"), 1.0)
        return np.asarray(
            count * column("idf") * np.where(longer, boost, 1.0) * place * within, np.float64
        )
