"""Tables, presets and kept corpora over HTTP."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyarrow.parquet
import pytest

from fonds.corpora.kept import KeptCorpus, keep_corpus
from fonds.settings import Settings
from fonds.web.services import open_services
from tests.corpora.conftest import plan_of
from tests.web.conftest import COUNT, api_app, load, serving


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, KeptCorpus]]:
    """Serve a home in which a corpus is kept."""
    home: Path = tmp_path_factory.mktemp("kept") / "home"
    load(home, range(12), Settings())
    services = open_services(home, Settings())
    plan = plan_of(services, query="title:brain")
    made = keep_corpus(home, services.archive, plan, naan="99999", title="Brains")
    with serving(api_app(services)) as address, httpx.Client(base_url=address) as client:
        yield client, made
    services.close()


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_a_table_of_everything(client: httpx.Client, prefix: str) -> None:
    """All documents unless cut; the name says the format."""
    answer = client.get(f"{prefix}/table?q=*&fields=id,title&format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].endswith('.csv"')
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert len(rows) == COUNT + 1
    parquet = client.get("/table?q=*&fields=id&format=parquet&size=7")
    assert pyarrow.parquet.read_table(io.BytesIO(parquet.content)).num_rows == 7
    for wrong in ("fields=nothing", "format=xls", "size=-1"):
        assert client.get(f"/table?q=*&{wrong}").status_code == 400


def test_presets(client: httpx.Client) -> None:
    """What each tool needs and what share has it; without a question, 400."""
    found = client.get("/presets?q=*").json()
    assert {one["preset"]["name"] for one in found} == {"lodex", "cortext", "gargantext", "nooj"}
    assert client.get("/presets").status_code == 400


def test_a_kept_corpus(kept: tuple[httpx.Client, KeptCorpus]) -> None:
    """Listed, described by name and by ARK, as a file, as an archive, compared with now."""
    client, made = kept
    name = made.ark.rpartition("/")[2]
    assert [one["ark"] for one in client.get("/corpora").json()] == [made.ark]
    described = client.get(f"/corpora/{name}").json()
    assert described["title"] == "Brains"
    assert client.get(f"/{made.ark}").json() == described
    assert made.ark in client.get(f"/corpora/{name}.corpus").text
    assert client.get(f"/corpora/{name}.changes").json()["added"] == []
    answer = client.get(f"/corpora/{name}.zip?extract=fulltext[cleaned]")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        cleaned = [one for one in opened.namelist() if one.endswith(".cleaned")]
    assert len(cleaned) == len(made.documents)
    for wrong in ("CRP-00000000-0", f"{name}.exe", "..%2F..%2Fx"):
        assert client.get(f"/corpora/{wrong}").status_code == 404
    assert client.get("/ark:/12345/" + name).status_code == 404


def test_an_unknown_stored_query(client: httpx.Client) -> None:
    """`q_id` that nobody stored is 404, for an extraction as for a search."""
    answer = client.get(f"/document?q_id={'0' * 32}&extract=")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
