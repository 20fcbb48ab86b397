"""Puts a document's identifiers into files that were made with the expected ones.

Files that name their document (TEI, MODS) are made before the archive gives identifiers. Nearly
always it gives the expected ones; when another document has taken them, what was written is
replaced. Both are long and unlike any other text, so replacing bytes is exact.
"""

from __future__ import annotations

import zlib

import msgspec

from fonds.archive.prepared import Expected, PreparedFile
from fonds.renditions.compress import pack_bytes

_RAW_DEFLATE = -15


def renamed(
    file: PreparedFile, expected: Expected | None, actual: Expected, level: int
) -> PreparedFile:
    """Return the file with the document's identifiers in place of the expected ones."""
    if not file.names_itself or expected is None or expected == actual or file.data is None:
        return file
    data = zlib.decompress(file.data, _RAW_DEFLATE) if file.method else file.data
    data = data.replace(expected.id.encode(), actual.id.encode())
    packed = pack_bytes(data.replace(expected.ark.encode(), actual.ark.encode()), level)
    return msgspec.structs.replace(
        file,
        method=packed.method,
        crc32=packed.crc32,
        size=packed.size,
        sha512=packed.sha512,
        data=packed.data,
    )
