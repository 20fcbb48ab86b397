"""The client against a real server, over a network that breaks, and against a service of old."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from fonds.client import Client
from fonds.errors import RemoteFailed
from fonds.settings import Settings
from fonds.web.services import open_services
from tests.client.cutting import Cutting
from tests.web.conftest import COUNT, PDF, api_app, load, serving

QUERY = "title:brain"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a home of sixty documents."""
    home = tmp_path_factory.mktemp("client") / "home"
    load(home, range(COUNT), Settings())
    services = open_services(home, Settings())
    with serving(api_app(services)) as base:
        yield base
    services.close()


@pytest.fixture
def client(address: str) -> Client:
    """Return a client of the server."""
    return Client(address, wait=0.01)


def test_search_count_record_and_file(client: Client) -> None:
    """One page, a number, a record by id and by ARK, a file by its address."""
    page = client.search('doi.raw:"10.1000/xyz.0"', output="*", size=3)
    (hit,) = page["hits"]
    assert client.count("*") == COUNT
    assert client.record(hit["id"]) == client.record(hit["arkIstex"])
    pdf = next(file for file in hit["fulltext"] if file["extension"] == "pdf")
    assert client.file(pdf["uri"]) == PDF


def test_a_walk_gives_each_document_once(client: Client) -> None:
    """Whatever the size of a page."""
    expected = client.count(QUERY)
    for page in (1, 7, expected, 1_000):
        ids = [hit["id"] for hit in client.iterate(QUERY, "id", page=page)]
        assert len(ids) == len(set(ids)) == expected


def test_long_queries_are_stored_first(client: Client) -> None:
    """Three thousand characters, twice: the second time it is there already."""
    query = " OR ".join(["title:brain"] * 200)
    assert client.count(query) == client.count(query) == client.count(QUERY)


def test_a_download_is_complete_and_its_size_was_known(client: Client, tmp_path: Path) -> None:
    """ZIP, TAR and folder; progress ends at the whole."""
    seen: list[tuple[int, int]] = []
    target = client.download(
        QUERY, tmp_path / "c.zip", "fulltext[txt]", progress=lambda *at: seen.append(at)
    )
    assert seen[-1] == (target.stat().st_size, target.stat().st_size)
    with zipfile.ZipFile(target) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
    assert sum(name.endswith(".json") and "/" in name for name in names) == client.count(QUERY)
    client.download(QUERY, tmp_path / "c.tar.gz", "metadata[json]", size=2)
    folder = client.download(QUERY, tmp_path / "folder", "fulltext[txt]", size=2)
    assert len(list(folder.glob("*/*.txt"))) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"c.zip", "c.tar.gz", "folder"}
    sizes = client.sizes(QUERY, "fulltext[txt]")
    assert sizes["delivered"] == client.count(QUERY)


def test_a_network_that_breaks(client: Client, address: str, tmp_path: Path) -> None:
    """Cut again and again, the file is the same in the end."""
    whole = client.download("*", tmp_path / "whole.zip", "")
    cutting = Cutting(address, 300_000)
    unsteady = Client(cutting.address, wait=0.01, timeout=10)
    target = unsteady.download("*", tmp_path / "cut.zip", "")
    cutting.close()
    assert cutting.cuts >= 3
    assert target.read_bytes() == whole.read_bytes()


def test_what_an_earlier_run_left_is_continued(client: Client, tmp_path: Path) -> None:
    """A program that was stopped goes on; another question does not continue this one's file."""

    class Stopped(Exception):
        pass

    def stop(done: int, whole: int) -> None:
        raise Stopped

    target = tmp_path / "c.zip"
    with pytest.raises(Stopped):
        client.download("*", target, "", progress=stop)
    assert not target.exists()
    kept = (tmp_path / "c.zip.part").stat().st_size
    assert kept > 0
    first: list[int] = []
    client.download("*", target, "", progress=lambda done, _: first.append(done))
    assert first[0] > kept
    with zipfile.ZipFile(target) as opened:
        assert opened.testzip() is None
    with pytest.raises(Stopped):
        client.download("*", target, "", progress=stop)
    client.download(QUERY, target, "metadata[json]")
    with zipfile.ZipFile(target) as opened:
        assert opened.testzip() is None


def test_rows_frames_and_arrow(client: Client) -> None:
    """Flat rows; the same in pandas and in pyarrow."""
    fields = ["id", "host.title", "author.name", "publicationDate"]
    rows = list(client.rows(QUERY, fields))
    assert rows[0]["author.name"][1] == "Bob Sample"
    assert isinstance(rows[0]["host.title"], str)
    frame = client.frame(QUERY, fields)
    assert list(frame.columns) == fields
    assert len(frame) == len(rows)
    assert client.arrow(QUERY, fields).to_pylist() == rows


def test_errors_say_what_the_service_said(client: Client) -> None:
    """Status and reason; nobody there; no address at all."""
    with pytest.raises(RemoteFailed, match="400") as caught:
        client.search("title:(")
    assert caught.value.data["status"] == 400
    with pytest.raises(RemoteFailed):
        client.record("0" * 40)
    with pytest.raises(RemoteFailed):
        Client("http://127.0.0.1:9", wait=0.001).count("*")
    with pytest.raises(RemoteFailed, match="no address"):
        Client("file:///etc/passwd").count("*")


class OldService(BaseHTTPRequestHandler):
    """Speaks as the national service does: no length, no ranges, a page instead of a refusal."""

    breaks = 0

    def do_GET(self) -> None:
        """Answer."""
        asked = parse_qs(urlsplit(self.path).query)
        if "extract" in asked:
            self._zip()
        elif "scroll" in asked:
            self._walk(int(asked.get("scrollId", ["0"])[0]))
        elif asked.get("q") == ["login"]:
            self._answer(b"<html>login</html>", "text/html")
        else:
            self._answer(json.dumps({"total": 4, "hits": []}).encode(), "application/json")

    def _walk(self, at: int) -> None:
        content = {"total": 4, "hits": [{"id": str(at)}, {"id": str(at + 1)}]}
        if at < 2:
            host = self.headers["Host"]
            content["nextScrollURI"] = f"http://{host}/document?q=1&scroll=1m&scrollId={at + 2}"
        self._answer(json.dumps(content).encode(), "application/json")

    def _zip(self) -> None:
        body = io.BytesIO()
        with zipfile.ZipFile(body, "w") as opened:
            opened.writestr("manifest.json", "{}")
        data = body.getvalue()
        if type(self).breaks:
            type(self).breaks -= 1
            data = data[:-9]
        self._answer(data, "application/zip")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
        """Say nothing."""


@pytest.fixture
def old() -> Iterator[Client]:
    """Serve as the national service does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldService)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Client(f"http://127.0.0.1:{server.server_port}", wait=0.001)
    server.shutdown()
    server.server_close()


def test_a_service_without_lengths_and_ranges(old: Client, tmp_path: Path) -> None:
    """Walks end without a flag; a ZIP that breaks is begun anew until it has its end."""
    assert [hit["id"] for hit in old.iterate("x")] == ["0", "1", "2", "3"]
    OldService.breaks = 2
    target = old.download("x", tmp_path / "c.zip")
    assert zipfile.is_zipfile(target)
    assert OldService.breaks == 0


def test_a_login_page_is_no_data(old: Client) -> None:
    """The classic trap: HTML with status 200."""
    with pytest.raises(RemoteFailed, match="login"):
        old.search("login")
