"""Vectors in small: eight bits a number, and one bit, as they are kept and compared.

The signs of a normalised vector keep most of its direction: few differing bits mean near texts. The
eight-bit numbers then put the nearest in order. https://arxiv.org/abs/2106.00882
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fonds.enrich.vectors.weights import Floats

Small = npt.NDArray[np.int8]
Bits = npt.NDArray[np.uint64]
WORD = 64  # bits of one column
_MOST = 127.0


def small(vector: Floats) -> tuple[Small, float]:
    """Return a vector as eight-bit numbers, and the scale that they are multiplied by."""
    scale = float(np.abs(vector).max()) / _MOST or 1.0
    return np.rint(vector / scale).astype(np.int8), scale


def bits(rows: Small) -> Bits:
    """Return the signs of rows of numbers, 64 in one; the dimensions are a multiple of 64."""
    return np.packbits(rows > 0, axis=-1).view(np.uint64)
