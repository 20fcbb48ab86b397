"""Who may not have what: the one place where rights meet an export. Here, nothing is withheld."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from fonds.archive.extents import Kind
from fonds.search.engine import Ords

Reasons = npt.NDArray[np.uint8]  # 0: delivered; else a place in `reasons`, from 1


class Withholding(Protocol):
    """What one reader may not take out."""

    key: str  # two of the same key withhold the same; part of the name of a plan
    reasons: tuple[str, ...]  # short, one line each; they stand in the export

    def __call__(self, collection: str, kind: Kind, ords: Ords) -> Reasons:
        """Say for each document of a collection whether its files of a kind are withheld."""
        ...

    def turn(self, ords: Ords, turn: int) -> int:
        """Return the batch of enrichments that goes out with documents; 0: as they were loaded."""
        ...


class Nothing:
    """Withholds nothing."""

    key = ""
    reasons: tuple[str, ...] = ()

    def __call__(self, collection: str, kind: Kind, ords: Ords) -> Reasons:
        """Return zeros."""
        return np.zeros(len(ords), np.uint8)

    def turn(self, ords: Ords, turn: int) -> int:
        """Return the same."""
        return turn
