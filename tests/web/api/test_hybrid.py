"""`rankBy=hybrid` from the archive to the answer: one order on pages, in walks, in exports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from fonds.access.gate import OPERATOR
from fonds.cli.refreshing import refresh_enriched
from fonds.corpora.planning import EVERYTHING, Wish, make_plan
from fonds.record import Record
from fonds.settings import read_settings
from fonds.web.api.answer import search_answer
from fonds.web.portal.relations import relations
from fonds.web.services import Services

Q = "the study of results"


def _ask(meaning: Services, **parameters: str) -> dict[str, Any]:
    asked = {"q": Q, "output": "id", "rankBy": "hybrid", **parameters}
    answer: dict[str, Any] = msgspec.json.decode(search_answer(meaning, asked, "", OPERATOR))
    return answer


def _ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def test_one_order_everywhere(meaning: Services) -> None:
    """Meaning reorders what words find, says so, and its pages, walks and exports agree."""
    whole = _ask(meaning, size="100", facet="language")
    by_words = _ask(meaning, size="100", facet="language", rankBy="relevance")
    assert whole["ordered"]["by"] == "hybrid"
    assert whole["ordered"]["reordered"] > 5
    assert "ordered" not in by_words
    assert whole["total"] == by_words["total"] == len(_ids(whole))
    assert whole["aggregations"] == by_words["aggregations"]
    assert sorted(_ids(whole)) == sorted(_ids(by_words))
    assert _ids(whole) != _ids(by_words)
    page = _ask(meaning, size="3", **{"from": "2"})
    assert _ids(page) == _ids(whole)[2:5]
    assert "rankBy=hybrid" in page["nextPageURI"]
    walked = _ask(meaning, size="100", scroll="1m")
    assert _ids(walked) == _ids(whole)
    request = meaning.search.ask(Q, rank_by="hybrid")
    wish = Wish(Q, "metadata[json]", size=EVERYTHING, parameters={"q": Q})
    plan = make_plan(meaning.archive, meaning.engine, request, wish)
    names = meaning.archive.names(plan.ords.tolist())
    assert [names[one][0] for one in plan.ords.tolist()] == _ids(whole)


def test_what_has_no_plain_words_is_told(meaning: Services) -> None:
    answer = _ask(meaning, q="title:study")
    assert answer["ordered"] == {"by": "relevance", "reason": "not-plain-words"}


def test_a_page_shows_what_lies_near(meaning: Services) -> None:
    """Other articles, in the same order each time."""
    document = next(iter(meaning.archive.documents()))
    record = msgspec.json.decode(document.record, type=Record)
    found = relations(meaning, record, document.ord).similar
    assert found == relations(meaning, record, document.ord).similar
    assert all(not one.address.endswith(record.ark_istex) for one in found)


def test_the_vector_of_a_closed_text_stays_closed(meaning: Services) -> None:
    """Words can be guessed back from it."""
    assert "vectors" not in meaning.open_enrichments


def test_files_deleted_under_a_server_are_made_again(meaning_home: Path, meaning: Services) -> None:
    """Until then the order is that of words; afterwards it is what it was."""
    before = _ids(_ask(meaning, size="100"))
    for path in (meaning_home / "vectors").iterdir():
        path.unlink()
    assert _ask(meaning)["ordered"] == {"by": "relevance", "reason": "no-vectors"}
    refresh_enriched(meaning_home, read_settings(meaning_home))
    assert _ids(_ask(meaning, size="100")) == before
