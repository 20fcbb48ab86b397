"""The trained ranker of terms: boosted trees over what is known of each candidate (LightGBM)."""

from __future__ import annotations

import numpy as np

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.terms.features import NAMES
from fonds.enrich.terms.frequencies import Floats
from fonds.enrich.terms.trees import Trees

_PARAMETERS = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.04,
    "min_data_in_leaf": 20,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 1,
    "verbose": -1,
}
_TREES = 200


class Ranker:
    """Ranks candidates by the probability that an author would have named them."""

    name = "ranker"

    def __init__(self, model: str) -> None:
        self._model = model
        self._trees = Trees.load(model)

    @staticmethod
    def train(rows: Floats, named: list[bool]) -> Ranker:
        """Learn from candidates and whether the author named each."""
        import lightgbm  # noqa: PLC0415  # takes two seconds and 80 MB, which only training needs

        data = lightgbm.Dataset(rows, np.asarray(named, np.float64), feature_name=list(NAMES))
        return Ranker(lightgbm.train(_PARAMETERS, data, _TREES).model_to_string())

    @staticmethod
    def load(data: bytes, where: str) -> Ranker:
        """Read what `dump` wrote; raises ModelUnreadable."""
        try:
            ranker = Ranker(data.decode())
        except (ValueError, KeyError, IndexError, RecursionError) as error:
            raise ModelUnreadable(path=where, reason="it is no model of terms") from error
        if ranker._trees.names != NAMES:
            raise ModelUnreadable(path=where, reason="it was trained on other numbers")
        return ranker

    def dump(self) -> bytes:
        """Return the model as a file; two trainings on the same texts give the same bytes."""
        return self._model.encode()

    def score(self, rows: Floats) -> Floats:
        """Return the probability of each candidate."""
        if not len(rows):
            return np.zeros(0)
        return np.asarray(1.0 / (1.0 + np.exp(-self._trees.score(rows))), np.float64)
