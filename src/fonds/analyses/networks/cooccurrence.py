"""Links between items that documents have in common.

A link weighs the documents in common, n(ab). Its strength puts that in relation to how often each
is there at all: by the cosine n(ab) / sqrt(n(a) n(b)) (Salton), or by the association strength
N n(ab) / (n(a) n(b)), how many times more often than by chance (van Eck and Waltman 2009,
https://doi.org/10.1002/asi.21075).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from scipy import sparse

STRENGTHS = ("cosine", "association")
_MOST_OF_ONE = 100  # items of one document: a list of 3,000 authors would link all with all
_EDGES_PER_NODE = 25  # the strongest; more are neither drawn nor read


class Link(msgspec.Struct, frozen=True):
    """A link between two items, by their places; the first is the smaller one."""

    first: int
    second: int
    weight: int
    strength: float


class Incidence(msgspec.Struct, frozen=True):
    """Which documents have which items."""

    matrix: Any  # sparse, documents x items, of ones
    crowded: int  # documents left out, because they have too many


def incidence(
    of_items: Sequence[Sequence[int]], documents: int, *, crowded: bool = True
) -> Incidence:
    """Return the matrix of items, each given by the places of its documents.

    Documents with too many items are emptied, unless `crowded` is not asked for.
    """
    columns = np.repeat(np.arange(len(of_items)), [len(one) for one in of_items])
    rows = np.concatenate([np.array(one, np.int64) for one in of_items] or [np.zeros(0, np.int64)])
    ones = np.ones(len(rows), np.int32)
    matrix = sparse.csr_matrix((ones, (rows, columns)), shape=(documents, len(of_items)))
    if not crowded:
        return Incidence(matrix, 0)
    too_many = np.asarray(matrix.sum(axis=1)).ravel() > _MOST_OF_ONE
    keep = sparse.diags_array((~too_many).astype(np.int32), format="csr", dtype=np.int32)
    return Incidence(sparse.csr_matrix(keep @ matrix), int(too_many.sum()))


def links(matrix: Any, strength: str, least: int, totals: Sequence[int] = ()) -> list[Link]:
    """Return the links between columns; `totals` are the documents of each, else those counted.

    The strongest of each column, at most 25, are kept; then in the order of the columns.
    """
    common = sparse.triu(matrix.T @ matrix, k=1, format="coo")
    of_each = np.asarray(totals or matrix.sum(axis=0), np.float64).ravel()
    chosen = common.data >= max(1, least)
    first, second, weight = common.row[chosen], common.col[chosen], common.data[chosen]
    product = of_each[first] * of_each[second]
    if strength == "association":
        normal = matrix.shape[0] * weight / product
    else:
        normal = weight / np.sqrt(product)
    order = np.lexsort((second, first, -weight, -normal.round(9)))
    kept = np.sort(order[_strongest(first[order], second[order], matrix.shape[1])])
    kept = kept[np.lexsort((second[kept], first[kept]))]
    return [
        Link(int(first[at]), int(second[at]), int(weight[at]), round(float(normal[at]), 6))
        for at in kept.tolist()
    ]


def _strongest(first: Any, second: Any, columns: int) -> list[int]:
    """Return the places, of links from the strongest down, that are among the first of an end."""
    had = [0] * columns
    kept = []
    for place, (one, other) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        if had[one] < _EDGES_PER_NODE or had[other] < _EDGES_PER_NODE:
            had[one] += 1
            had[other] += 1
            kept.append(place)
    return kept


def first_years(matrix: Any, years: Sequence[int], found: Sequence[Link]) -> list[int]:
    """Return the year in which each link appears first; 0 where no year is known."""
    known = np.array(years)
    order = np.lexsort((np.arange(len(known)), known))
    order = order[known[order] > 0]
    by_year = sparse.csc_matrix(sparse.csr_matrix(matrix)[order])
    rows = [set(by_year.indices[a:b].tolist()) for a, b in
            zip(by_year.indptr[:-1], by_year.indptr[1:], strict=True)]  # fmt: skip
    return [
        int(known[order[min(both)]]) if (both := rows[one.first] & rows[one.second]) else 0
        for one in found
    ]
