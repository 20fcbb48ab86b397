"""What the tests of the formats share: reading a piece of XML, and looking at its text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element, strings


def read(xml: str | bytes) -> tuple[Reading, ...]:
    """Read the documents of an XML text by whichever reader recognises it."""
    data = xml.encode() if isinstance(xml, str) else xml
    found = read_bytes(data, load_readers(), LimitSettings())
    assert isinstance(found, tuple), found
    return found


def read_folder(folder: Path, pattern: str = "*") -> Iterator[tuple[Path, Reading]]:
    """Read every document of the files below a folder, in order of their names."""
    for path in sorted(folder.rglob(pattern)):
        for reading in read(path.read_bytes()):
            yield path, reading


def shape(element: Element | None) -> list[str]:
    """Return the names of all elements of a TEI text, in order, without namespace."""
    assert element is not None
    return [str(one.tag).removeprefix(TEI) for one in element.iter()]


def said(element: Element | None, name: str) -> list[str]:
    """Return the texts of the TEI elements of a name."""
    assert element is not None
    return [" ".join("".join(strings(e)).split()) for e in element.iter(f"{TEI}{name}")]


def unresolved(reading: Reading) -> set[str]:
    """Return the targets of references to the bibliography that no entry answers to."""
    keys = {f"#{reference.key}" for reference in reading.record.ref_bibs}
    if reading.text is None:
        return set()
    found = reading.text.iter(f"{TEI}ref")
    targets = (e.get("target", "") for e in found if e.get("type") == "bibr")
    return {target for written in targets for target in written.split()} - keys
