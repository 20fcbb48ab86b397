"""Finds vectors that lie near one: by signs over all places, then by their numbers over a few.

A flat scan: no graph to build, nothing to forget when documents go. https://arxiv.org/abs/2106.00882
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fonds.enrich.vectors.quantised import Bits, bits, small
from fonds.enrich.vectors.weights import Floats
from fonds.search.engine import Ords
from fonds.search.vectors.files import ABSENT, Arrays, Marks

_STRETCH = 65_536  # places at a time, so that what is added up stays near the processor
_LOOKED_AT = 200  # nearest by signs whose numbers are compared, at least
_FACTOR = 4  # ... and for each that is wanted
Distances = npt.NDArray[np.uint16]


def nearest(
    arrays: Arrays, vector: Floats, count: int, least_mark: int = ABSENT + 1
) -> tuple[Ords, Floats]:
    """Return the places whose vectors lie nearest, the nearest first, with their cosines."""
    signs = bits(small(vector)[0])
    distances = _distances(arrays, signs)
    distances[arrays.marks[: len(distances)] < least_mark] = np.iinfo(np.uint16).max
    few = min(max(_LOOKED_AT, _FACTOR * count), len(distances))
    if few < len(distances):
        # every place as near as the last: which of equals come in must not be chance
        last = np.partition(distances, few - 1)[few - 1]
        places = np.flatnonzero(distances <= last)
    else:
        places = np.arange(len(distances))
    places = places[arrays.marks[places] >= least_mark]
    likeness = cosines(arrays, places, vector)
    order = np.lexsort((places, -likeness))[:count]
    return places[order].astype(np.uint32), likeness[order]


def cosines(arrays: Arrays, places: npt.NDArray[np.integer], vector: Floats) -> Floats:
    """Return the cosine of each of some places with a vector."""
    rows = np.asarray(arrays.values[places], np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows)) * np.float32(np.linalg.norm(vector))
    found: Floats = rows @ vector / np.maximum(lengths, np.float32(1e-12))
    return found


def marks(arrays: Arrays, ords: Ords) -> Marks:
    """Return what is known of documents; those that came later have no vector yet."""
    found = np.full(len(ords), ABSENT, np.uint8)
    inside = ords < len(arrays.marks)
    found[inside] = arrays.marks[ords[inside]]
    return found


def row(arrays: Arrays, ord_: int) -> Floats | None:
    """Return the vector of a document, its length not 1; None without one."""
    if ord_ >= len(arrays.marks) or arrays.marks[ord_] == ABSENT:
        return None
    return np.asarray(arrays.values[ord_], np.float32)


def _distances(arrays: Arrays, signs: Bits) -> Distances:
    """Count the signs that differ, at every place."""
    found = np.empty(len(arrays.marks), np.uint16)
    for begin in range(0, len(found), _STRETCH):
        part = slice(begin, begin + _STRETCH)
        total = np.bitwise_count(arrays.columns[0][part] ^ signs[0]).astype(np.uint16)
        for column, sign in zip(arrays.columns[1:], signs[1:], strict=True):
            total += np.bitwise_count(column[part] ^ sign)
        found[part] = total
    return found
