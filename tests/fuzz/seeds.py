"""Small real files to begin with: a few of every format that is at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import DATA, ROOT

FOUND = DATA / "fuzz"
LARGEST = 60_000  # bytes: small files are read hundreds of times a second
_EACH = 12  # of one folder
_KINDS = (".xml", ".nxml", ".json", ".txt", ".mrc", ".mods", ".tei", ".alto")
# deliveries that may not leave the corpora or are wrong on purpose
_LEFT_OUT = ("malformed", "nc-licensed", "dtds")


def seeds(largest: int = LARGEST) -> Iterator[Path]:
    """Give small files of each folder of the corpora and the demo, and what was found before."""
    places = [ROOT / "src" / "fonds" / "demo" / "deliveries", FOUND]
    corpora = ROOT.parent / "shared" / "corpora"
    if corpora.is_dir():
        places += [one for one in sorted(corpora.iterdir()) if one.name not in _LEFT_OUT]
    for place in places:
        folders: dict[str, list[tuple[int, Path]]] = defaultdict(list)
        for path in place.rglob("*"):
            if path.suffix.lower() in _KINDS and path.is_file():
                size = path.stat().st_size
                if 0 < size <= largest:
                    group = path.relative_to(place).parts[0] if place.name == "deliveries" else ""
                    folders[f"{group}{path.suffix}"].append((size, path))
        for found in folders.values():
            spread = sorted(found)
            step = max(1, len(spread) // _EACH)
            yield from (path for _, path in spread[::step][:_EACH])
