"""The application as `fonds serve` runs it: over a home that others load into meanwhile."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from fonds.errors import HomeNotFound
from fonds.settings import Settings, read_settings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.web.conftest import load, serving


def test_a_home_without_anything_is_refused(tmp_path: Path) -> None:
    """The error says where and what to do."""
    with pytest.raises(HomeNotFound, match="no Fonds installation"):
        open_services(tmp_path / "nothing", Settings())


def test_an_open_server_sees_what_is_loaded_later(tmp_path: Path) -> None:
    """New documents are searchable and their files readable without a restart."""
    home = tmp_path / "home"
    load(home, range(4), Settings())
    with serving(create_app(open_services(home, Settings()))) as address:
        client = httpx.Client(base_url=address)
        first = client.get("/document?q=*&size=2&scroll=1m&output=id").json()
        assert first["total"] == 4
        load(home, range(12), Settings())
        assert client.get("/document?q=*&size=0").json()["total"] == 12
        assert sum(item["doc_count"] for item in client.get("/corpus").json()) == 12
        found = client.get("/document?q=doi.raw:%2210.1000/xyz.11%22&output=*").json()["hits"][0]
        assert client.get(found["fulltext"][0]["uri"]).text.startswith("11 ")
        rest = client.get(first["nextScrollURI"]).json()
        ids = {hit["id"] for hit in first["hits"] + rest["hits"]}
        assert (rest["noMoreScrollResults"], len(ids)) == (True, 4)
        client.close()


def test_a_configured_address_wins_over_the_host(tmp_path: Path) -> None:
    """Behind a proxy, addresses start with `web.base_url`."""
    home = tmp_path / "home"
    load(home, range(1), Settings())
    base = "https://archive.example.org/fonds"
    (home / "fonds.toml").write_text(f'[web]\nbase_url = "{base}/"\n')
    with serving(create_app(open_services(home, read_settings(home)))) as address:
        content = httpx.get(f"{address}/document?q=*&output=fulltext").json()
    assert content["firstPageURI"].startswith(f"{base}/document/?q=*")
    assert content["hits"][0]["fulltext"][0]["uri"].startswith(f"{base}/ark:/99999/")
