"""The encoder gives what the same arithmetic gives, written otherwise: number by number."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.vectors.bert import HEAD, Bert
from tests.enrich.vectors.making import LAYERS, PIECES, PLACES, WIDTH, Floats, weights

Doubles = npt.NDArray[np.float64]
Weights = dict[str, Doubles]
_WEIGHTS = weights()
_BERT = Bert(_WEIGHTS, Path("small"))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, len(PIECES) - 1), min_size=1, max_size=PLACES))
def test_a_vector_is_that_of_the_definition(pieces: list[int]) -> None:
    """Each piece and head by itself, in double precision, with the exact error function."""
    found = _BERT.vector(pieces)
    assert found.dtype == np.float32
    assert math.isclose(float(np.linalg.norm(found)), 1, abs_tol=1e-5)
    assert np.abs(found - _defined(pieces)).max() < 2e-4


def test_the_order_of_pieces_matters() -> None:
    assert not np.allclose(_BERT.vector([5, 6, 7]), _BERT.vector([7, 6, 5]), atol=1e-3)


@pytest.mark.parametrize("missing", sorted(_WEIGHTS)[::7])
def test_a_model_without_a_part_is_told(missing: str) -> None:
    rest = {name: array for name, array in _WEIGHTS.items() if name != missing}
    with pytest.raises(ModelUnreadable, match=r"model\.safetensors"):
        Bert(rest, Path("model.safetensors"))


def _defined(pieces: list[int]) -> Floats:
    w: Weights = {name: array.astype(np.float64) for name, array in _WEIGHTS.items()}
    rows = [
        _norm(
            w["embeddings.word_embeddings.weight"][piece]
            + w["embeddings.position_embeddings.weight"][place]
            + w["embeddings.token_type_embeddings.weight"][0],
            w,
            "embeddings",
        )
        for place, piece in enumerate(pieces)
    ]
    for at in range(LAYERS):
        name = f"encoder.layer.{at}"
        told = _heads(rows, w, f"{name}.attention.self")
        rows = [
            _norm(row + _dense(one, w, f"{name}.attention.output.dense"), w,
                  f"{name}.attention.output")
            for row, one in zip(rows, told, strict=True)
        ]  # fmt: skip
        wide = [
            np.array([x * 0.5 * (1 + math.erf(x / math.sqrt(2))) for x in one])
            for one in (_dense(row, w, f"{name}.intermediate.dense") for row in rows)
        ]
        rows = [
            _norm(row + _dense(one, w, f"{name}.output.dense"), w, f"{name}.output")
            for row, one in zip(rows, wide, strict=True)
        ]
    mean = sum(rows) / len(rows)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _heads(rows: list[Doubles], w: Weights, name: str) -> list[Doubles]:
    told = [np.zeros(WIDTH) for _ in rows]
    for begin in range(0, WIDTH, HEAD):
        part = slice(begin, begin + HEAD)
        queries, keys, values = (
            [_dense(row, w, f"{name}.{one}")[part] for row in rows]
            for one in ("query", "key", "value")
        )
        for place, query in enumerate(queries):
            seen = [math.exp(query @ key / math.sqrt(HEAD)) for key in keys]
            told[place][part] = sum(
                s / sum(seen) * value for s, value in zip(seen, values, strict=True)
            )
    return told


def _dense(row: Doubles, w: Weights, name: str) -> Doubles:
    dense: Doubles = w[f"{name}.weight"] @ row + w[f"{name}.bias"]
    return dense


def _norm(row: Doubles, w: Weights, name: str) -> Doubles:
    spread = math.sqrt(row.var() + 1e-12)
    gain, bias = w[f"{name}.LayerNorm.weight"], w[f"{name}.LayerNorm.bias"]
    normed: Doubles = (row - row.mean()) / spread * gain + bias
    return normed
