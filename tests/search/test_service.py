"""Questions are checked before they reach the engine, and walks see one snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from fonds.errors import FacetInvalid, ParameterInvalid, QueryInvalid
from fonds.search.cursors import CursorStore
from fonds.search.engine import IndexDocument, SortKey
from fonds.search.engines import open_engine
from fonds.search.service import MOST_OFFSET, SearchService, parse_sort
from fonds.settings import SearchSettings, Settings

TITLES = ("Moon rover", "Lunar rover", "Sea ice", "Sea level", "Moon ice")


class Records:
    """Records kept in memory, as a walk asks for them."""

    def records(self, ords: Sequence[int]) -> list[bytes]:
        """Return the records of these ords."""
        return [source(ord_) for ord_ in ords]

    def names(self, ords: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return id and ARK of documents."""
        return {number: (f"{number:040X}", f"ark:/99999/TST-{number}") for number in ords}


def source(ord_: int) -> bytes:
    """Return the record of an ord."""
    return msgspec.json.encode({"id": f"{ord_:040X}", "title": TITLES[(ord_ - 1) % len(TITLES)]})


def documents(first: int, last: int) -> list[IndexDocument]:
    """Return documents to index."""
    return [IndexDocument(n, f"{n:040X}", source(n), "") for n in range(first, last + 1)]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SearchService]:
    """Return a service over five documents."""
    settings = Settings()
    engine = open_engine(tmp_path, settings, writable=True)
    engine.add(documents(1, 5))
    engine.commit(5)
    store = CursorStore(tmp_path / "cursors")
    yield SearchService(Records(), engine, store, settings.search)
    engine.close()


def test_a_question_is_answered(service: SearchService) -> None:
    """The default operator is OR, and can be AND."""
    assert service.search(service.ask("moon rover")).total == 3
    assert service.search(service.ask("moon rover", default_operator="and")).total == 1


def test_sizes_are_cut_to_the_settings(service: SearchService) -> None:
    """Absurd numbers become the nearest allowed ones."""
    request = service.ask("*", size=10**30, offset=10**30)
    assert (request.size, request.offset) == (SearchSettings().page_size, MOST_OFFSET)
    request = service.ask("*", size=-4, offset=-4)
    assert (request.size, request.offset) == (0, 0)


def test_sort_keys() -> None:
    """Several fields, left to right; `.raw` is the field itself."""
    assert parse_sort("publicationDate[desc], title.raw,score[desc]") == (
        SortKey("publicationDate", True),
        SortKey("title"),
        SortKey("score", True),
    )
    assert parse_sort("") == ()


@pytest.mark.parametrize("text", ["titel", "title[up]", "fulltext", "a b", "[asc]"])
def test_impossible_sort_keys_are_refused(text: str) -> None:
    """Unknown fields, unknown orders and fields without an order."""
    with pytest.raises(ParameterInvalid):
        parse_sort(text)


def test_wrong_questions_are_refused(service: SearchService) -> None:
    """Each kind has its own error."""
    with pytest.raises(QueryInvalid):
        service.ask("title:(")
    with pytest.raises(FacetInvalid):
        service.ask("*", facet="nofield")
    with pytest.raises(ParameterInvalid):
        service.ask("*", rank_by="best")
    with pytest.raises(ParameterInvalid):
        service.ask("*", rank_by="random", seed=2**70)
    with pytest.raises(ParameterInvalid):
        service.ask("*", default_operator="XOR")


def test_chance_draws_a_seed_once(service: SearchService) -> None:
    """Without a seed one is drawn; with one the order repeats."""
    drawn = service.ask("*", rank_by="random")
    assert drawn.rank.seed > 0
    again = service.ask("*", rank_by="random", seed=drawn.rank.seed)
    hits = [hit.ord for hit in service.search(drawn).hits]
    assert [hit.ord for hit in service.search(again).hits] == hits


def test_a_walk_gives_each_document_once_while_others_arrive(tmp_path: Path) -> None:
    """Documents loaded during a walk neither repeat nor hide any."""
    settings = Settings()
    writer = open_engine(tmp_path, settings, writable=True)
    writer.add(documents(1, 50))
    writer.commit(50)
    reader = open_engine(tmp_path, settings, writable=False)
    store = CursorStore(tmp_path / "cursors")
    service = SearchService(Records(), reader, store, settings.search)
    request = service.ask("sea", size=7)
    cursor = service.open_cursor(request, 60)
    seen: list[str] = []
    done = False
    added = 50
    while not done:
        page = service.page(cursor, request.size)
        seen += [msgspec.json.decode(record)["id"] for record in service.records(page)]
        done = page.done
        writer.add(documents(added + 1, added + 10))
        added += 10
        writer.commit(added)
    assert sorted(seen) == sorted(f"{n:040X}" for n in range(1, 51) if (n - 1) % 5 in (2, 3))
    assert service.search(request).total > len(seen)
    writer.close()
    reader.close()
