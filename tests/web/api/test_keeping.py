"""Corpora kept over HTTP: from a question, a list, a .corpus file; and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from fonds.settings import CorporaSettings, Settings
from fonds.web.services import open_services
from tests.web.conftest import api_app, load, serving

pytestmark = pytest.mark.xdist_group("keeping")  # one home, which these tests fill in turn
SETTINGS = Settings(corpora=CorporaSettings(kept_documents=20, kept_corpora=6))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of its own: these tests write to it."""
    path = tmp_path_factory.mktemp("keeping") / "home"
    load(path, range(30), SETTINGS)
    return path


@pytest.fixture(scope="module")
def keeper(home: Path) -> Iterator[httpx.Client]:
    """Serve it."""
    services = open_services(home, SETTINGS)
    with serving(api_app(services)) as address, httpx.Client(base_url=address) as client:
        yield client
    services.close()


def test_a_question_is_kept_once(keeper: httpx.Client, home: Path) -> None:
    """201 with its address; the same again is the same corpus; later loads are changes."""
    wanted = {"title": "Brains", "author": "A. Exemple", "q": "title:brain", "sortBy": "title.raw"}
    answer = keeper.post("/corpora", json=wanted)
    assert answer.status_code == 201, answer.text
    said = answer.json()
    assert answer.headers["location"] == said["uri"] == f"{keeper.base_url}/{said['ark']}"
    assert (said["title"], said["documents"], said["missing"]) == ("Brains", 20, 0)
    again = keeper.post("/corpora", json=wanted)
    assert (again.status_code, again.json()["ark"]) == (200, said["ark"])
    kept = keeper.get(said["uri"]).json()
    assert (kept["asked"]["query"], len(kept["documents"])) == ("title:brain", 20)
    name = said["ark"].rpartition("/")[2]
    sizes = keeper.get(f"/corpora/{name}.sizes?extract=fulltext[txt]").json()
    export = keeper.get(f"/corpora/{name}.zip?extract=fulltext[txt]")
    assert (sizes["asked"], sizes["size"]) == (20, len(export.content))
    assert said["ark"] in {one["ark"] for one in keeper.get("/corpora").json()}
    info = keeper.get(f"{said['uri']}?info").text
    assert "who:   A. Exemple\nwhat:  Brains\n" in info
    load(home, range(33), SETTINGS)
    changes = keeper.get(f"/corpora/{name}.changes").json()
    assert (changes["before"], changes["now"], len(changes["added"])) == (20, 22, 2)


@pytest.mark.parametrize("by", ["id", "arkIstex", "doi"])
def test_a_list_is_kept_in_its_order(keeper: httpx.Client, by: str) -> None:
    """By ids, ARKs or DOIs; what is not here is said; asked again nothing has changed."""
    output = f"/document?q=*&size=3&output={by}&sortBy=title.raw[desc]"
    hits = keeper.get(output).json()["hits"]
    values = [hit[by][0] if by == "doi" else hit[by] for hit in hits]
    strange = {"id": "0" * 40, "arkIstex": "ark:/67375/QHD-T00H6VNF-0", "doi": "10.1000/none"}[by]
    answer = keeper.post("/corpora", json={"title": f"By {by}", "ids": [*values, strange]})
    said = answer.json()
    assert (answer.status_code, said["documents"], said["notHere"]) == (201, 3, [strange])
    name = said["ark"].rpartition("/")[2]
    kept = keeper.get(f"/corpora/{name}").json()
    assert [one[0] for one in kept["documents"]] == [hit["id"] for hit in hits]
    changes = keeper.get(f"/corpora/{name}.changes").json()
    assert changes == {"before": 3, "now": 3, "added": [], "removed": [], "changed": []}


def test_a_corpus_file_is_kept(keeper: httpx.Client) -> None:
    """What `.corpus` gives can be kept again."""
    keeper.post("/corpora", json={"title": "Brains", "q": "title:brain", "author": "A. Exemple"})
    (first, *_) = keeper.get("/corpora").json()
    text = keeper.get(f"/corpora/{first['ark'].rpartition('/')[2]}.corpus").text
    answer = keeper.post("/corpora", json={"title": "Again", "corpus": text})
    assert (answer.status_code, answer.json()["documents"]) == (201, first["documents"])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "parameter-invalid"),
        (b"[]", 400, "parameter-invalid"),
        (b"\xff", 400, "parameter-invalid"),
        (b'{"q": "brain"}', 400, "parameter-invalid"),
        (b'{"title": " ", "q": "brain"}', 400, "parameter-invalid"),
        (b'{"title": "t"}', 400, "parameter-invalid"),
        (b'{"title": "t", "q": "a", "ids": ["b"]}', 400, "parameter-invalid"),
        (b'{"title": "t", "q": "a", "sizes": 3}', 400, "parameter-invalid"),
        (b'{"title": "t", "q": "a", "size": -1}', 400, "parameter-invalid"),
        (b'{"title": "t", "q": "title:("}', 400, "query-invalid"),
        (b'{"title": "t", "q": "a", "sortBy": "nothing"}', 400, "parameter-invalid"),
        (b'{"title": "t", "q": "nothinglikethis"}', 400, "corpus-invalid"),
        (b'{"title": "t", "ids": ["x"]}', 400, "corpus-invalid"),
        (b'{"title": "t", "ids": ["' + b"0" * 40 + b'"]}', 400, "corpus-invalid"),
        (b'{"title": "t", "corpus": "nonsense"}', 400, "corpus-invalid"),
        (b'{"title": "t", "q": "*"}', 413, "export-too-large"),
        (b'{"title": "' + b"t" * 501 + b'", "q": "a"}', 400, "parameter-invalid"),
    ],
)
def test_what_is_refused(keeper: httpx.Client, body: bytes, status: int, code: str) -> None:
    """Each with its status, its code and its reason."""
    answer = keeper.post("/corpora", content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


def test_there_is_an_end(keeper: httpx.Client) -> None:
    """The operator's number of corpora; then 403, and those that are kept are still there."""
    wanted = {"q": "title:study", "size": 3}
    for number in range(6 - len(keeper.get("/corpora").json())):
        answer = keeper.post("/corpora", json={"title": f"more {number}", **wanted})
        assert answer.status_code == 201
    answer = keeper.post("/corpora", json={"title": "too many", **wanted})
    assert (answer.status_code, answer.json()["code"]) == (403, "keeping-refused")
    assert len(keeper.get("/corpora").json()) == 6


def test_who_may_keep(tmp_path: Path) -> None:
    """Members only, where something is restricted; nobody, where the operator says so."""
    load(tmp_path / "home", range(3), Settings())
    (tmp_path / "home" / "access.toml").write_text("[collections.first]\naccess = 'restricted'\n")
    wanted: dict[str, Any] = {"title": "t", "q": "*"}
    for by, status in (("members", 403), ("nobody", 403), ("everyone", 201)):
        settings = Settings(corpora=CorporaSettings(kept_by=by))  # type: ignore[arg-type]
        services = open_services(tmp_path / "home", settings)
        with serving(api_app(services)) as address:
            answer = httpx.post(f"{address}/corpora", json=wanted)
        services.close()
        assert answer.status_code == status
