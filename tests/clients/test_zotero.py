"""Zotero's own translators read our pages and files: what a reader's library then holds.

The package is of 2018; translators of Embedded Metadata, COinS, RIS and BibTeX read the same today.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from fonds.loading.load import load as load_delivery
from fonds.settings import Settings
from fonds.web.services import open_services
from tests.clients.conftest import HERE, Run
from tests.conftest import ROOT
from tests.web.portal.conftest import serving

DOI = "10.3390/microorganisms6040104"
AUTHORS = [("Toktam", "Taghavi"), ("Chyer", "Kim"), ("Alireza", "Rahemi")]
DELIVERY = ROOT / "src" / "fonds" / "demo" / "deliveries" / "mdpi"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve real articles; skip where the translators are not installed."""
    if not (HERE / "node_modules" / "zotero-translators").is_dir():
        pytest.skip("Zotero's translators are not installed (make clients; needs an npm registry)")
    home = tmp_path_factory.mktemp("zotero")
    load_delivery([DELIVERY], collection="mdpi", home=home, settings=Settings())
    with serving(open_services(home, Settings())) as address:
        yield address


@pytest.fixture(scope="module")
def ark(archive: str) -> str:
    """Return the ARK of the article that is read."""
    found = httpx.get(f"{archive}/document?q=doi:%22{DOI}%22&output=arkIstex").json()
    return str(found["hits"][0]["arkIstex"])


def read(node: Run, kind: str, address: str) -> dict[str, Any]:
    """Let Zotero read an address."""
    said: dict[str, Any] = json.loads(node("zotero.cjs", kind, address).splitlines()[-1])
    return said


def names(item: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the authors of an item."""
    return [(one["firstName"], one["lastName"]) for one in item["creators"]]


def test_an_article_is_saved_whole(node: Run, archive: str, ark: str) -> None:
    """By its Highwire tags, which no other translator takes over; with its PDF."""
    said = read(node, "page", f"{archive}/notice/{ark}")
    assert said["translators"][0] == "Embedded Metadata"
    (item,) = said["items"]
    assert item["itemType"] == "journalArticle"
    assert names(item) == AUTHORS
    assert item["title"].startswith("Role of Natural Volatiles")
    assert item["DOI"] == DOI
    wanted = {"publicationTitle": "Microorganisms", "volume": "6", "issue": "4", "language": "en",
              "ISSN": "2076-2607", "date": "2018/10/05"}  # fmt: skip
    assert {key: item[key] for key in wanted} == wanted
    (pdf,) = [one for one in item["attachments"] if one["mimeType"] == "application/pdf"]
    assert httpx.get(pdf["url"]).content.startswith(b"%PDF")


def test_a_list_of_results_is_saved(node: Run, archive: str) -> None:
    """By COinS: each with all its authors."""
    said = read(node, "page", f"{archive}/?q=*")
    assert said["translators"] == ["COinS"]
    assert len(said["items"]) == 10
    assert {item["itemType"] for item in said["items"]} == {"journalArticle"}
    assert max(len(item["creators"]) for item in said["items"]) > 1


@pytest.mark.parametrize("form", ["ris", "bibtex"])
def test_files_are_imported(node: Run, archive: str, ark: str, form: str) -> None:
    """The files that "Cite" offers bring the same item."""
    said = read(node, "import", f"{archive}/{ark}/record.{form}")
    (item,) = [one for one in said["items"] if one["itemType"] != "note"]
    assert names(item) == AUTHORS
    assert (item["DOI"], item["volume"], item["issue"]) == (DOI, "6", "4")
    assert len(item["tags"]) == 13
