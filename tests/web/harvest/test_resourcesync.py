"""ResourceSync: another client mirrors what it may read, byte for byte, and no more."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
from lxml import etree

from fonds.settings import HarvestSettings, Settings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.web.conftest import load, serving

SM = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
RS = "{http://www.openarchives.org/rs/terms/}"
SYNC = Path(sys.executable).parent / "resync-sync"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a home of eight documents, of which two are in a restricted collection."""
    home = tmp_path / "home"
    load(home, range(8), Settings())
    rules = '[collections.second]\naccess = "restricted"\nopen_access = false\n'
    (home / "access.toml").write_text(rules)
    return home


@contextmanager
def opened(home: Path, settings: Settings) -> Iterator[httpx.Client]:
    """Serve a home and return a client."""
    with (
        serving(create_app(open_services(home, settings))) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client


def listed(client: httpx.Client, kind: str) -> dict[str, etree._Element]:
    """Return what a list says, by address, from the source description down."""
    at = "/.well-known/resourcesync"
    for name in ("capabilitylist", kind):
        at = next(
            str(place.findtext(f"{SM}loc"))
            for place in etree.fromstring(client.get(at).content).iter(f"{SM}url")
            if (place.find(f"{RS}md")) is not None and f'"{name}"' in etree.tostring(place).decode()
        )
    found = {}
    for part in etree.fromstring(client.get(at).content).iter(f"{SM}sitemap"):
        for place in etree.fromstring(client.get(str(part.findtext(f"{SM}loc"))).content).iter(
            f"{SM}url"
        ):
            described = place.find(f"{RS}md")
            assert described is not None
            found[str(place.findtext(f"{SM}loc"))] = described
    return found


def test_resync_mirrors_what_is_open(small: Path, tmp_path: Path) -> None:
    """Another client takes every open file; of the closed collection nothing of its text."""
    with serving(create_app(open_services(small, Settings()))) as address:
        mirror = tmp_path / "mirror"
        command = [
            SYNC, "-b", "--sitemap", f"{address}/resourcesync/resourcelist.xml",
            "--hash", "sha-256", "--delay", "0", address, str(mirror),
        ]  # fmt: skip
        done = subprocess.run(
            list(map(str, command)),
            capture_output=True,
            text=True,
            timeout=120,
            cwd=tmp_path,
            check=False,
        )
        assert "SYNCED" in done.stdout + done.stderr, done.stdout + done.stderr
        with httpx.Client(base_url=address) as client:
            places = listed(client, "resourcelist")
    files = [one for one in mirror.rglob("*") if one.is_file()]
    assert len(files) == len(places) > 0
    for place, described in places.items():
        data = (mirror / place.removeprefix(f"{address}/")).read_bytes()
        assert described.get("length") == str(len(data))
        assert described.get("hash") == f"sha-256:{hashlib.sha256(data).hexdigest()}"


def test_lists_are_made_for_who_asks(small: Path) -> None:
    """Closed files are listed for those alone who may read them, and every address answers."""
    with opened(small, Settings()) as client:
        asked = {"q": "*", "size": "9", "output": "corpusName,arkIstex"}
        arks = {
            hit["arkIstex"]: hit["corpusName"]
            for hit in client.get("/document", params=asked).json()["hits"]
        }
        outside = listed(client, "resourcelist")
        assert all(client.head(place).status_code == 200 for place in outside)
        rights = (
            '[institutions.here]\nnetworks = ["127.0.0.1"]\n'
            '[[institutions.here.rights]]\ncollections = ["second"]\n'
        )
        path = small / "access.toml"
        path.write_text(path.read_text() + rights)
        inside = listed(client, "resourcelist")
    closed = [ark for ark, name in arks.items() if name == "second"]
    assert len(closed) == 2
    for ark in closed:
        assert not [place for place in outside if f"{ark}/fulltext" in place]
        assert [place for place in inside if f"{ark}/fulltext" in place]
    assert len(inside) > len(outside)


def test_changes_are_told(small: Path) -> None:
    """What came is created, what was withdrawn is deleted."""
    settings = Settings(harvest=HarvestSettings(withdrawn={"second": date(2999, 1, 1)}))
    (small / "access.toml").unlink()
    with opened(small, settings) as client:
        changes = listed(client, "changelist")
        resources = listed(client, "resourcelist")
    assert resources.keys() < changes.keys()
    for place, described in changes.items():
        assert described.get("change") == ("created" if place in resources else "deleted")


@pytest.mark.parametrize(
    "name", ["nothing.xml", "resourcelist-99.xml", "changelist-0.xml", "x-1.xml"]
)
def test_unknown_lists_are_not_there(client: httpx.Client, name: str) -> None:
    """A list that is not there is 404 and JSON."""
    answer = client.get(f"/resourcesync/{name}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"


def test_moments_are_utc(client: httpx.Client) -> None:
    """Every moment is written alike."""
    said = client.get("/resourcesync/resourcelist.xml").text
    moments = re.findall(r'(?:at|from)="([^"]+)"|<lastmod>([^<]+)', said)
    assert moments
    form = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
    assert all(form.fullmatch(one or other) for one, other in moments)
