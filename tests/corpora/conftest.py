"""A home with a few documents, as the tests of the web have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fonds.corpora.export import Export
from fonds.corpora.plan import Plan
from fonds.corpora.planning import EVERYTHING, Wish, make_plan
from fonds.corpora.withholding import Nothing, Withholding
from fonds.settings import Settings
from fonds.web.services import Services, open_services
from tests.web.conftest import COUNT, load

Planner = Callable[..., Plan]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of 60 documents in two collections. Tests only read it."""
    path = tmp_path_factory.mktemp("corpora") / "home"
    load(path, range(COUNT), Settings())
    return path


@pytest.fixture(scope="session")
def services(home: Path) -> Iterator[Services]:
    """Return the open services of the home."""
    opened = open_services(home, Settings())
    yield opened
    opened.close()


def plan_of(
    services: Services,
    extract: str = "",
    *,
    query: str = "*",
    archive_type: str = "zip",
    size: int = EVERYTHING,
    rights: str = "",
) -> Plan:
    """Plan an export of what a query finds."""
    request = services.search.ask(query)
    wish = Wish(query, extract, archive_type, size, parameters={"q": query, "extract": extract})
    return make_plan(services.archive, services.engine, request, wish, rights=rights)


def export_of(
    services: Services,
    extract: str = "",
    *,
    withholding: Withholding | None = None,
    archive_type: str = "zip",
    query: str = "*",
    size: int = EVERYTHING,
) -> Export:
    """Open the export of what a query finds."""
    nobody = withholding or Nothing()
    plan = plan_of(
        services, extract, query=query, archive_type=archive_type, size=size, rights=nobody.key
    )
    return Export(services.archive, plan, nobody)


def whole(export: Export) -> bytes:
    """Return all bytes of an export."""
    return b"".join(export.chunks())
