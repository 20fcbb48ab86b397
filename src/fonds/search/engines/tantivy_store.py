"""What the engine keeps with each document: its record and its ord."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from tantivy import DocAddress, Searcher

from fonds.search.engines.tantivy_schema import ORD, SOURCE

_FEW = 64  # documents; opening the column of ords in every segment costs as much as reading these
_KEPT = 128  # documents read last: a hit is asked for its ord, then for its record


class Store:
    """Reads the documents of one snapshot."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._read = lru_cache(maxsize=_KEPT)(self._fetch)

    def source(self, address: DocAddress) -> bytes:
        """Return the stored record of a match."""
        return self._read(address.segment_ord, address.doc)[1]

    def ords(self, addresses: Sequence[DocAddress]) -> npt.NDArray[np.uint32]:
        """Return the ords of matches: beside their records if they are few, else by column."""
        if len(addresses) > _FEW:
            found = self._searcher.fast_field_values(ORD, list(addresses))
        else:
            found = [self._read(address.segment_ord, address.doc)[0] for address in addresses]
        return np.array(found, dtype=np.uint32)

    def _fetch(self, segment: int, place: int) -> tuple[int, bytes]:
        stored = self._searcher.doc(DocAddress(segment, place))
        ord_, source = stored.get_first(ORD), stored.get_first(SOURCE)
        assert isinstance(ord_, int)
        return ord_, b"{}" if source is None else bytes(source)
