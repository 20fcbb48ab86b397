"""`/limits` says what holds: at each limit all is well, one beyond it is answered as it says."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from starlette.applications import Starlette

from fonds.access.tokens import Tokens
from fonds.settings import CorporaSettings, RateSettings, SearchSettings, Settings
from fonds.web.app import create_app
from fonds.web.limit_table import LIMITS
from fonds.web.services import Services, open_services
from tests.conftest import ROOT
from tests.web.conftest import load, serving

SMALL = Settings(
    search=SearchSettings(
        query_bytes=2_000, query_depth=5, query_clauses=9, query_patterns=4,
        page_size=7, cursor_seconds_max=60,
    ),
    corpora=CorporaSettings(documents=6, kept_documents=5),
)  # fmt: skip
ACCESS = '[institutions.here]\nnetworks = ["127.0.0.1"]\n[institutions.there]\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of twelve documents."""
    made = tmp_path_factory.mktemp("limits") / "home"
    load(made, range(12), Settings())
    (made / "access.toml").write_text(ACCESS)
    return made


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[httpx.Client]:
    """Return a client of a server with small limits."""
    with (
        pytest.MonkeyPatch.context() as patch,
        serving(_few_citations(home, patch)) as address,
        httpx.Client(base_url=address, timeout=60) as made,
    ):
        yield made


def _few_citations(home: Path, patch: pytest.MonkeyPatch) -> Starlette:
    """Make a server that makes citations of four documents, where ours makes ten thousand."""
    patch.setattr("fonds.corpora.citations.MOST", 4)
    return create_app(open_services(home, SMALL))


def search(client: httpx.Client, **given: str) -> httpx.Response:
    """Ask `/document`."""
    return client.get("/document", params=given)


def of_address(client: httpx.Client, size: int) -> httpx.Response:
    """Ask with an address of exactly so many bytes."""
    start = "/corpus?x="
    return client.get(start + "a" * (size - len(start)))


def of_body(client: httpx.Client, size: int) -> httpx.Response:
    """Send a body of so many bytes; the query in it is small."""
    start, end = b'{"qString":"brain","x":"', b'"}'
    body = start + b"a" * (size - len(start) - len(end)) + end
    return client.post(
        "/document?size=1", content=body, headers={"Content-Type": "application/json"}
    )


def of_references(client: httpx.Client, count: int) -> httpx.Response:
    """Resolve so many references."""
    return client.post("/document/multiopenurl", content=msgspec.json.encode([[]] * count))


def of_references_bytes(client: httpx.Client, size: int) -> httpx.Response:
    """Send a body of so many bytes to multiopenurl."""
    return client.post("/document/multiopenurl", content=b"[" + b" " * (size - 2) + b"]")


def looked_up(client: httpx.Client, count: int) -> httpx.Response:
    """Look so many references up."""
    return client.post("/lookup", json={"references": [{}] * count})


def nested(client: httpx.Client, depth: int) -> httpx.Response:
    """Ask with so many levels: the query, and parentheses inside each other."""
    return search(client, q="(" * (depth - 1) + "brain" + ")" * (depth - 1), size="1")


def exported(client: httpx.Client, count: int) -> httpx.Response:
    """Take out so many documents."""
    return search(client, q="*", size=str(count), extract="metadata[json]")


def cited(client: httpx.Client, count: int) -> httpx.Response:
    """Take out the citations of so many documents."""
    return search(client, q="*", size=str(count), extract="metadata[ris]")


def kept(client: httpx.Client, count: int) -> httpx.Response:
    """Keep so many documents."""
    return client.post("/corpora", json={"title": "t", "q": "*", "size": count})


REFUSED: dict[str, Callable[[httpx.Client, int], httpx.Response]] = {
    "addressBytes": of_address,
    "bodyBytes": of_body,
    "queryBytes": lambda c, n: search(c, q="b" * n, size="1"),
    "queryDepth": nested,
    "queryClauses": lambda c, n: search(c, q=" ".join(["brain"] * n), size="1"),
    "queryPatterns": lambda c, n: search(c, q=" ".join(["brai*"] * n), size="1"),
    "keptDocuments": kept,
    "citedDocuments": cited,
    "references": of_references,
    "referencesBytes": of_references_bytes,
    "lookupReferences": looked_up,
    "exportDocuments": exported,
}
CUT: dict[str, Callable[[httpx.Client, int], int]] = {
    "pageSize": lambda c, n: len(search(c, q="*", size=str(n)).json()["hits"]),
    "scrollSeconds": lambda c, n: int(search(c, q="*", scroll=f"{n}s", size="1").is_success),
}


def limits(client: httpx.Client) -> dict[str, Any]:
    """Return what the server says."""
    found: dict[str, Any] = client.get("/limits").json()
    return found


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_at_the_edge(client: httpx.Client, name: str) -> None:
    """Exactly the limit is answered; one more gets the status that the table says, in JSON."""
    said = limits(client)[name]
    assert REFUSED[name](client, said["value"]).status_code in (200, 201)
    beyond = REFUSED[name](client, said["value"] + 1)
    assert str(beyond.status_code) == said["beyond"]
    assert beyond.headers["content-type"].startswith("application/json")
    assert beyond.json()["code"]


def test_the_edge_of_highlights(home: Path) -> None:
    """Asked of a server whose pages are larger than what is highlighted."""
    with (
        serving(create_app(open_services(home, Settings()))) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        most = limits(client)["highlighted"]["value"]
        codes = [
            search(client, q="brain", size=str(size), highlight="true").status_code
            for size in (most, most + 1)
        ]
    assert codes == [200, 400]


def test_what_is_cut(client: httpx.Client) -> None:
    """A page holds no more than the limit, whatever was asked."""
    size = limits(client)["pageSize"]["value"]
    assert [CUT["pageSize"](client, n) for n in (size - 1, size, size + 1)] == [
        size - 1,
        size,
        size,
    ]
    assert CUT["scrollSeconds"](client, 10_000)


def test_every_limit_is_tried_and_documented() -> None:
    """The table, the tests and the reference page name the same limits."""
    rates = {one.name for one in LIMITS if one.setting.startswith("rates.")}
    assert {one.name for one in LIMITS} == set(REFUSED) | set(CUT) | rates | {"highlighted"}
    page = (ROOT / "docs" / "reference" / "limits.md").read_text("utf-8")
    assert all(f"`{one.name}`" in page for one in LIMITS)


def test_limits_are_a_fixed_answer(client: httpx.Client) -> None:
    """With a tag; the values are those of the settings, null where there is none."""
    answer = client.get("/limits")
    assert (
        client.get("/limits", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    )
    assert answer.json()["queryBytes"]["value"] == 2_000
    assert answer.json()["personRequests"]["value"] is None
    assert "ratelimit" not in answer.headers


def served(home: Path, rates: RateSettings) -> Services:
    """Open a home with quotas."""
    return open_services(home, Settings(rates=rates))


def test_requests_of_a_person(home: Path) -> None:
    """Exactly as many as /limits says; then 429 with the headers; other addresses go on."""
    (home / "access.toml").write_text(f'trusted_proxies = ["127.0.0.1"]\n{ACCESS}')
    services = served(home, RateSettings(person_requests=3, seconds=600))
    with serving(create_app(services)) as address, httpx.Client(base_url=address) as client:
        most = limits(client)["personRequests"]["value"]
        me = {"X-Forwarded-For": "192.0.2.9"}
        for left in reversed(range(most)):
            answer = client.get("/corpus", headers=me)
            assert answer.status_code == 200
            assert answer.headers["ratelimit-policy"] == '"person";q=3;w=600'
            assert answer.headers["ratelimit"].startswith(f'"person";r={left};t=')
        refused = client.get("/corpus", headers=me)
        assert refused.status_code == 429
        assert refused.json()["code"] == "rate-exceeded"
        assert 1 <= int(refused.headers["retry-after"]) <= 600
        assert refused.headers["ratelimit"].startswith('"person";r=0;t=')
        assert refused.headers["access-control-allow-origin"] == "*"
        page = client.get("/?lang=en", headers=me)
        assert page.status_code == 429
        assert "text/html" in page.headers["content-type"]
        report = client.get("/r51/reports", headers=me)
        assert (report.status_code, report.json()["Code"]) == (429, 1020)
        assert client.get("/limits", headers=me).status_code == 200
        assert client.get("/static/style.css", headers=me).status_code == 200
        assert client.get("/corpus", headers={"X-Forwarded-For": "192.0.2.10"}).status_code == 200
        six = [f"2001:db8:0:1::{n}" for n in range(1, 5)]
        codes = [client.get("/corpus", headers={"X-Forwarded-For": a}).status_code for a in six]
        assert codes == [200, 200, 200, 429]


def test_tokens_and_networks(home: Path) -> None:
    """A token has its own quota; an institution one for all its members."""
    (home / "access.toml").write_text(ACCESS)
    services = served(home, RateSettings(token_requests=2, network_requests=4))
    bearer = {"Authorization": f"Bearer {Tokens(home).create('there', days=1)}"}
    with serving(create_app(services)) as address, httpx.Client(base_url=address) as client:
        codes = [client.get("/corpus", headers=bearer).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        codes = [client.get("/corpus").status_code for _ in range(5)]
        assert codes == [200, 200, 200, 200, 429]


def test_bytes_of_a_person(home: Path) -> None:
    """A download that passes the limit is ended; the next one is refused."""
    services = served(home, RateSettings(person_bytes=10_000))
    with serving(create_app(services)) as address, httpx.Client(base_url=address) as client:
        asked = {"q": "*", "size": "9", "extract": "fulltext[txt]"}
        first = client.get("/document", params=asked)
        assert (
            first.headers["ratelimit-policy"] == '"person-bytes";q=10000;w=86400;qu="content-bytes"'
        )
        assert zipfile.ZipFile(BytesIO(first.content)).testzip() is None
        assert client.get("/corpus").status_code == 429
