"""A tree of linear classifiers over hashed words: one model for each class that has classes below.

Words are stems, hashed into a fixed number of columns, so that no vocabulary is kept; a text is a
row of (1 + ln count) * idf of length 1. Learnt with scikit-learn (BSD), used with numpy alone.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.words import TERM, Words

COLUMNS = 1 << 15
LEAST = 0.5  # probability of a class, given the one above: below it none is given
_MOST_WORDS = 20_000  # of a text
TOP = "-"  # the node above all

Floats = npt.NDArray[np.float64]
Halves = npt.NDArray[np.float16]


class Place(msgspec.Struct, frozen=True):
    """A class of a text, with the probability that it is right given the class above."""

    code: str
    probability: float


class Node(msgspec.Struct, frozen=True):
    """What decides between the classes below one."""

    codes: tuple[str, ...]
    weights: Halves  # a row per class, a column per hashed word
    bias: Floats


class Classifier(msgspec.Struct, frozen=True):
    """The nodes of a tree, and the rarity of each hashed word."""

    idf: Halves
    nodes: Mapping[str, Node]

    def classify(self, row: Mapping[int, int], least: float) -> tuple[Place, ...]:
        """Return the classes from the top down, until a probability is below `least`."""
        columns, values = weighted(row, self.idf)
        found: list[Place] = []
        node = self.nodes.get(TOP)
        while node is not None and len(columns):
            scores = node.weights[:, columns].astype(np.float64) @ values + node.bias
            shares = 1.0 / (1.0 + np.exp(-scores))
            best = int(np.argmax(shares))
            probability = float(shares[best] / shares.sum())
            if probability < least:
                break
            found.append(Place(node.codes[best], round(probability, 4)))
            node = self.nodes.get(node.codes[best])
        return tuple(found)

    def dump(self) -> bytes:
        """Return a file that `load` reads; the same numbers give the same bytes."""
        arrays: dict[str, npt.NDArray[np.generic]] = {"idf": self.idf}
        for name, node in sorted(self.nodes.items()):
            arrays[f"codes {name}"] = np.array(node.codes)
            arrays[f"weights {name}"] = node.weights
            arrays[f"bias {name}"] = node.bias
        file = io.BytesIO()
        np.savez_compressed(file, allow_pickle=False, **arrays)
        return file.getvalue()

    @staticmethod
    def load(data: bytes, where: str) -> Classifier:
        """Read what `dump` wrote; raises ModelUnreadable."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as held:
                names = [name[6:] for name in held.files if name.startswith("codes ")]
                nodes = {
                    name: Node(
                        tuple(map(str, held[f"codes {name}"])),
                        held[f"weights {name}"],
                        held[f"bias {name}"],
                    )
                    for name in names
                }
                return Classifier(held["idf"], nodes)
        except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
            raise ModelUnreadable(path=where, reason="it is no classifier") from error


def hashed(words: Words, text: str) -> dict[int, int]:
    """Return how often each hashed stem stands in a text."""
    counts: dict[int, int] = {}
    for token in words.tokens(text)[:_MOST_WORDS]:
        kind, stem = words.look(token)
        if kind == TERM:
            column = zlib.crc32(stem.encode()) % COLUMNS
            counts[column] = counts.get(column, 0) + 1
    return counts


def weighted(
    row: Mapping[int, int], idf: npt.NDArray[np.floating]
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the columns of a text and their weights, of length 1 together."""
    columns = np.fromiter(row.keys(), np.int64, len(row))
    counts = np.fromiter(row.values(), np.float64, len(row))
    values = (1.0 + np.log(counts)) * idf[columns].astype(np.float64)
    size = float(np.sqrt(values @ values))
    return columns, values / size if size else values


def rarity(rows: Sequence[Mapping[int, int]]) -> Halves:
    """Return the idf of each hashed word over texts."""
    held = np.zeros(COLUMNS)
    for row in rows:
        held[list(row)] += 1
    return (np.log((1 + len(rows)) / (1 + held)) + 1).astype(np.float16)
