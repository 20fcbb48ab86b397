"""The pages about the archive: exact figures, calls that run, how it stands, accessibility."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import httpx
import msgspec
import pytest

from fonds.archive.checked import FILE
from fonds.search.fields import FIELDS
from fonds.settings import Settings
from fonds.web.api.problems import PROBLEMS
from fonds.web.api.table import ENDPOINTS
from fonds.web.portal.accessibility import declaration
from fonds.web.services import open_services
from tests.web.portal.conftest import serving
from tests.web.portal.trees import find, tree_of

PAGES = ("/about", "/about/api", "/about/api/run?call=/corpus", "/about/tutorials",
         "/about/status", "/about/accessibility")  # fmt: skip


def test_every_count_is_what_its_search_finds(client: httpx.Client) -> None:
    """Figures, collections, decades, languages and types lead to as many documents."""
    tree = tree_of(client, "/about?lang=en")
    lists = "//ul[contains(@class,'sums') or contains(@class,'measures')]/li[a]"
    shown = [(find(one, "./a/@href")[0], find(one, "./strong | ./span")[0].text_content())
             for one in find(tree, lists)]  # fmt: skip
    shown += [(find(row, ".//a/@href")[0], find(row, "./td")[0].text_content())
              for row in find(tree, "//tbody/tr")]  # fmt: skip
    assert len(shown) > 15
    for address, count in shown:
        said = find(tree_of(client, f"{address}&lang=en"), "//h1")[0].text_content()
        assert said.split()[0] == count, address


def test_the_rights_of_a_collection_are_said(demo_home: Path, tmp_path: Path) -> None:
    """Restricted collections say so, and how much of them is open all the same."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    (home / "access.toml").write_text('[collections.plos]\naccess = "restricted"\n')
    with (
        serving(open_services(home, Settings())) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        rows = find(tree_of(client, "/about?lang=en"), "//tbody/tr")
        said = {find(row, ".//a")[0].text: row.text_content() for row in rows}
        assert "restricted · 16 of them open access" in said["plos"]
        assert "open to everyone" in said["mdpi"]
        assert "Bearer" in client.get("/about/tutorials/script").text


def test_the_page_of_the_api_is_complete(client: httpx.Client) -> None:
    """In both languages it names every address, parameter, error and field."""
    for language in ("en", "fr"):
        answer = client.get("/about/api", headers={"Accept-Language": f"{language};q=0.9"})
        assert answer.headers["content-language"] == language
        for endpoint in ENDPOINTS:
            assert endpoint.path in answer.text
            assert all(f"<code>{p.name}</code>" in answer.text for p in endpoint.parameters)
        assert all(f"<code>{code}</code>" in answer.text for code in PROBLEMS)
        assert all(f"<code>{field.name}</code>" in answer.text for field in FIELDS)
    moved = client.get("/docs?lang=fr")
    assert (moved.status_code, moved.headers["location"]) == (302, "/about/api?lang=fr")


def test_every_call_of_the_page_runs(client: httpx.Client) -> None:
    """Each answers 200 with something in it, but the one that shows an error; so do forms."""
    tree = tree_of(client, "/about/api?lang=en")
    calls = find(tree, "//form[@class='run']/input[@name='call']")
    assert len(calls) > 18
    for call in calls:
        ran = tree_of(client, "/about/api/run?" + str(httpx.QueryParams(call=call.get("value"))))
        status = find(ran, "//div[@id='ran']//span")[0].text
        assert status == ("400" if call.get("id") == "call-error" else "200"), call.get("value")
        assert len(find(ran, "//div[@id='ran']/pre")[0].text_content()) > 1
    trial = {
        one.get("name"): one.get("value") for one in find(tree, "//form[@class='trial']//input")
    }
    answer = tree_of(client, "/about/api/run?" + str(httpx.QueryParams(trial)))
    shown = json.loads(find(answer, "//div[@id='ran']/pre")[0].text_content())
    trial.pop("path")
    assert shown["total"] == client.get("/document", params=trial).json()["total"] > 0


@pytest.mark.parametrize(
    "call",
    ["", "/", "/about/api/run?call=/corpus", "https://example.org/document", "//example.org/",
     "/token", "/token/", "/authFede?target=/", "/notice/x", "/static/style.css",
     "/document?extract=&size=*", "/document?%65xtract=", "/document?" + "q" * 9000,
     "/document/" + "0" * 40 + "/fulltext/pdf", "/api/token", "document?q=x", "/corpus%00", "%"],
)  # fmt: skip
def test_only_calls_of_the_api_are_run(client: httpx.Client, call: str) -> None:
    """No other address, no secret, no file; the page says why."""
    answer = client.get("/about/api/run", params={"call": call})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_an_answer_is_never_markup(client: httpx.Client) -> None:
    """What a call gives is shown as text, in full or cut, and is kept by no cache."""
    ran = client.get("/about/api/run", params={"call": "/corpus?callback=a"})
    assert "a([{" in ran.text.replace("&#34;", '"')
    wrong = client.get("/about/api/run", params={"call": "/document?q=title:(<script>alert(1)"})
    assert "<script>alert" not in wrong.text
    long = client.get(
        "/about/api/run", params={"call": "/document?q=*&size=200&output=*", "lang": "en"}
    )
    assert "The answer is longer" in long.text
    assert len(long.text) < 150_000
    assert long.headers["cache-control"] == "private, no-store"


def test_the_status_is_the_same_for_people_and_programs(
    client: httpx.Client, demo_home: Path
) -> None:
    """By address or by Accept; no path of the machine is in it."""
    status = client.get("/about/status.json").json()
    asked = client.get("/about/status", headers={"Accept": "application/json"})
    assert asked.json() == status
    assert (status["state"], status["check"]) == ("well", None)
    assert (
        status["documents"] == status["searchable"] == client.get("/document?q=*").json()["total"]
    )
    page = client.get("/about/status", headers={"Accept": "text/html,*/*;q=0.8"})
    assert "text/html" in page.headers["content-type"]
    assert "Accept" in page.headers["vary"]
    assert str(demo_home) not in page.text + asked.text


def test_the_status_says_what_is_wrong(demo_home: Path, tmp_path: Path) -> None:
    """Damage that the last check found is said, as a number."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    note = {"time": 1.7e9, "packs": 1, "files": 2, "bytes": 3, "documents": 4, "damages": 5}
    (home / FILE).write_text(json.dumps(note))
    with (
        serving(open_services(home, Settings())) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        assert client.get("/about/status.json").json()["state"] == "damaged"
        assert "2023-11-14 – 5 damages" in client.get("/about/status?lang=en").text


@pytest.mark.parametrize("address", ["/", "/?q=plants", "/about", "/librarians", "/nothing-here"])
def test_every_page_names_its_accessibility(client: httpx.Client, address: str) -> None:
    """The state stands in the footer, as the law says, and leads to the declaration."""
    if address == "/nothing-here":
        address = "/notice/nothing"
    for language, said in (("fr", "Accessibilité\u00a0: non conforme"),
                           ("en", "Accessibility: not compliant")):  # fmt: skip
        tree = tree_of(client, address + ("&" if "?" in address else "?") + f"lang={language}",
                       404 if "nothing" in address else 200)  # fmt: skip
        link = find(tree, "//footer//a[@href='/about/accessibility']")[0]
        assert link.text == said


def test_the_declaration_is_honest(client: httpx.Client) -> None:
    """It says what the law asks for, and that only programs have checked."""
    french = client.get("/about/accessibility?lang=fr").text
    for words in ("Non conforme", "aucun audit par une personne", "Défenseur des droits",
                  "Libre réponse 71120", "pas encore nommé de contact"):  # fmt: skip
        assert words in french
    assert "no audit by a person was made" in client.get("/about/accessibility?lang=en").text


def test_what_may_be_declared() -> None:
    """A state needs the report of an audit; a contact is an address, never a script."""
    replace = msgspec.structs.replace
    portal = replace(Settings().portal, accessibility="partly")
    assert declaration(Settings(portal=portal)).state == "not"
    audited = replace(
        portal,
        accessibility_audit="https://example.org/audit.pdf",
        accessibility_contact="javascript:alert(1)",
        report="mailto:a@b.fr",
    )
    found = declaration(Settings(portal=audited))
    assert (found.state, found.contact) == ("partly", "mailto:a@b.fr")


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_small_and_closed(client: httpx.Client, address: str) -> None:
    """Under 60 kB, nothing from elsewhere, nothing inline."""
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.num_bytes_downloaded < 60_000
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', answer.text) is None
    assert " style=" not in answer.text
