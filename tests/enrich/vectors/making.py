"""Makes a model of the real one's shape in small: two layers, 64 numbers, drawn by chance."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fonds.enrich.vectors.model_file import VOCABULARY, WEIGHTS, Card, Known, keep

WIDTH, WIDE, LAYERS, PLACES = 64, 128, 2, 32
_WORDS = (
    "magma", "volcano", "ascent", "beneath", "slow", "rock", "river", "water", "flood", "forest",
    "tree", "bird", "song", "cell", "protein", "gene", "growth", "star", "galaxy", "light", "of",
    "the", "a", "in", "and", "to", "is",
)  # fmt: skip
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *_WORDS, *"abcdefghijklmnopqrstuvwxyz.,?!-",
          *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")]  # fmt: skip

Floats = npt.NDArray[np.float32]


def weights(seed: int = 1) -> dict[str, Floats]:
    """Return the arrays of a model."""
    chance = np.random.default_rng(seed)

    def drawn(*shape: int) -> Floats:
        return chance.normal(0, 0.2, shape).astype(np.float32)

    def norm(name: str) -> dict[str, Floats]:
        return {
            f"{name}.LayerNorm.weight": 1 + drawn(WIDTH),
            f"{name}.LayerNorm.bias": drawn(WIDTH),
        }

    def dense(name: str, wide: int, narrow: int) -> dict[str, Floats]:
        return {f"{name}.weight": drawn(wide, narrow), f"{name}.bias": drawn(wide)}

    made = {
        "embeddings.word_embeddings.weight": 3 * drawn(len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": drawn(PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": drawn(2, WIDTH),
        **norm("embeddings"),
    }
    for at in range(LAYERS):
        layer = f"encoder.layer.{at}"
        for part in ("query", "key", "value"):
            made |= dense(f"{layer}.attention.self.{part}", WIDTH, WIDTH)
        made |= dense(f"{layer}.attention.output.dense", WIDTH, WIDTH)
        made |= norm(f"{layer}.attention.output")
        made |= dense(f"{layer}.intermediate.dense", WIDE, WIDTH)
        made |= dense(f"{layer}.output.dense", WIDTH, WIDE)
        made |= norm(f"{layer}.output")
    return made


def safetensors(arrays: dict[str, Floats]) -> bytes:
    """Return arrays as a file of safetensors."""
    head: dict[str, object] = {"__metadata__": {"format": "pt"}}
    body = b""
    for name, array in arrays.items():
        end = len(body) + array.nbytes
        head[name] = {"dtype": "F32", "shape": array.shape, "data_offsets": [len(body), end]}
        body += array.tobytes()
    said = json.dumps(head).encode()
    said += b" " * (-len(said) % 8)
    return struct.pack("<Q", len(said)) + said + body


def model_folder(folder: Path, seed: int = 1) -> Known:
    """Write a model's files and return what they are."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {WEIGHTS: safetensors(weights(seed)), VOCABULARY: ("\n".join(PIECES) + "\n").encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return Known(
        name="small",
        weights=hashlib.sha256(files[WEIGHTS]).hexdigest(),
        vocabulary=hashlib.sha256(files[VOCABULARY]).hexdigest(),
        pieces=PLACES,
    )


def kept_model(models_folder: Path, seed: int = 1) -> Card:
    """Keep a small model in a folder of models, as `fonds enrich model` does."""
    source = models_folder.parent / f"small-{seed}"
    return keep(source, models_folder, model_folder(source, seed))
