"""Bringing what is made from the archive to where it is: holdings, digests, citations, vectors."""

from __future__ import annotations

from pathlib import Path

from fonds.analyses.digests import Digests
from fonds.archive.archive import Archive
from fonds.holdings.holdings import Holdings
from fonds.loading.enrich import at_home
from fonds.search.citations.store import refresh_citations
from fonds.search.vectors.store import refresh_vectors
from fonds.settings import Settings


def refresh_holdings(home: Path, settings: Settings) -> None:
    """Read what was loaded, so that no reader waits for it."""
    with Archive.open(home, settings) as archive:
        holdings = Holdings(home, settings.archive.naan, archive)
        try:
            refresh_citations(home, archive)
            holdings.refresh()
        finally:
            holdings.close()


def refresh_enriched(home: Path, settings: Settings) -> None:
    """Read what was loaded and enriched, so that no analysis and no search waits for it."""
    with Archive.open(home, settings) as archive, Digests(home, archive) as digests:
        digests.refresh()
        refresh_citations(home, archive)
        refresh_vectors(home, at_home(home, settings).enrich.models, archive)
