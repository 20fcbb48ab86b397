"""Boosted trees as LightGBM writes them, walked for many rows at once (QuickScorer).

Every tree has at most sixteen leaves, a bit for each. A condition that fails takes the leaves of
its yes-branch away; the first leaf that stays is the one reached. All conditions on one number
are ordered by their thresholds, so that the leaves it leaves in every tree are found by one search
and one look-up. Lucchese et al., SIGIR 2015. LightGBM itself takes two seconds to import, and twice
as long for a document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint16]
_LEAVES = 16
_NUMERIC = "2"  # decision_type: a threshold, no missing values


class Tree(msgspec.Struct, frozen=True):
    """One tree: its conditions, and the values of its leaves from left to right."""

    feature: tuple[int, ...]  # of each condition
    threshold: tuple[float, ...]  # yes: not more than this
    left: tuple[int, ...]  # leaves of the yes-branch, as bits
    values: tuple[float, ...]


class Trees:
    """A sum of trees."""

    def __init__(self, trees: Sequence[Tree], names: tuple[str, ...]) -> None:
        self.names = names  # of the numbers in a row
        self._tables = [_table(trees, feature) for feature in range(len(names))]
        self._values = np.zeros((len(trees), _LEAVES))
        for number, tree in enumerate(trees):
            self._values[number, : len(tree.values)] = tree.values
        self._begin = np.arange(len(trees), dtype=np.int64)[:, None] * _LEAVES
        self._lowest = _lowest_bits()

    @staticmethod
    def load(text: str) -> Trees:
        """Read a model in LightGBM's text format; raises ValueError and KeyError for others."""
        head, *blocks = text.partition("\nend of trees")[0].split("\nTree=")
        names = tuple(_fields(head)["feature_names"].split(" "))
        return Trees([_tree(_fields(block)) for block in blocks], names)

    def score(self, rows: Floats) -> Floats:
        """Return the sum of the leaves that each row reaches."""
        if len(rows) == 1:  # numpy would add the trees in pairs
            return self.score(np.repeat(rows, 2, axis=0))[:1]
        left = np.full((len(rows), len(self._begin)), (1 << _LEAVES) - 1, np.uint16)
        stays = np.empty_like(left)
        for column, (thresholds, bits) in enumerate(self._tables):
            if len(thresholds):
                place = thresholds.searchsorted(np.ascontiguousarray(rows[:, column]))
                left &= bits.take(place, axis=0, out=stays, mode="clip")
        reached = self._values.take(self._lowest.take(left.T) + self._begin)
        # one tree after another, as LightGBM adds: the same numbers to the last bit
        return np.asarray(np.add.reduce(reached, axis=0), np.float64)


def _fields(block: str) -> dict[str, str]:
    lines = (line.partition("=") for line in block.splitlines())
    return {name: value for name, _, value in lines}


def _tree(fields: Mapping[str, str]) -> Tree:
    def numbers(name: str) -> list[int]:
        return [int(one) for one in fields.get(name, "").split()]

    leaves = [float(one) for one in fields["leaf_value"].split()]
    if len(leaves) > _LEAVES or set(fields.get("decision_type", "").split()) - {_NUMERIC}:
        raise ValueError("trees of this kind are not read")
    below = (numbers("left_child"), numbers("right_child"))
    order: list[int] = []  # leaves from left to right
    left = [0] * len(below[0])

    def walk(node: int) -> int:
        """Return the leaves below a node, as bits; a negative one is a leaf."""
        if node < 0:
            order.append(~node)
            return 1 << (len(order) - 1)
        left[node] = walk(below[0][node])
        return left[node] | walk(below[1][node])

    walk(0 if left else -1)
    return Tree(
        feature=tuple(numbers("split_feature")),
        threshold=tuple(float(one) for one in fields.get("threshold", "").split()),
        left=tuple(left),
        values=tuple(leaves[leaf] for leaf in order),
    )


def _table(trees: Sequence[Tree], feature: int) -> tuple[Floats, Bits]:
    """Return the thresholds of a number in their order, and what each span leaves of each tree."""
    conditions = sorted(
        (threshold, number, bits)
        for number, tree in enumerate(trees)
        for of, threshold, bits in zip(tree.feature, tree.threshold, tree.left, strict=True)
        if of == feature
    )
    stays = np.full((len(conditions) + 1, len(trees)), (1 << _LEAVES) - 1, np.uint16)
    for at, (_, number, bits) in enumerate(conditions, start=1):
        stays[at:, number] &= np.uint16(~bits & 0xFFFF)
    return np.array([one[0] for one in conditions], np.float64), stays


def _lowest_bits() -> npt.NDArray[np.uint8]:
    """Return the place of the lowest bit of every 16-bit number."""
    numbers = np.arange(1 << _LEAVES)
    lowest = numbers & -numbers
    lowest[0] = 1
    return np.asarray(np.log2(lowest), np.uint8)
