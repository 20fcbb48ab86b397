"""What a kind of archive file must say so that an export can be laid out before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from fonds.archive.extents import Files
from fonds.archive.model import StoredFile
from fonds.archive.zip_format import Member
from fonds.corpora.pieces import Piece

Sizes = npt.NDArray[np.int64]


class Container(Protocol):
    """A kind of archive file. Everything it writes has a length known from lengths alone."""

    suffix: str  # "zip"
    media_type: str

    def member_sizes(self, files: Files) -> Sizes:
        """Return the bytes each file takes with what stands around it."""
        ...

    def entry_sizes(self, files: Files, *, wide: bool) -> Sizes:
        """Return the bytes each file takes in the directory at the end, which may be none."""
        ...

    def member(self, name: str, file: StoredFile) -> tuple[Piece, ...]:
        """Return a stored file with what stands around it."""
        ...

    def made_size(self, name: str, size: int) -> int:
        """Return the bytes that content of ours takes."""
        ...

    def made(self, name: str, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Give content of ours with what stands around it; its checksum comes last."""
        ...

    def made_entry(self, name: str, size: int, *, wide: bool) -> int:
        """Return the bytes content of ours takes in the directory."""
        ...

    def is_wide(self, start: int) -> bool:
        """Tell whether a directory that begins at `start` has wide entries."""
        ...

    def ending_size(self, members: int, entries: int, start: int) -> int:
        """Return the bytes behind the last member, which ends at `start`.

        `entries`: the bytes of all entries of the directory.
        """
        ...

    def ending(self, members: Iterable[Member], start: int) -> Iterator[bytes]:
        """Give what stands behind the last member; what needs no directory asks for no member."""
        ...
