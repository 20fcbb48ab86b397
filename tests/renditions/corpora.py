"""Documents of the shared corpora, as a load would hand them to the renditions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from fonds.archive.identifiers import expected
from fonds.renditions.model import Material
from fonds.renditions.quality import indicators
from fonds.renditions.text import with_text_facts
from fonds.settings import LimitSettings, Settings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

_LEFT_OUT = frozenset({"malformed", "packages", "dtds"})


def documents(shared: Path, folder: str = ".", *, every: int = 1) -> Iterator[tuple[str, Material]]:
    """Read the described documents below a folder of the corpora, or each nth file of them."""
    root = shared / "corpora"
    readers, limits = load_readers(), LimitSettings()
    files = sorted(
        path
        for path in (root / folder).rglob("*")
        if path.is_file() and not _LEFT_OUT & {*path.relative_to(root).parts}
    )
    for path in files[::every]:
        if path.suffix.lower() in (".pdf", ".jpg", ".png", ".gif", ".tsv", ".md"):
            continue
        found = read_bytes(path.read_bytes(), readers, limits, name=path.name)
        if isinstance(found, tuple):
            for number, reading in enumerate(found):
                name = f"{path.relative_to(root)}#{number}"
                yield name, material(reading, name)


def material(reading: Reading, source: str = "x.xml") -> Material:
    """Return what renditions are made from, with the names a load would give."""
    record = with_text_facts(reading.record, reading.text)
    names = expected(record, source, "corpus", Settings().archive)
    named = msgspec.structs.replace(
        record,
        id=names.id,
        ark_istex=names.ark,
        ark=(names.ark,),
        corpus_name="corpus",
        quality_indicators=indicators(record, None, has_body=reading.text is not None),
    )
    return Material(named, reading.text)
