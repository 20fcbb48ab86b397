"""A small BERT encoder in numpy: pieces of words in, one vector of length 1 out.

https://arxiv.org/abs/1810.04805; pooled as https://arxiv.org/abs/1908.10084 does, by the mean over
all pieces. One text at a time: nothing is padded, so nothing is reckoned in vain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.vectors.weights import Floats

HEAD = 32  # numbers of one head of attention, in every MiniLM
_LEAST = np.float32(1e-12)  # beneath the root of a variance
_GELU = tuple(map(np.float32, (0.79749349616, 0.0370187208374, -0.00035364100795)))
_FAR = np.float32(36.0)  # square of what is as good as infinite


class _Layer(msgspec.Struct, frozen=True):
    """The numbers of one layer; matrices stand so that rows are multiplied by them."""

    asked: Floats  # queries, keys and values side by side
    asked_bias: Floats
    told: Floats
    told_bias: Floats
    told_norm: tuple[Floats, Floats]
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    narrow_norm: tuple[Floats, Floats]


class Bert:
    """One model, ready to reckon."""

    def __init__(self, weights: Mapping[str, Floats], path: Path) -> None:
        try:
            self._words = weights["embeddings.word_embeddings.weight"]
            places = weights["embeddings.position_embeddings.weight"]
            self._places = places + weights["embeddings.token_type_embeddings.weight"][0]
            self._norm = _norm(weights, "embeddings")
            count = 1 + max(int(name.split(".")[2]) for name in weights if _is_layer(name))
            self._layers = [_layer(weights, f"encoder.layer.{at}") for at in range(count)]
        except (KeyError, ValueError, IndexError) as error:
            raise ModelUnreadable(path=path, reason=f"it has no {error}") from error

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has."""
        return int(self._words.shape[1])

    @property
    def most(self) -> int:
        """Return how many pieces of words it can read at once."""
        return len(self._places)

    def vector(self, pieces: Sequence[int]) -> Floats:
        """Return the vector of a text given as numbers of pieces, its length 1."""
        rows = _normed(self._words[list(pieces)] + self._places[: len(pieces)], *self._norm)
        for layer in self._layers:
            rows = _normed(rows + _attended(rows, layer), *layer.told_norm)
            wide = _gelu(rows @ layer.wide + layer.wide_bias)
            rows = _normed(rows + wide @ layer.narrow + layer.narrow_bias, *layer.narrow_norm)
        mean: Floats = rows.mean(axis=0)
        return mean / np.float32(max(float(np.linalg.norm(mean)), 1e-12))


def _attended(rows: Floats, layer: _Layer) -> Floats:
    """Let every piece look at all others."""
    count, width = rows.shape
    asked = (rows @ layer.asked + layer.asked_bias).reshape(count, 3, width // HEAD, HEAD)
    queries, keys, values = asked.transpose(1, 2, 0, 3)
    seen = queries @ keys.transpose(0, 2, 1) * np.float32(HEAD**-0.5)
    seen -= seen.max(axis=-1, keepdims=True)
    np.exp(seen, out=seen)
    seen /= seen.sum(axis=-1, keepdims=True)
    told = (seen @ values).transpose(1, 0, 2).reshape(count, width)
    attended: Floats = told @ layer.told + layer.told_bias
    return attended


def _normed(rows: Floats, gain: Floats, bias: Floats) -> Floats:
    rows = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt((rows * rows).mean(axis=-1, keepdims=True) + _LEAST)
    normed: Floats = rows / spread * gain + bias
    return normed


def _gelu(rows: Floats) -> Floats:
    """Return x times the normal distribution of x, by a hyperbolic tangent.

    Its inner polynomial was fitted on [0, 6]: wrong by 2e-5 at most, where the usual one of two
    terms is by 5e-4; the exact function takes five times as long.
    """
    inner: Floats = np.minimum(rows * rows, _FAR)
    inner = (inner * _GELU[2] + _GELU[1]) * inner + _GELU[0]
    inner *= rows
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    inner *= np.float32(0.5)
    return inner


def _is_layer(name: str) -> bool:
    return name.startswith("encoder.layer.")


def _norm(weights: Mapping[str, Floats], name: str) -> tuple[Floats, Floats]:
    gain, bias = weights[f"{name}.LayerNorm.weight"], weights[f"{name}.LayerNorm.bias"]
    return np.array(gain), np.array(bias)


def _layer(weights: Mapping[str, Floats], name: str) -> _Layer:
    asked = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    told, wide, narrow = (
        f"{name}.{part}" for part in ("attention.output", "intermediate", "output")
    )

    def turned(*parts: str) -> Floats:
        return np.ascontiguousarray(np.concatenate([weights[f"{one}.weight"] for one in parts]).T)

    return _Layer(
        asked=turned(*asked),
        asked_bias=np.concatenate([weights[f"{one}.bias"] for one in asked]),
        told=turned(f"{told}.dense"),
        told_bias=np.array(weights[f"{told}.dense.bias"]),
        told_norm=_norm(weights, told),
        wide=turned(f"{wide}.dense"),
        wide_bias=np.array(weights[f"{wide}.dense.bias"]),
        narrow=turned(f"{narrow}.dense"),
        narrow_bias=np.array(weights[f"{narrow}.dense.bias"]),
        narrow_norm=_norm(weights, narrow),
    )
