"""Files that name their document name it by the identifiers it got."""

from __future__ import annotations

import zlib

import msgspec

from fonds.archive.prepared import Expected, PreparedFile
from fonds.archive.renaming import renamed
from fonds.renditions.compress import pack_bytes

EXPECTED = Expected("A" * 40, "ark:/99999/XYZ-00000001-0")
ACTUAL = Expected("B" * 40, "ark:/99999/XYZ-00000002-3")


def file(data: bytes, *, names_itself: bool = True) -> PreparedFile:
    """Return a rendition ready for a pack."""
    packed = pack_bytes(data, 4)
    return PreparedFile(
        typology="metadata", extension="mods", mimetype="application/mods+xml", original=False,
        name="", method=packed.method, crc32=packed.crc32, size=packed.size,
        sha512=packed.sha512, data=packed.data, names_itself=names_itself,
    )  # fmt: skip


def test_expected_identifiers_change_nothing() -> None:
    """A file whose document got what was expected is the same object."""
    one = file(b"x")
    assert renamed(one, EXPECTED, EXPECTED, 4) is one
    assert renamed(one, None, ACTUAL, 4) is one


def test_taken_identifiers_are_replaced() -> None:
    """Id and ARK are replaced, and checksums are those of the new bytes."""
    text = "<mods>{0.id} {0.ark} {0.id}" + " and more" * 50 + "</mods>"
    made = renamed(file(text.format(EXPECTED).encode()), EXPECTED, ACTUAL, 4)
    wanted = text.format(ACTUAL).encode()
    assert made.data is not None
    assert zlib.decompress(made.data, -15) == wanted
    assert msgspec.structs.asdict(made) == msgspec.structs.asdict(file(wanted))


def test_originals_stay() -> None:
    """What was delivered is never touched."""
    one = file(EXPECTED.id.encode(), names_itself=False)
    assert renamed(one, EXPECTED, ACTUAL, 4) is one
