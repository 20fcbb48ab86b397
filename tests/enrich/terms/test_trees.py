"""Trees walked at once give what LightGBM gives, to the last bit."""

from __future__ import annotations

import lightgbm
import numpy as np
import pytest

from fonds.enrich.models import read_model
from fonds.enrich.terms.features import NAMES
from fonds.enrich.terms.ranker import Ranker
from fonds.enrich.terms.trees import Trees


@pytest.mark.parametrize("rows", [1, 2, 3, 7, 8, 400])
def test_the_bundled_ranker_ranks_as_lightgbm(rows: int) -> None:
    """Also for numbers that are a threshold of the model."""
    model = read_model("nowhere", "terms/eng.ranker.txt")
    assert model is not None
    ranker = Ranker.load(model.data, model.name)
    numbers = np.random.default_rng(rows).random((rows, len(NAMES))) * 12
    thresholds = [table for table, _ in ranker._trees._tables]
    for column, values in enumerate(thresholds):
        numbers[:: column + 2, column] = values[rows % max(len(values), 1)] if len(values) else 0.0
    booster = lightgbm.Booster(model_str=model.data.decode())
    expected = np.asarray(booster.predict(numbers, num_threads=1))
    assert ranker.score(numbers).tolist() == expected.tolist()


def test_a_tree_without_conditions_is_its_leaf() -> None:
    """LightGBM writes such trees when nothing was learnt."""
    trees = Trees.load("tree\nfeature_names=a b\n\nTree=0\nnum_leaves=1\nleaf_value=0.5\n")
    assert trees.score(np.zeros((2, 2))).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("change", [("decision_type=2", "decision_type=1"), ("leaf_value", "x")])
def test_other_trees_are_refused(change: tuple[str, str]) -> None:
    """Conditions of another kind, and what is no model."""
    text = (
        "tree\nfeature_names=a\n\nTree=0\nnum_leaves=2\nsplit_feature=0\nthreshold=1\n"
        "decision_type=2\nleft_child=-1\nright_child=-2\nleaf_value=1 2\n"
    )
    assert Trees.load(text).score(np.array([[1.0], [1.1]])).tolist() == [1.0, 2.0]
    with pytest.raises((ValueError, KeyError)):
        Trees.load(text.replace(*change))
