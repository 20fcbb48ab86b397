"""@ezs/istex 1.0.0, unchanged: it knows only https://api.istex.fr (istex-api.md 6.7)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.clients.conftest import Run
from tests.web.conftest import COUNT, PDF, stand_off


def flow(node: Run, first: object, *statements: object, cwd: Path | None = None) -> Any:
    """Run statements on one input and return what comes out."""
    written = [one if isinstance(one, str) else json.dumps(one) for one in statements]
    place = {"cwd": cwd} if cwd is not None else {}
    return json.loads(node("ezs.cjs", json.dumps(first), *written, **place))


@pytest.fixture(scope="module")
def hits(address: str) -> list[dict[str, Any]]:
    """Return every document."""
    found = httpx.get(f"{address}/document?q=*&size={COUNT}&output=*").json()
    listed: list[dict[str, Any]] = found["hits"]
    return listed


@pytest.mark.parametrize("size", [7, 10, 200])
def test_scroll_is_complete(node: Run, hits: list[dict[str, Any]], size: int) -> None:
    """Every document once, whatever the size of a page."""
    pages = flow(node, {"query": "*"}, "ISTEXScroll", {"size": size, "field": ["title"]})
    found = [hit["arkIstex"] for page in pages for hit in page["hits"]]
    assert sorted(found) == sorted(hit["arkIstex"] for hit in hits)


def test_scroll_says_what_is_wrong(node: Run) -> None:
    """An error of the server and an empty result are told as the client tells them."""
    wrong = flow(node, {"query": "title:("}, "ISTEXScroll", {})
    assert "La requête est invalide" in str(wrong)
    assert "No result." in str(flow(node, {"query": "nothinglikethis"}, "ISTEXScroll", {}))


def test_facet(node: Run) -> None:
    """Intervals with their labels come through."""
    (found,) = flow(node, {"query": "*", "facet": "publicationDate[1990-1991:1]"}, "ISTEXFacet", {})
    buckets = found["aggregations"]["publicationDate"]["buckets"]
    assert [bucket["rangeAsString"] for bucket in buckets] == ["[1990-1991[", "[1991-1991]"]


@pytest.mark.parametrize("name", ["id", "arkIstex"])
def test_fetch(node: Run, hits: list[dict[str, Any]], name: str) -> None:
    """A record by id and by ARK."""
    (found,) = flow(node, {"id": hits[0][name]}, "ISTEXFetch", {"source": "id"})
    assert found["title"] == hits[0]["title"]


def test_files(node: Run, hits: list[dict[str, Any]]) -> None:
    """Addresses that the client builds lead to the files."""
    ark = next(hit["arkIstex"] for hit in hits if hit.get("enrichments"))
    wanted = {"fulltext": "txt", "metadata": "json", "enrichment": ["teeft", "catWos"]}
    found = flow(node, {"arkIstex": ark}, "ISTEXFiles", wanted, "ISTEXFilesContent", {})
    content = {one["source"].rpartition("/")[2]: bytes(one["content"]["data"]) for one in found}
    assert content["enrichment.teeft?sid=ezs-istex"] == stand_off("teeft")
    assert content["enrichment.catWos?sid=ezs-istex"] == stand_off("multicat")
    assert len(content) == 4


@pytest.mark.parametrize(("typology", "form"), [("fulltext", "pdf"), ("metadata", "json")])
def test_save(
    node: Run, hits: list[dict[str, Any]], tmp_path: Path, typology: str, form: str
) -> None:
    """Files are saved under the names that the client makes of ARKs."""
    ark = next(hit["arkIstex"] for hit in hits if hit["doi"] == ["10.1000/xyz.0"])
    options = {"typology": typology, "format": form, "directory": str(tmp_path)}
    flow(node, {"arkIstex": ark}, "ISTEXSave", options)
    (saved,) = tmp_path.iterdir()
    if form == "pdf":
        assert saved.read_bytes() == PDF
    else:
        assert json.loads(saved.read_bytes())["arkIstex"] == ark
