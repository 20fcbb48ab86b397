"""How large every file of a pack is, as columns: what exports compute their exact sizes from.

A row per document and a row per file, in the order of arrival. They stand in the catalogue as one
value per pack, so the sizes of a million documents are read in a few hundred pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.archive.names import Named, outgoing_names

_DOCUMENT = np.dtype([("ord", "<u4"), ("ark", "u1"), ("version", "<u4")])
_FILE = np.dtype(
    [
        ("ord", "<u4"),
        ("place", "<u2"),  # among the files of its document
        ("kind", "<u2"),  # in `kinds`
        ("method", "u1"),
        ("name", "<u2"),  # bytes of its path in an export
        ("stored", "<u8"),
        ("size", "<u8"),
    ]
)

Rows = npt.NDArray[Any]  # structured, of the types above
Kind = tuple[str, str]  # typology and extension


class SizedFile(Named, Protocol):
    """What a row of a file is made of."""

    @property
    def stored_size(self) -> int: ...
    @property
    def size(self) -> int: ...
    @property
    def method(self) -> int: ...


class SizedDocument(msgspec.Struct, frozen=True):
    """What a row of a document is made of."""

    ord: int
    id: str
    ark: str
    version: int
    files: Sequence[SizedFile]


class Extents(msgspec.Struct, frozen=True):
    """The sizes of one pack."""

    kinds: tuple[Kind, ...]
    documents: Rows  # ord, bytes of the ARK, version; ords ascend
    files: Rows


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    kinds: tuple[Kind, ...]
    documents: bytes
    files: bytes


_DECODER = msgspec.msgpack.Decoder(_Packed)


def pack_extents(documents: Sequence[SizedDocument]) -> bytes:
    """Return the columns of a pack as the catalogue keeps them."""
    kinds: dict[Kind, int] = {}
    rows: list[tuple[int, ...]] = []
    for document in documents:
        names = outgoing_names(document.id, document.files)
        for place, (file, name) in enumerate(zip(document.files, names, strict=True)):
            kind = kinds.setdefault((file.typology, file.extension), len(kinds))
            length = len(name.encode())
            rows.append(
                (document.ord, place, kind, file.method, length, file.stored_size, file.size)
            )
    heads = [(document.ord, len(document.ark), document.version) for document in documents]
    packed = _Packed(
        tuple(kinds),
        np.array(heads, dtype=_DOCUMENT).tobytes(),
        np.array(rows, dtype=_FILE).tobytes(),
    )
    return msgspec.msgpack.encode(packed)


def unpack_extents(data: bytes) -> Extents:
    """Return the columns of a pack."""
    packed = _DECODER.decode(data)
    return Extents(
        packed.kinds,
        np.frombuffer(packed.documents, dtype=_DOCUMENT),
        np.frombuffer(packed.files, dtype=_FILE),
    )
