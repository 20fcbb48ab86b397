"""What a real server gives out is counted, by the rules; a kill loses nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fonds.access.tokens import Tokens
from fonds.access.usage.counting import Counts
from fonds.access.usage.event_log import days_of, files_of, read_events
from fonds.access.usage.events import Event, unpack_ords
from fonds.access.usage.gathering import gather, usage_folder
from fonds.access.usage.months import Months
from fonds.archive.archive import Archive
from fonds.settings import Settings
from fonds.web.app import create_app
from fonds.web.recorder import Recorder, Seen
from fonds.web.services import open_services
from fonds.web.uses import use_of
from tests.web.conftest import load, serving

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
ACCESS = """
[collections.second]
access = "restricted"
open_access = false
[institutions.here]
networks = ["127.0.0.1"]
[[institutions.here.rights]]
collections = ["first"]
[institutions.there]
[[institutions.there.rights]]
collections = ["second"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home of eight documents, two of them restricted."""
    load(tmp_path / "home", range(8), Settings())
    (tmp_path / "home" / "access.toml").write_text(ACCESS)
    return tmp_path / "home"


@pytest.fixture
def client(home: Path) -> Iterator[httpx.Client]:
    """Return a browser before a real server."""
    with (
        serving(create_app(open_services(home, Settings()))) as address,
        httpx.Client(base_url=address, headers=BROWSER) as made,
    ):
        yield made


def events(home: Path, count: int) -> list[Event]:
    """Return what was written down, once that many events are there."""
    folder = usage_folder(home) / "events"
    found: list[Event] = []
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found = [one for day in days_of(folder) for path in files_of(folder, day)
                 for one in read_events(path) if not one.echo]  # fmt: skip
        if len(found) >= count:
            break
        time.sleep(0.02)
    time.sleep(0.1)  # and no more than that
    return found


def said(found: list[Event]) -> list[tuple[object, ...]]:
    """Return what matters of events."""
    return [(one.kind, one.access, one.method, len(unpack_ords(one.ords))) for one in found]


def ark(client: httpx.Client, number: int) -> str:
    """Return the ARK of a document, found by a program that no report counts."""
    found = client.get(
        "/document",
        params={"q": f'doi:"10.1000/xyz.{number}"', "output": "arkIstex"},
        headers={"User-Agent": "python-requests/2.32"},
    ).json()
    return str(found["hits"][0]["arkIstex"])


def test_what_counts_as_what(client: httpx.Client, home: Path) -> None:
    """Notice and record: investigations; text: requests; the same by id, by ARK and below /api."""
    open_one, closed = ark(client, 0), ark(client, 3)
    record = client.get(f"/{open_one}/record.json").json()
    client.get(f"/notice/{open_one}")
    client.get(f"/{open_one}/record.ris")
    client.get(f"/{open_one}/record.bibtex")
    client.get(f"/api/document/{record['id']}/")
    client.get(f"/document/{record['id']}/fulltext/pdf")
    client.get(f"/{open_one}/fulltext.txt")
    client.get(f"/{open_one}/bundle.zip")
    assert client.get(f"/{closed}/fulltext.txt").status_code == 403
    client.get("/?q=brain")
    client.get("/?q=brain&page=2")
    client.get("/document?q=brain&size=1")
    client.get("/document?q=brain&size=1&from=10")
    found = events(home, 11)
    kinds = ["investigation"] * 5 + ["request"] * 3 + ["no-license"] + ["search"] * 2
    assert [one.kind for one in found] == kinds
    assert {one.access for one in found[:8]} == {"Open"}
    assert found[8].access == "Controlled"
    assert {one.customers for one in found} == {("here",)}
    assert len({one.user for one in found}) == 1


def test_only_success_counts(client: httpx.Client, home: Path) -> None:
    """304 counts, HEAD, 404, 416, listings, resolvers and limits do not."""
    name = ark(client, 0)
    tag = client.get(f"/{name}/fulltext.pdf").headers["etag"]
    assert client.get(f"/{name}/fulltext.pdf", headers={"If-None-Match": tag}).status_code == 304
    client.head(f"/{name}/fulltext.pdf")
    client.get(f"/{name}/fulltext.docx")
    client.get(f"/{name}/fulltext.pdf", headers={"Range": "bytes=99999999-"})
    client.get(f"/{name}")
    client.get("/document/openurl?rft_id=info:doi/10.1000/xyz.0")
    client.get(f"/{name}/fulltext.pdf", headers={"Sec-Purpose": "prefetch"})
    assert said(events(home, 2)) == [("request", "Open", "Regular", 1)] * 2


def test_ranges_of_one_file_count_once(client: httpx.Client, home: Path) -> None:
    """A viewer that fetches a PDF piece by piece makes one request."""
    name = ark(client, 0)
    for begin in range(0, 1_000_000, 100_000):
        asked = {"Range": f"bytes={begin}-{begin + 99_999}"}
        assert client.get(f"/{name}/fulltext.pdf", headers=asked).status_code == 206
    assert said(events(home, 1)) == [("request", "Open", "Regular", 1)]


def test_robots_do_not_count(client: httpx.Client, home: Path) -> None:
    """Crawlers and programs are left out, and so is what names no user agent."""
    name = ark(client, 0)
    for agent in ("Googlebot/2.1", "curl/8.5.0", "python-httpx/0.28", "Wget/1.21", ""):
        client.get(f"/{name}/fulltext.pdf", headers={"User-Agent": agent})
    client.get(f"/{name}/fulltext.pdf")
    assert len(events(home, 1)) == 1


def test_text_mining(client: httpx.Client, home: Path) -> None:
    """A token and an export are TDM; an export counts every document that went out."""
    bearer = {"Authorization": f"Bearer {Tokens(home).create('there', days=1)}"}
    name = ark(client, 3)
    client.get(f"/{name}/fulltext.txt", headers={**bearer, "User-Agent": "python-requests/2"})
    export = {"q": "*", "size": "*", "extract": "fulltext[txt]"}
    assert client.get("/document", params=export, headers={"User-Agent": "curl/8"}).is_success
    client.get("/document", params={**export, "extract": "metadata[json]"})
    found = events(home, 5)
    assert found[0].customers == ("there",)
    assert found[1].customers == ("here",)
    assert said(found) == [
        ("request", "Controlled", "TDM", 1),
        ("request", "Open", "TDM", 6),
        ("investigation", "Controlled", "TDM", 2),  # of these only the records went out
        ("investigation", "Controlled", "TDM", 2),
        ("investigation", "Open", "TDM", 6),
    ]


def test_days_become_months_and_raw_events_vanish(client: httpx.Client, home: Path) -> None:
    """After the day is over its counts are kept; events and salt are gone; nothing counts twice."""
    name = ark(client, 0)
    client.get(f"/{name}/fulltext.pdf")
    client.get(f"/notice/{name}")
    found = events(home, 2)
    tomorrow = found[0].time / 1000 + 2 * 86_400
    folder = usage_folder(home)
    with Archive.open(home, Settings()) as archive:
        assert gather(home, archive, now=found[0].time / 1000) == []
        assert len(gather(home, archive, now=tomorrow)) == 1
        assert gather(home, archive, now=tomorrow) == []
    assert not list((folder / "events").rglob("*.events"))
    assert not list((folder / "salts").iterdir())
    months = Months(folder)
    first = months.first_day()[:7]
    used = {one.metric: one.count for one in months.by_title("here", first, first)}
    assert used == {
        "Total_Item_Investigations": 2,
        "Unique_Item_Investigations": 1,
        "Total_Item_Requests": 1,
        "Unique_Item_Requests": 1,
    }


@pytest.mark.parametrize(("before", "after", "counted"), [(9, 9, 1), (20, 20, 2)])
def test_a_double_click_across_midnight(home: Path, before: int, after: int, counted: int) -> None:
    """Within 30 seconds it counts once, on the day of the later request."""
    midnight = 1_767_312_000  # 2026-01-02T00:00:00Z
    services = open_services(home, Settings())
    document = services.archive.by_ord(1)
    assert document is not None
    path = f"/document/{document.id}/fulltext/txt"
    use = use_of("GET", path, b"")
    assert use is not None
    headers = [(b"user-agent", BROWSER["User-Agent"].encode())]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}
    recorder = Recorder(services)
    for moment in (midnight - before, midnight + after):
        recorder.record(Seen(moment * 1_000, use, "request", scope))
    # not started: what it would do at once, without counting days meanwhile
    recorder.write_waiting()
    recorder.close()
    with Archive.open(home, Settings()) as archive:
        assert len(gather(home, archive, now=midnight + 3 * 86_400)) == 2
    months = Months(usage_folder(home))
    used = {one.metric: one.count for one in months.by_title("", "2026-01", "2026-01")}
    assert used["Total_Item_Requests"] == counted
    services.close()


@pytest.mark.parametrize("step", ["before", "after"])
def test_a_kill_while_counting(
    home: Path, client: httpx.Client, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A day is added once, whether the process dies before or after the transaction."""
    client.get(f"/{ark(client, 0)}/fulltext.pdf")
    tomorrow = events(home, 1)[0].time / 1000 + 2 * 86_400
    real = Months.add

    def dying(self: Months, day: str, files: list[str], counts: Counts, known: object) -> None:
        if step == "after":
            real(self, day, files, counts, known)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with Archive.open(home, Settings()) as archive:
        monkeypatch.setattr(Months, "add", dying)
        with pytest.raises(KeyboardInterrupt):
            gather(home, archive, now=tomorrow)
        monkeypatch.setattr(Months, "add", real)
        gather(home, archive, now=tomorrow)
    months = Months(usage_folder(home))
    first = months.first_day()[:7]
    used = {one.metric: one.count for one in months.by_title("here", first, first)}
    assert used["Total_Item_Requests"] == 1


@pytest.mark.faults
def test_a_killed_server_loses_no_use(home: Path) -> None:
    """SIGKILL right after the answers: everything that was given out is in the file."""
    command = [sys.executable, "-m", "fonds.cli.main", "serve", "--home", str(home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[3]
        with httpx.Client(base_url=address, headers=BROWSER) as client:
            name = ark(client, 0)
            for number in range(50):
                assert client.get(f"/{name}/fulltext.pdf?n={number}").is_success
        time.sleep(0.2)
        server.send_signal(signal.SIGKILL)
    assert len(events(home, 50)) == 50
