"""The page of figures: closed without a key, exact numbers with one, files of every report."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from fonds.access.usage.customers import digest
from fonds.access.usage.event_log import EventLog, day_of
from fonds.access.usage.events import Event, pack_ords
from fonds.access.usage.gathering import gather
from fonds.access.usage.kinds import KINDS
from fonds.access.usage.wishes import month_before
from fonds.archive.archive import Archive
from fonds.settings import Settings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.pictures import keep
from tests.web.conftest import load, serving
from tests.web.portal.browsing import LOOKS, WIDE, browser, check_looks, opened

__all__ = ["browser"]  # a fixture

LAST = month_before(day_of(int(time.time() * 1000))[:7])
OPERATOR, LYON = ("anyone", "operator"), ("", "lyon-key")


def read(home: Path) -> None:
    """Let a home be read last month: 20 requests from Lyon, 30 more by machines."""
    then = int(time.mktime(time.strptime(f"{LAST}-15", "%Y-%m-%d")) * 1000)
    log = EventLog(home / "usage" / "events")
    hour = 3_600_000
    for number in range(20):
        at = then + number % 4 * hour
        log.append(
            [
                Event(at, "u", str(number), "request", pack_ords([number % 8 + 1]), "Controlled",
                      customers=("lyon",)),
                Event(at, "u", f"s{number}", "search"),
            ]
        )  # fmt: skip
    log.append([Event(then, "m", "x", "request", pack_ords(range(1, 9)), "Open", "TDM")])
    log.append([Event(then, "n", "d", "no-license", pack_ords([4]), "Controlled")])
    log.close()
    with Archive.open(home, Settings()) as archive:
        gather(home, archive)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a home that was read last month."""
    home = tmp_path_factory.mktemp("statistics") / "home"
    load(home, range(8), Settings())
    (home / "access.toml").write_text(
        f'usage_key = "{digest("operator")}"\n[institutions.lyon]\nname = "Lyon <2>"\n'
        f'usage_key = "{digest("lyon-key")}"\n[institutions.nancy]\n'
    )
    read(home)
    with (
        serving(create_app(open_services(home, Settings()))) as address,
        httpx.Client(base_url=address) as made,
    ):
        yield made


def test_closed_without_a_key(client: httpx.Client) -> None:
    """401 and how to get in, in both languages; no number is shown; reports likewise."""
    for given in (None, ("operator", ""), ("", "wrong"), ("x", digest("operator"))):
        for path in ("/statistics?lang=fr", "/statistics/tr.tsv?begin=2026-01&end=2026-01"):
            answer = client.get(path, auth=given)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Basic ")
            assert "fonds usage key" in answer.text
            assert "<table" not in answer.text
    for header in ("Basic", "Basic !!!", "Basic " + "A" * 5_000, "Bearer x", "Basic //8="):
        assert client.get("/statistics", headers={"Authorization": header}).status_code == 401


def test_figures(client: httpx.Client) -> None:
    """The operator sees everybody's numbers, an institution its own alone."""
    page = client.get("/statistics?lang=en", auth=OPERATOR)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-store"
    assert "<strong>28</strong> <span>Text requests" in page.text
    assert "<strong>20</strong> <span>Searches" in page.text
    assert "<strong>1</strong> <span>Refusals" in page.text
    assert "Annals of Nothing" in page.text or "Journal of Imaginary Geology" in page.text
    own = client.get("/statistics?lang=en&institution=nancy", auth=LYON).text
    assert "<strong>20</strong> <span>Text requests" in own
    assert "<select" not in own
    assert "20</td>" in own
    chosen = client.get("/statistics?lang=en&institution=nancy", auth=OPERATOR).text
    assert "<strong>0</strong> <span>Text requests" in chosen
    assert "Lyon &lt;2&gt;" in chosen


def test_every_report_is_a_file(client: httpx.Client) -> None:
    """As a table and as JSON, named by report, customer and months."""
    given = {"begin": LAST, "end": LAST, "institution": "lyon"}
    for kind in KINDS:
        table = client.get(f"/statistics/{kind.path}.tsv", params=given, auth=OPERATOR)
        assert table.content.startswith(b"\xef\xbb\xbfReport_Name\t")
        assert f"{kind.id}_lyon_{LAST}_{LAST}.tsv" in table.headers["content-disposition"]
        content = client.get(f"/statistics/{kind.path}.json", params=given, auth=OPERATOR).json()
        assert content["Report_Header"]["Institution_Name"] == "Lyon <2>"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statistics/tr_x.tsv", 404),
        ("/statistics/tr.pdf", 404),
        ("/statistics/tr.tsv", 400),
        ("/statistics/tr.tsv?begin=2100-01&end=2100-02", 400),
        ("/statistics?begin=x&end=9999-99", 200),
        ("/statistics?begin=0001-01&end=2020-01", 200),
        ("/statistics?begin=2030-01&end=2020-01&institution=../..", 200),
    ],
)
def test_odd_addresses(client: httpx.Client, path: str, status: int) -> None:
    """No trace and no 5xx for what makes no sense."""
    assert client.get(path, auth=OPERATOR).status_code == status


def test_the_portal_leads_there(client: httpx.Client) -> None:
    """A link at the foot of every page."""
    assert 'href="/statistics"' in client.get("/").text


def test_static_files_have_validators(client: httpx.Client) -> None:
    """Style, script and icon: 304 by tag and by date, HEAD without a body."""
    for name in ("style.css", "portal.js", "icon.svg"):
        whole = client.get(f"/static/{name}")
        for header, value in (("If-None-Match", whole.headers["etag"]),
                              ("If-Modified-Since", whole.headers["last-modified"])):  # fmt: skip
            assert client.get(f"/static/{name}", headers={header: value}).status_code == 304
        assert client.head(f"/static/{name}").content == b""


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("locale", LOOKS)
def test_in_a_browser(browser: Browser, client: httpx.Client, locale: str) -> None:
    """Axe finds nothing in any look, and nothing is wider than the screen."""
    given = {"username": "any", "password": "operator"}
    context = opened(browser, locale=locale, http_credentials=given)
    page = context.new_page()
    page.goto(f"{client.base_url}/statistics")
    assert page.locator("svg.months rect").count() == 24
    check_looks(page, locale, "/statistics")
    if locale == "en-GB":
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
        keep(page, "statistics")
    context.close()
