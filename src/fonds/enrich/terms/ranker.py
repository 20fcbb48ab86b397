"""The trained ranker of terms: boosted trees over what is known of each candidate (LightGBM)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.terms.features import NAMES
from fonds.enrich.terms.frequencies import Floats

if TYPE_CHECKING:
    import lightgbm  # takes a second and 80 MB, which only ranking needs

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


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what the library prints of a broken file (`[LightGBM] [Fatal]`) off standard error.

    It writes to the descriptor itself, whatever logger it is given.
    """
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class Ranker:
    """Ranks candidates by the probability that an author would have named them."""

    name = "ranker"

    def __init__(self, booster: lightgbm.Booster) -> None:
        self._booster = booster

    @staticmethod
    def train(rows: Floats, named: list[bool]) -> Ranker:
        """Learn from candidates and whether the author named each."""
        import lightgbm  # noqa: PLC0415

        data = lightgbm.Dataset(rows, np.asarray(named, np.float64), feature_name=list(NAMES))
        return Ranker(lightgbm.train(_PARAMETERS, data, _TREES))

    @staticmethod
    def load(data: bytes, where: str) -> Ranker:
        """Read what `dump` wrote; raises ModelUnreadable."""
        import lightgbm  # noqa: PLC0415

        try:
            with _silent():
                booster = lightgbm.Booster(model_str=data.decode())
        except (lightgbm.basic.LightGBMError, UnicodeDecodeError) as error:
            raise ModelUnreadable(path=where, reason="it is no model of terms") from error
        if booster.feature_name() != list(NAMES):
            raise ModelUnreadable(path=where, reason="it was trained on other numbers")
        return Ranker(booster)

    def dump(self) -> bytes:
        """Return the model as a file; two trainings on the same texts give the same bytes."""
        return self._booster.model_to_string().encode()

    def score(self, rows: Floats) -> Floats:
        """Return the probability of each candidate."""
        if not len(rows):
            return np.zeros(0)
        return np.asarray(self._booster.predict(rows, num_threads=1), np.float64)
