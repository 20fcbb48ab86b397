"""A portal that lets everybody keep corpora, up to a limit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fonds.settings import CorporaSettings, Settings
from fonds.web.services import open_services
from tests.web.portal.conftest import serving


@pytest.fixture(scope="session")
def open_portal(demo_home: Path) -> Iterator[str]:
    """Return the address of such a server over the bundled deliveries."""
    settings = Settings(corpora=CorporaSettings(kept_by="everyone", documents=60))
    with serving(open_services(demo_home, settings)) as address:
        yield address


@pytest.fixture
def keeper(open_portal: str) -> Iterator[httpx.Client]:
    """Return a client of that server that follows nothing."""
    headers = {"Accept-Language": "en"}
    with httpx.Client(base_url=open_portal, timeout=30, headers=headers) as opened:
        yield opened
