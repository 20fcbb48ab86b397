"""A home with some enriched documents, for every test of analyses; made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fonds.access.gate import OPERATOR
from fonds.analyses.corpus import Archived, Asker
from fonds.analyses.digests import Digests
from fonds.analyses.door import load_analysis, read_values
from fonds.analyses.job import Job, run
from fonds.analyses.model import Answer, Value
from fonds.analyses.service import opened
from fonds.corpora.plan import Plan
from fonds.corpora.planning import EVERYTHING, Wish, make_plan
from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.search.cursors import CursorStore
from fonds.search.service import SearchService
from fonds.settings import Settings, read_settings
from tests.conftest import ROOT

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"
COLLECTIONS = ("plos", "pensoft", "scielo")
ENRICHMENTS = ("language", "multicat", "nb", "quality", "refBibs", "teeft", "unitex")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run all tests of analyses in one process: the home is made once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("analyses"))


class Laboratory:
    """Analyses over one home, in this process."""

    def __init__(self, home: Path, archived: Archived, digests: Digests) -> None:
        self.home = home
        self.archived = archived
        self.digests = digests
        self._search = SearchService(
            archived.archive, archived.engine, CursorStore(home / "cursors"), Settings().search
        )

    def job(
        self, name: str, q: str = "*", beside: str = "", asker: Asker | None = None, **given: Value
    ) -> Job:
        """Return a job; parameters that are not given have their defaults."""
        values = read_values(load_analysis(name), {key: str(one) for key, one in given.items()})
        plans = [self._plan(one) for one in (q, beside) if one]
        second = plans[1] if beside else None
        return Job(name, values, plans[0], asker or Asker(OPERATOR), beside=second)

    def analyse(
        self,
        name: str,
        q: str = "*",
        beside: str = "",
        asker: Asker | None = None,
        most: int = 20_000,
        **given: Value,
    ) -> Answer:
        """Return what an analysis finds."""
        return run(self.job(name, q, beside, asker, **given), self.archived, self.digests, most)

    def _plan(self, q: str) -> Plan:
        wish = Wish(q, "metadata[json]", size=EVERYTHING, parameters={"q": q})
        archived = self.archived
        return make_plan(archived.archive, archived.engine, self._search.ask(q), wish)


@pytest.fixture(scope="session")
def enriched_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of some fifty enriched articles in three languages."""
    home = tmp_path_factory.mktemp("analyses") / "home"
    for name in COLLECTIONS:
        load([DELIVERIES / name], collection=name, home=home, settings=Settings())
    settings = read_settings(home)
    enrich(home=home, settings=settings, names=ENRICHMENTS, workers=2)
    return home


@pytest.fixture(scope="session")
def laboratory(enriched_home: Path) -> Iterator[Laboratory]:
    """Return analyses over the home."""
    archived, digests = opened(enriched_home, read_settings(enriched_home))
    with digests:
        digests.refresh()
        yield Laboratory(enriched_home, archived, digests)
    archived.engine.close()
    archived.archive.close()


@pytest.fixture
def restricted(laboratory: Laboratory) -> Iterator[None]:
    """Keep every text of the home to members while a test runs."""
    file = laboratory.home / "access.toml"
    file.write_text(
        "".join(
            f"[collections.{name}]\naccess = 'restricted'\nopen_access = false\n"
            for name in COLLECTIONS
        )
    )
    yield
    file.write_text("# all texts are open\n")
