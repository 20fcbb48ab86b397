"""What a server holds open: the archive, the engine and the cursors of one home."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.access.gate import Gate
from fonds.access.saml.provider import Providers
from fonds.access.usage.service import UsageService
from fonds.analyses.service import AnalysisService
from fonds.archive.archive import Archive
from fonds.archive.on_demand import OnDemand
from fonds.corpora.plan import PlanStore
from fonds.enrich.door import load_enrichments
from fonds.holdings.holdings import Holdings
from fonds.loading.enrich import at_home
from fonds.renditions.door import load_renditions
from fonds.search.cursors import CursorStore
from fonds.search.engine import Engine
from fonds.search.engines import open_engine
from fonds.search.service import SearchService
from fonds.search.stored_queries import StoredQueries
from fonds.search.vectors.hybrid import HybridEngine
from fonds.search.vectors.shelf import Shelves
from fonds.settings import Settings


class Services(msgspec.Struct, frozen=True):
    """Everything that requests need. Reading is safe from many threads."""

    home: Path
    settings: Settings
    archive: Archive
    engine: Engine
    vectors: Shelves
    cursors: CursorStore
    search: SearchService
    plans: PlanStore
    queries: StoredQueries
    on_demand: OnDemand
    gate: Gate
    usage: UsageService
    holdings: Holdings
    providers: Providers
    analyses: AnalysisService
    open_enrichments: frozenset[str] = frozenset()  # of closed texts, in every collection

    def close(self) -> None:
        """Give files and memory back."""
        self.analyses.close()
        self.holdings.close()
        self.engine.close()
        self.archive.close()


def open_services(home: Path, settings: Settings) -> Services:
    """Open a home for reading; what other processes load meanwhile is seen.

    Raises HomeNotFound when nothing was ever loaded there.
    """
    archive = Archive.open(home, settings)
    vectors = Shelves(home, at_home(home, settings).enrich.models)
    engine = HybridEngine(
        open_engine(home, settings, writable=False), vectors, settings.search.page_size
    )
    cursors = CursorStore(home / "cursors")
    search = SearchService(archive, engine, cursors, settings.search)
    plans = PlanStore(home / "plans", settings.corpora)
    queries = StoredQueries(home / "queries")
    on_demand = OnDemand(archive, load_renditions())
    return Services(
        home=home,
        settings=settings,
        archive=archive,
        engine=engine,
        vectors=vectors,
        cursors=cursors,
        search=search,
        plans=plans,
        queries=queries,
        on_demand=on_demand,
        gate=Gate(home),
        usage=UsageService(home, platform=settings.web.name, base_url=settings.web.base_url),
        holdings=Holdings(home, settings.archive.naan, archive),
        providers=Providers(home),
        analyses=AnalysisService(home, settings),
        open_enrichments=frozenset(
            one.name for one in load_enrichments(settings.enrich) if one.is_open
        ),
    )
