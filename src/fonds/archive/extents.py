"""How large every file of a pack is, as columns: what exports compute their exact sizes from.

A row per document and a row per file, in the order of arrival. They stand in the catalogue as one
value per pack and are read some packs at a time, column by column: a million documents are summed
in a few dozen steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, Self

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

Kind = tuple[str, str]  # typology and extension
Mask = npt.NDArray[np.bool_]
Ords = npt.NDArray[np.uint32]
Small = npt.NDArray[np.uint16]
Large = npt.NDArray[np.int64]


class _Columns(msgspec.Struct, frozen=True):
    """Columns of one length; those that `ord` begins are in the order of arrival."""

    ord: Ords

    def __len__(self) -> int:
        return len(self.ord)

    def where(self, chosen: Mask) -> Self:
        """Return some of the rows; all of them are not copied."""
        if chosen.all():
            return self
        return type(self)(*(getattr(self, name)[chosen] for name in self.__struct_fields__))


class Documents(_Columns, frozen=True):
    """A row per document."""

    ark: Large  # bytes
    version: Large


class Files(_Columns, frozen=True):
    """A row per file; those of a document stand together."""

    place: Small  # among the files of its document
    kind: Small  # in `kinds`
    method: Small
    name: Large  # bytes of its path in an export
    stored: Large
    size: Large


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
    """The sizes of some packs that stand one behind another."""

    collections: tuple[str, ...]  # of each pack
    firsts: Ords  # first ord of each pack
    kinds: tuple[Kind, ...]
    documents: Documents
    files: Files


class Measured(msgspec.Struct, frozen=True):
    """The sizes of one pack as the catalogue keeps them."""

    collection: str
    first: int  # ord
    columns: bytes


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


def unpack_extents(packs: Sequence[Measured]) -> Extents:
    """Return the columns of some packs, in the order of arrival."""
    packed = [_DECODER.decode(pack.columns) for pack in packs]
    heads = np.frombuffer(b"".join(one.documents for one in packed), _DOCUMENT)
    rows = np.frombuffer(b"".join(one.files for one in packed), _FILE)
    kinds: dict[Kind, int] = {}
    kind: Small = rows["kind"].copy()
    end = 0
    for one in packed:  # each pack numbers its kinds for itself
        begin, end = end, end + len(one.files) // _FILE.itemsize
        numbers = [kinds.setdefault(each, len(kinds)) for each in one.kinds]
        if numbers != list(range(len(numbers))):
            kind[begin:end] = np.array(numbers, np.uint16)[kind[begin:end]]
    return Extents(
        collections=tuple(pack.collection for pack in packs),
        firsts=np.array([pack.first for pack in packs], np.uint32),
        kinds=tuple(kinds),
        documents=Documents(
            ord=heads["ord"].copy(),
            ark=heads["ark"].astype(np.int64),
            version=heads["version"].astype(np.int64),
        ),
        files=Files(
            ord=rows["ord"].copy(),
            place=rows["place"].copy(),
            kind=kind,
            method=rows["method"].astype(np.uint16),
            name=rows["name"].astype(np.int64),
            stored=rows["stored"].astype(np.int64),
            size=rows["size"].astype(np.int64),
        ),
    )
