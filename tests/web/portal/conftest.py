"""The bundled deliveries, loaded once, and the portal over them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from fonds.loading.load import load
from fonds.settings import Settings
from fonds.web.app import create_app
from fonds.web.protocol import server_config
from fonds.web.services import Services, open_services
from tests.conftest import ROOT

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with some of the bundled deliveries."""
    home = tmp_path_factory.mktemp("demo")
    for name in ("pensoft", "elife", "mdpi", "plos", "scielo"):
        load([DELIVERIES / name], collection=name, home=home, settings=Settings())
    return home


@pytest.fixture(scope="session")
def services(demo_home: Path) -> Iterator[Services]:
    """Return the open services of that home."""
    opened = open_services(demo_home, Settings())
    yield opened
    opened.close()


@contextmanager
def serving(opened: Services) -> Iterator[str]:
    """Serve open services by a real server and give its address."""
    app = create_app(opened)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        config = server_config(app)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="session")
def portal(demo_home: Path) -> Iterator[str]:
    """Return the address of a real server over that home."""
    with serving(open_services(demo_home, Settings())) as address:
        yield address


@pytest.fixture
def client(portal: str) -> Iterator[httpx.Client]:
    """Return a client of that server that keeps cookies and follows nothing."""
    with httpx.Client(base_url=portal, timeout=30) as opened:
        yield opened
