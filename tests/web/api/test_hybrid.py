"""`rankBy=hybrid` from the archive to the answer: one order on pages, in walks, in exports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fonds.access.gate import OPERATOR
from fonds.cli.refreshing import refresh_enriched
from fonds.corpora.planning import EVERYTHING, Wish, make_plan
from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.record import Record
from fonds.settings import Settings, read_settings
from fonds.web.api.answer import search_answer
from fonds.web.portal.relations import relations
from fonds.web.services import Services, open_services
from tests.conftest import ROOT
from tests.enrich.vectors.making import kept_model

DELIVERY = ROOT / "src" / "fonds" / "demo" / "deliveries" / "plos"
Q = "the study of results"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of articles with vectors."""
    made = tmp_path_factory.mktemp("hybrid") / "home"
    load([DELIVERY], collection="plos", home=made, settings=Settings())
    kept_model(made / "models")
    enrich(home=made, settings=read_settings(made), names=("language", "vectors"))
    refresh_enriched(made, read_settings(made))
    return made


@pytest.fixture(scope="module")
def services(home: Path) -> Iterator[Services]:
    """Return what a server holds."""
    opened = open_services(home, read_settings(home))
    yield opened
    opened.close()


def _ask(services: Services, **parameters: str) -> dict[str, Any]:
    asked = {"q": Q, "output": "id", "rankBy": "hybrid", **parameters}
    answer: dict[str, Any] = msgspec.json.decode(search_answer(services, asked, "", OPERATOR))
    return answer


def _ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def test_one_order_everywhere(services: Services) -> None:
    """Meaning reorders what words find, says so, and its pages, walks and exports agree."""
    whole = _ask(services, size="100", facet="language")
    by_words = _ask(services, size="100", facet="language", rankBy="relevance")
    assert whole["ordered"]["by"] == "hybrid"
    assert whole["ordered"]["reordered"] > 5
    assert "ordered" not in by_words
    assert whole["total"] == by_words["total"] == len(_ids(whole))
    assert whole["aggregations"] == by_words["aggregations"]
    assert sorted(_ids(whole)) == sorted(_ids(by_words))
    assert _ids(whole) != _ids(by_words)
    page = _ask(services, size="3", **{"from": "2"})
    assert _ids(page) == _ids(whole)[2:5]
    assert "rankBy=hybrid" in page["nextPageURI"]
    walked = _ask(services, size="100", scroll="1m")
    assert _ids(walked) == _ids(whole)
    request = services.search.ask(Q, rank_by="hybrid")
    wish = Wish(Q, "metadata[json]", size=EVERYTHING, parameters={"q": Q})
    plan = make_plan(services.archive, services.engine, request, wish)
    names = services.archive.names(plan.ords.tolist())
    assert [names[one][0] for one in plan.ords.tolist()] == _ids(whole)


def test_what_has_no_plain_words_is_told(services: Services) -> None:
    answer = _ask(services, q="title:study")
    assert answer["ordered"] == {"by": "relevance", "reason": "not-plain-words"}


def test_a_page_shows_what_lies_near(services: Services) -> None:
    """Other articles, in the same order each time."""
    document = next(iter(services.archive.documents()))
    record = msgspec.json.decode(document.record, type=Record)
    found = relations(services, record).similar
    assert found == relations(services, record).similar
    assert all(not one.address.endswith(record.ark_istex) for one in found)


def test_the_vector_of_a_document_is_served_open(services: Services) -> None:
    assert "vectors" in services.open_enrichments


def test_files_deleted_under_a_server_are_made_again(home: Path, services: Services) -> None:
    """Until then the order is that of words; afterwards it is what it was."""
    before = _ids(_ask(services, size="100"))
    for path in (home / "vectors").iterdir():
        path.unlink()
    assert _ask(services)["ordered"] == {"by": "relevance", "reason": "no-vectors"}
    refresh_enriched(home, read_settings(home))
    assert _ids(_ask(services, size="100")) == before
