"""A whole installation is harvested while others load into it: its ids are the snapshot's."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx

from fonds.client import Client
from fonds.demo import deliveries
from fonds.loading.load import load
from fonds.settings import Settings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.web.conftest import serving

FIRST = ("plos", "elife", "scielo")
DURING = ("mdpi", "pensoft", "openjournals")


def test_harvested_while_a_load_is_running(tmp_path: Path) -> None:
    """Two walks begun before the load end with what was there; an export gives the same files."""
    home = tmp_path / "home"
    folders = {folder.name: folder for folder in deliveries()}
    for name in FIRST:
        load([folders[name]], collection=name, home=home, settings=Settings())
    services = open_services(home, Settings())
    snapshot = {document.id for document in services.archive.documents()}
    with (
        serving(create_app(services)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        slow = client.get("/document?q=*&scroll=5m&size=1&output=id,title&sortBy=title.raw").json()
        quick = client.get("/document?q=*&scroll=5m&size=5&output=id").json()
        seen = {"slow": [hit["id"] for hit in slow["hits"]],
                "quick": [hit["id"] for hit in quick["hits"]]}  # fmt: skip
        export = client.get("/extract?q=*&size=*&extract=metadata[json]").json()
        begun = [_loading(home, folders[name]) for name in DURING[:1]]
        totals = set()
        for name in (*DURING[1:], ""):
            for _ in range(12):
                slow = _next(client, slow, seen["slow"])
                quick = _next(client, quick, seen["quick"])
                totals.add(client.get("/document?q=*&size=0").json()["total"])
            assert begun[-1].wait(120) == 0
            if name:
                begun.append(_loading(home, folders[name]))
        while not slow["noMoreScrollResults"]:
            slow = _next(client, slow, seen["slow"])
        archive = client.get(export["archive"]).content
        now = client.get("/document?q=*&size=0").json()["total"]
        walked = [record["id"] for record in Client(address).iterate("*", "id")]
    for found in seen.values():
        assert len(found) == len(set(found))
        assert set(found) == snapshot
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        names = {name.partition("/")[0] for name in held.namelist() if "/" in name}
        assert names == snapshot
        assert json.loads(held.read("manifest.json"))["completeness"]["complete"] is True
    assert len(snapshot) < now == len(walked) == len(set(walked))
    assert min(totals) >= len(snapshot) and max(totals) <= now


def _next(client: httpx.Client, page: dict[str, object], seen: list[str]) -> dict[str, object]:
    """Follow a walk by one page."""
    if page["noMoreScrollResults"]:
        return page
    answer = client.get(str(page["nextScrollURI"]))
    assert answer.status_code == 200, answer.text
    content: dict[str, object] = answer.json()
    seen += [hit["id"] for hit in content["hits"]]  # type: ignore[attr-defined]  # decoded JSON
    return content


def _loading(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Load a delivery as an operator does, in a process of its own."""
    command = [sys.executable, "-m", "fonds.cli.main", "load", str(folder), "--collection",
               folder.name, "--home", str(home), "--json"]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)
