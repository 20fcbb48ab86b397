"""`extract=` over HTTP: announced length, ranges, resuming, sizes, errors (istex-api.md 1.6)."""

from __future__ import annotations

import io
import random
import re
import tarfile
import zipfile
from pathlib import Path

import httpx
import pytest

from fonds.corpora.plan import PlanStore
from fonds.settings import CorporaSettings, Settings
from fonds.web.services import Services, open_services
from tests.corpora.conftest import plan_of
from tests.web.conftest import COUNT, api_app, load, serving

ASKED = "/document?q=*&size=*&extract=metadata[json];fulltext[cleaned]"


def test_a_zip_of_announced_length(client: httpx.Client) -> None:
    """Length, type, name and content; HEAD says the same without a body."""
    answer = client.get(ASKED)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert int(answer.headers["content-length"]) == len(answer.content)
    name = answer.headers["content-disposition"]
    assert re.search(r'"istex-subset-\d{4}-\d{2}-\d{2}\.zip"', name)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        names = opened.namelist()
    assert sum(name.endswith(".cleaned") for name in names) == COUNT
    head = client.head(ASKED)
    assert head.headers["content-length"] == answer.headers["content-length"]
    assert head.headers["etag"] == answer.headers["etag"]
    assert head.content == b""


def test_five_documents_unless_a_size_is_given(client: httpx.Client) -> None:
    """The default of the contract; `from` goes on behind."""
    for size, expected in (("", 5), ("&size=3", 3), ("&size=4&from=58", 2), ("&size=0", 0)):
        answer = client.get(f"/document/?q=*{size}&extract=")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
            folders = {name.partition("/")[0] for name in opened.namelist() if "/" in name}
        assert len(folders) == expected


def test_by_post_and_as_tar(client: httpx.Client) -> None:
    """A long query by POST; `archiveType=tar` is a TAR.GZ."""
    answer = client.post(
        "/document?size=2&extract=metadata[xml]&archiveType=tar&compressionLevel=5&sid=test",
        json={"qString": "title:brain"},
    )
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith('.tar.gz"')
    with tarfile.open(fileobj=io.BytesIO(answer.content), mode="r:gz") as tar:
        assert sum(name.endswith(".xml") for name in tar.getnames()) == 2


def test_another_archive_type(client: httpx.Client) -> None:
    """What we cannot make is said, not made otherwise."""
    answer = client.get("/document?q=*&size=1&extract=metadata[json]&archiveType=rar")
    assert (answer.status_code, answer.json()["code"]) == (400, "parameter-invalid")


def test_ranges_and_their_conditions(client: httpx.Client) -> None:
    """Random stretches are stretches of the whole; another tag gives the whole."""
    whole = client.get(ASKED)
    data, tag = whole.content, whole.headers["etag"]
    draw = random.Random(1)
    for _ in range(30):
        begin, end = sorted(draw.choices(range(len(data)), k=2))
        headers = {"Range": f"bytes={begin}-{end}", "If-Range": tag}
        part = client.get(ASKED, headers=headers)
        assert part.status_code == 206
        assert part.headers["content-range"] == f"bytes {begin}-{end}/{len(data)}"
        assert part.content == data[begin : end + 1]
    other = client.get(ASKED, headers={"Range": "bytes=7-", "If-Range": '"another"'})
    assert (other.status_code, other.content) == (200, data)
    assert client.get(ASKED, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
    assert client.get(ASKED, headers={"If-None-Match": tag}).status_code == 304


def test_the_named_export(client: httpx.Client) -> None:
    """Content-Location names the same bytes for ever; unknown names are 404."""
    whole = client.get(ASKED)
    place = whole.headers["content-location"]
    assert client.get(place).content == whole.content
    for wrong in (place.replace(".zip", ".tar.gz"), "/extract/0.zip", f"/extract/{'0' * 32}.zip"):
        assert client.get(wrong).status_code == 404


def test_sizes_beforehand(client: httpx.Client) -> None:
    """What is said beforehand is what comes."""
    sizes = client.get("/extract?q=*&size=*&extract=metadata[json];fulltext[cleaned]").json()
    whole = client.get(ASKED)
    assert sizes["size"] == len(whole.content)
    assert (sizes["total"], sizes["asked"], sizes["delivered"]) == (COUNT, COUNT, COUNT)
    cleaned = next(one for one in sizes["formats"] if one["format"] == "cleaned")
    assert cleaned["bytes"] == COUNT * len(b"cleaned text")
    assert len(client.get(sizes["archive"]).content) == sizes["size"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("q=*&extract=fulltext[pdf", 400, "extract-invalid"),
        ("q=title:(&extract=", 400, "query-invalid"),
        ("extract=fulltext", 400, "query-invalid"),
        ("q=*&size=x&extract=", 400, "parameter-invalid"),
        ("q=*&extract=&archiveType=rar", 400, "parameter-invalid"),
        ("q=*&extract=&compressionLevel=10", 400, "parameter-invalid"),
        ("q=*&extract=&compressionLevel=fast", 400, "parameter-invalid"),
    ],
)
def test_what_is_wrong_is_said(client: httpx.Client, query: str, status: int, code: str) -> None:
    """Status and code, with the place where there is one."""
    answer = client.get(f"/document?{query}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    if code == "extract-invalid":
        assert answer.json()["position"] == 9


def test_the_operators_limit(home: Path) -> None:
    """More documents than the setting allows are 413; as many are fine."""
    settings = Settings(corpora=CorporaSettings(documents=10))
    opened = open_services(home, settings)
    try:
        with serving(api_app(opened)) as address, httpx.Client(base_url=address) as client:
            refused = client.get("/document?q=*&size=11&extract=")
            assert (refused.status_code, refused.json()["code"]) == (413, "export-too-large")
            assert client.get("/document?q=*&size=10&extract=").status_code == 200
    finally:
        opened.close()


def test_a_download_goes_on_while_the_archive_grows(tmp_path: Path) -> None:
    """The rest of a file begun before a load is the rest of that file, by tag or by address."""
    home = tmp_path / "home"
    load(home, range(12), Settings())
    opened = open_services(home, Settings())
    try:
        with serving(api_app(opened)) as address, httpx.Client(base_url=address) as client:
            before = client.get(ASKED)
            load(home, range(12, 20), Settings())
            _goes_on(client, before)
            after = client.get(ASKED)
            assert len(after.content) > len(before.content)
            assert after.headers["etag"] != before.headers["etag"]
    finally:
        opened.close()


def _goes_on(client: httpx.Client, before: httpx.Response) -> None:
    for condition in ({}, {"If-Range": before.headers["etag"]}):
        rest = client.get(ASKED, headers={"Range": "bytes=1000-", **condition})
        assert rest.status_code == 206
        assert rest.content == before.content[1000:]


def test_plans_are_kept_within_limits(services: Services, tmp_path: Path) -> None:
    """Old plans go, and the least used beyond the bytes; what is asked for now stays."""
    now = [0.0]
    store = PlanStore(tmp_path / "plans", CorporaSettings(plan_bytes=1_500), clock=lambda: now[0])
    plans = [plan_of(services, "", query=f"title:{n} OR *") for n in range(4)]
    keys = [store.keep(plan) for plan in plans]
    kept = list((tmp_path / "plans").glob("*.plan"))
    assert keys[-1] in {path.stem for path in kept}
    assert sum(path.stat().st_size for path in kept) <= 1_500 or len(kept) == 1
    now[0] = 1e12
    store.sweep()
    assert not list((tmp_path / "plans").glob("*.plan"))
