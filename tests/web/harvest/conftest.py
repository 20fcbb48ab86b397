"""The whole application over the home of sixty documents, with small pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fonds.settings import HarvestSettings, Settings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.web.conftest import serving


@pytest.fixture(scope="session")
def harvested(home: Path) -> Iterator[str]:
    """Return the address of a server that gives seven records at a time."""
    settings = Settings(harvest=HarvestSettings(page=7))
    with serving(create_app(open_services(home, settings))) as address:
        yield address


@pytest.fixture
def client(harvested: str) -> Iterator[httpx.Client]:
    """Return a client of that server; redirects are not followed."""
    with httpx.Client(base_url=harvested, timeout=30) as opened:
        yield opened
