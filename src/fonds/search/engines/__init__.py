"""The engines that answer searches."""

from __future__ import annotations

from pathlib import Path

from fonds.search.citations.asking import Citations
from fonds.search.engine import Engine
from fonds.search.engines.tantivy import TantivyEngine
from fonds.settings import Settings

__all__ = ["open_engine"]


def open_engine(home: Path, settings: Settings, *, writable: bool, threads: int = 1) -> Engine:
    """Open the search engine of a home; `threads` is how many index while loading.

    Without `writable` it serves searches only, also while another process loads, and also before
    there is anything to search. Raises HomeBusy when another process already writes.
    """
    citations = Citations(home, settings)
    return TantivyEngine(
        home / "index", settings.search, citations, writable=writable, threads=threads
    )
