"""An archive whose texts are for members of institutions, served where logins can return to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from fonds.settings import Settings, WebSettings
from fonds.web.app import create_app
from fonds.web.services import Services, open_services
from tests.web.conftest import bound_socket, load, serving

RIGHTS = """
[collections.first]
access = "restricted"
open_access = false

[collections.second]
access = "restricted"
open_access = false

[institutions.lorraine]
name = "Université de Lorraine"

[[institutions.lorraine.rights]]
collections = ["first"]
"""
BROWSER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


class Archive(msgspec.Struct, frozen=True):
    """A running archive."""

    address: str
    home: Path
    services: Services

    def rights(self, more: str) -> None:
        """Write access.toml: the rights above, and more."""
        text = f"{RIGHTS}\n{more}\n# {time.monotonic_ns()}\n"
        (self.home / "access.toml").write_text(text)

    def browser(self) -> httpx.Client:
        """Return a client that keeps cookies, sends what browsers send and follows nothing."""
        return httpx.Client(base_url=self.address, timeout=30, headers=BROWSER)

    def text_of(self, collection: str) -> str:
        """Return the address of a restricted text."""
        asked = {"q": f"corpusName:{collection}", "size": "1", "output": "fulltext"}
        found = httpx.get(f"{self.address}/document", params=asked).json()["hits"][0]
        uri: str = next(one["uri"] for one in found["fulltext"] if one["extension"] == "txt")
        return uri.removeprefix(self.address)


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Serve a home of four documents in two collections."""
    home = tmp_path_factory.mktemp("login") / "home"
    load(home, range(4), Settings())
    bound = bound_socket()
    address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    services = open_services(home, Settings(web=WebSettings(base_url=address)))
    with serving(create_app(services), bound=bound):
        yield Archive(address, home, services)
