"""Files as the archive takes them: packed once, with their name, extension and media type."""

from __future__ import annotations

import mimetypes

import msgspec

from fonds.archive.prepared import PreparedFile, Typology
from fonds.renditions.compress import Packed, pack_bytes, pack_file
from fonds.renditions.model import Rendition
from fonds.sources.model import DeliveredFile, Piece
from fonds.sources.pairing import XML, unzipped
from fonds.sources.pairing import extension as extension_of
from fonds.sources.pieces import whole_name

_MIMETYPES = {
    "xml": "application/xml",
    "nxml": "application/xml",
    "pdf": "application/pdf",
    "json": "application/json",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "md": "text/markdown",
}
_ONE_OF = {"jsonl": "json"}  # what one line of it is


def safe_extension(name: str) -> str:
    """Return a name's extension where it is a plain one, else `bin`."""
    kind = extension_of(whole_name(name))
    return kind if kind.isascii() and kind.isalnum() and len(kind) <= 10 else "bin"


def inner_extension(name: str) -> str:
    """Return the extension of a piece: what a compressed file holds is kept as it is read."""
    kind = safe_extension(unzipped(whole_name(name)))
    return "xml" if kind in XML else _ONE_OF.get(kind, kind)


def delivered_file(
    file: DeliveredFile, typology: Typology, extension: str, level: int
) -> PreparedFile:
    """Pack a file as it was delivered."""
    kind = extension.rpartition(".")[2]
    return packed_file(
        pack_file(file.location, kind, level),
        typology=typology,
        extension=extension,
        mimetype=mimetype(kind),
        original=True,
        name=file.name,
    )


def piece_file(piece: Piece, name: str, extension: str, level: int) -> PreparedFile:
    """Pack the piece of a delivered file that is one document."""
    return packed_file(
        pack_bytes(piece.data, level),
        typology="metadata",
        extension=extension,
        mimetype=mimetype(extension),
        original=True,
        name=name,
    )


def rendered_file(rendition: Rendition, data: bytes, level: int) -> PreparedFile:
    """Pack what we made; it is named after its document."""
    file = packed_file(
        pack_bytes(data, level),
        typology=rendition.typology,
        extension=rendition.extension,
        mimetype=rendition.mimetype,
        original=False,
        name="",
    )
    return msgspec.structs.replace(file, names_itself=True)


def packed_file(
    packed: Packed, *, typology: Typology, extension: str, mimetype: str, original: bool, name: str
) -> PreparedFile:
    """Describe packed bytes."""
    return PreparedFile(
        typology=typology,
        extension=extension,
        mimetype=mimetype,
        original=original,
        name=name,
        method=packed.method,
        crc32=packed.crc32,
        size=packed.size,
        sha512=packed.sha512,
        data=packed.data,
        location=packed.location,
    )


def mimetype(extension: str) -> str:
    """Return the media type of an extension."""
    known = _MIMETYPES.get(extension) or mimetypes.guess_type(f"x.{extension}")[0]
    return known or "application/octet-stream"
