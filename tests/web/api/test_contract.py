"""Every line of the checklist of the contract, asked of a running server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import httpx
import pytest

from fonds.access.tokens import Tokens
from fonds.archive.ark import mint
from fonds.web.api.contract import Line, contract
from fonds.web.services import open_services
from tests.web.conftest import COUNT, PDF, api_app, serving
from tests.web.contract import ask, wrong
from tests.web.contract_home import DOI, NAAN, SETTINGS, make_home

CLOSED = "closed "
RIGHTS = "".join(
    f"[collections.{name}]\naccess = 'restricted'\n" for name in ("first", "second", "wiley")
)
RIGHTS += "[institutions.here]\nnetworks = ['192.0.2.0/24']\n[[institutions.here.rights]]\n"
RIGHTS += "collections = ['*']\n"
Servers = tuple[httpx.Client, httpx.Client, Mapping[str, str]]


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Serve a home twice, once with every collection restricted; give the names in requests."""
    folder = tmp_path_factory.mktemp("contract")
    for name in ("open", "closed"):
        make_home(folder / name, range(COUNT))
    (folder / "closed" / "access.toml").write_text(RIGHTS)
    held = [open_services(folder / name, SETTINGS) for name in ("open", "closed")]
    with (
        serving(api_app(held[0])) as first,
        serving(api_app(held[1])) as second,
        httpx.Client(base_url=first, timeout=30) as is_open,
        httpx.Client(base_url=second, timeout=30) as is_closed,
    ):
        token = Tokens(folder / "closed").create("here", days=1)
        names = {**_names(is_open), "token": token, "closed_base": second}
        yield is_open, is_closed, names
    for services in held:
        services.close()


def _names(client: httpx.Client) -> dict[str, str]:
    """Return what stands for the names in braces."""
    whole = client.get("/document", params={"q": f'doi:"{DOI}"', "output": "*"}).json()["hits"][0]
    bare = client.get("/document?q=doi.raw:%2210.1000/xyz.2%22&output=id").json()["hits"][0]
    ark = whole["arkIstex"]
    walk = client.get("/document?q=*&size=10&scroll=5m").json()
    done = client.get("/document?q=*&size=5000&scroll=5m").json()
    stored = hashlib.md5(b"brain", usedforsecurity=False).hexdigest()
    client.post(f"/q_id/{stored}", json={"qString": "brain"})
    return {
        "id": whole["id"],
        "lower_id": whole["id"].lower(),
        "unknown_id": "0" * 40,
        "bare": bare["id"],
        "doi": DOI,
        "ark": ark,
        "naan": NAAN,
        "name": ark.rpartition("/")[2],
        "wrong_ark": ark[:-1] + ("0" if ark[-1] != "0" else "1"),
        "unknown_ark": str(mint(NAAN, "GT4", "nothing")),
        "base": str(client.base_url).rstrip("/"),
        "count": str(COUNT + 1),
        "last": str(COUNT + 1 - 10),
        "pdf_size": str(len(PDF)),
        "cursor": walk["scrollId"],
        "done": done["scrollId"],
        "md5": stored,
        "new_query": "a query of its own",
        "new_md5": hashlib.md5(b"a query of its own", usedforsecurity=False).hexdigest(),
    }


def _filled(text: str, names: Mapping[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def test_every_section_has_lines() -> None:
    """No section of the contract that a server must answer for was left out."""
    sections = {line.section.partition(".")[0] for line in contract()}
    assert sections == {"1", "2", "3", "4", "5", "12"}
    keys = [(line.section, line.kind, line.item) for line in contract()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("line", contract(), ids=lambda line: f"{line.section} {line.item}"[:80])
def test_line(servers: Servers, line: Line) -> None:
    """The server answers as the line says."""
    is_open, is_closed, names = servers
    client = is_closed if line.request.startswith(CLOSED) else is_open
    answer = ask(client, _filled(line.request.removeprefix(CLOSED), names))
    assert answer.status_code == line.status, answer.text[:400]
    assert wrong(answer, _filled(line.expects, names)) == [], answer.text[:400]
