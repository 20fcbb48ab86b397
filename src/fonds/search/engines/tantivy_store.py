"""What the engine keeps with each document: its record and its ord."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from tantivy import DocAddress, Searcher

from fonds.search.engines.tantivy_schema import ORD, SOURCE

_FEW = 64  # documents; opening the column of ords in every segment costs as much as reading these


class Store:
    """Reads the documents of one snapshot."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def source(self, address: DocAddress) -> bytes:
        """Return the stored record of a match."""
        stored = self._searcher.doc(address).get_first(SOURCE)
        return bytes(stored) if stored is not None else b"{}"

    def ords(self, addresses: Sequence[DocAddress]) -> npt.NDArray[np.uint32]:
        """Return the ords of matches: beside their records if they are few, else by column."""
        if len(addresses) > _FEW:
            found = self._searcher.fast_field_values(ORD, list(addresses))
        else:
            found = [self._searcher.doc(address).get_first(ORD) for address in addresses]
        return np.array(found, dtype=np.uint32)
