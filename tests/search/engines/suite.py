"""What every engine must do; a subclass says how to open one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from fonds.errors import FondsError
from fonds.search.engine import Engine, IndexDocument, Rank, SearchRequest, SortKey
from fonds.search.facets import parse_facets
from fonds.search.fields import BY, number
from fonds.search.query.lucene import read_query
from tests.search.documents import documents
from tests.search.queries import QUERIES, queries
from tests.search.reference import Document, evaluate

ALL = 10_000


def indexed(document: Document, **changes: object) -> IndexDocument:
    """Return a document as engines take it."""
    return IndexDocument(
        document.ord,
        document.id,
        msgspec.json.encode({**document.record, **changes}),
        document.fulltext,
    )


class EngineSuite(ABC):
    """Subclass it in a module that pytest collects."""

    @classmethod
    @abstractmethod
    def open(cls, home: Path, *, writable: bool = True) -> Engine:
        """Open the engine of a home."""

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
        """Return an engine that holds every document."""
        engine = cls.open(tmp_path_factory.mktemp("home"))
        held = documents()
        for at in range(0, len(held), 20):
            engine.add([indexed(document) for document in held[at : at + 20]])
            engine.commit(held[min(at + 20, len(held)) - 1].ord)
        yield engine
        engine.close()

    @pytest.mark.parametrize("query", QUERIES)
    def test_returns_what_the_reference_returns(self, engine: Engine, query: str) -> None:
        """Each query of the acceptance list finds exactly the documents it means."""
        self.agree(engine, query)

    @given(query=queries())
    # the reference reads every document for every word: a second or two an example
    @hypothesis_settings(max_examples=60, deadline=None)
    def test_agrees_on_any_query(self, engine: Engine, query: str) -> None:
        """Generated queries find exactly the documents they mean."""
        self.agree(engine, query)

    def agree(self, engine: Engine, query: str) -> None:
        """Compare both answers to a query."""
        tree = read_query(query)
        found = engine.search(SearchRequest(tree, size=ALL))
        ids = [msgspec.json.decode(hit.source)["id"] for hit in found.hits]
        assert set(ids) == evaluate(tree, documents())
        assert found.total == len(ids) == len(set(ids))
        ords, _ = engine.matches(SearchRequest(tree))
        assert ords.tolist() == [hit.ord for hit in found.hits]
        ords, scores = engine.matches(SearchRequest(tree, sort=(SortKey("score", True),)))
        assert ords.tolist() == [hit.ord for hit in found.hits]
        assert scores.tolist() == pytest.approx([hit.score for hit in found.hits], rel=1e-6)

    def test_pages_are_the_whole_in_order(self, engine: Engine) -> None:
        """Pages put together are the result, as deep as it goes, in every order."""
        tree = read_query("new species OR plants")
        for sort in ((), (SortKey("publicationDate"),), (SortKey("title.raw", True),),
                     (SortKey("corpusName"), SortKey("publicationDate", True))):  # fmt: skip
            for rank in (Rank(), Rank("qualityOverRelevance"), Rank("random", 7)):
                whole = engine.search(SearchRequest(tree, size=ALL, sort=sort, rank=rank))
                paged = [
                    hit.ord
                    for at in range(0, whole.total, 7)
                    for hit in engine.search(
                        SearchRequest(tree, offset=at, size=7, sort=sort, rank=rank)
                    ).hits
                ]
                assert paged == [hit.ord for hit in whole.hits]
                ords, _ = engine.matches(SearchRequest(tree, sort=sort, rank=rank))
                assert ords.tolist() == paged

    def test_sorting(self, engine: Engine) -> None:
        """Several keys in turn, missing values last whatever the direction, ties by arrival."""

        def year(document: Document) -> int | None:
            held = document.held(BY["publicationDate"])
            return msgspec.convert(number(BY["publicationDate"], held[0]), int) if held else None

        for descending in (False, True):
            keys = (SortKey("publicationDate", descending), SortKey("corpusName"))
            found = engine.search(SearchRequest(None, size=ALL, sort=keys))
            want = sorted(
                documents(),
                key=lambda d: (
                    year(d) is None,
                    (year(d) or 0) * (-1 if descending else 1),
                    d.record["corpusName"],
                    d.ord,
                ),
            )
            assert [hit.ord for hit in found.hits] == [document.ord for document in want]

    def test_ranking(self, engine: Engine) -> None:
        """Relevance falls; chance repeats with its seed and differs with another."""
        tree = read_query("species plants")
        scores = [hit.score for hit in engine.search(SearchRequest(tree, size=ALL)).hits]
        assert scores == sorted(scores, reverse=True)

        def order(seed: int) -> list[int]:
            asked = SearchRequest(tree, size=ALL, rank=Rank("random", seed))
            return [hit.ord for hit in engine.search(asked).hits]

        assert order(1) == order(1)
        assert order(1) != order(2)
        assert sorted(order(1)) == sorted(order(2))

    def test_quality_counts(self, tmp_path: Path) -> None:
        """Of two equally relevant documents the better one comes first."""
        engine = self.open(tmp_path)
        for at, score in enumerate((1.0, 9.0, 5.0), start=1):
            record = {"id": f"{at:040X}", "title": "same", "qualityIndicators": {"score": score}}
            engine.add([IndexDocument(at, f"{at:040X}", msgspec.json.encode(record), "")])
        engine.commit(3)
        tree = read_query("title:same")
        asked = SearchRequest(tree, rank=Rank("qualityOverRelevance"))
        assert [hit.ord for hit in engine.search(asked).hits] == [2, 3, 1]
        engine.close()

    @pytest.mark.parametrize(
        "field", ["corpusName", "host.title", "genre", "language", "hasFormula"]
    )
    @pytest.mark.parametrize("query", ["*", "species", "title:new"])
    def test_lists_of_terms_are_exact(self, engine: Engine, field: str, query: str) -> None:
        """A facet counts documents per value as a plain count does."""
        tree = read_query(query)
        matching = evaluate(tree, documents())
        counts: Counter[str] = Counter()
        for document in documents():
            if document.id in matching:
                counts.update({str(value).lower() if field == "hasFormula" else str(value)
                               for value in document.held(BY[field])})  # fmt: skip
        answer = engine.search(SearchRequest(tree, facets=parse_facets(f"{field}[*]")))
        facet = answer.aggregations[field]
        assert isinstance(facet, dict)
        got = {str(b.get("keyAsString", b["key"])): b["docCount"] for b in facet["buckets"]}
        assert got == dict(counts)
        order = [bucket["docCount"] for bucket in facet["buckets"]]
        assert order == sorted(order, reverse=True)

    def test_years_and_nesting(self, engine: Engine) -> None:
        """Intervals hold empty years too; a nested facet counts inside its bucket."""
        facets = parse_facets("publicationDate[2010-2020:2],corpusName[*]>genre[*]")
        answer = engine.search(SearchRequest(None, facets=facets)).aggregations
        years = answer["publicationDate"]
        assert isinstance(years, dict)
        assert [bucket["keyAsString"] for bucket in years["buckets"]] == [
            "2010", "2012", "2014", "2016", "2018", "2020",
        ]  # fmt: skip
        held = [int(d.record.get("publicationDate", "0")) for d in documents()]
        want = [sum(low <= year < low + 2 for year in held) for low in range(2010, 2020, 2)]
        want.append(held.count(2020))
        assert [bucket["docCount"] for bucket in years["buckets"]] == want
        nested = answer["corpusName"]
        assert isinstance(nested, dict)
        for bucket in nested["buckets"]:
            inside = [d for d in documents() if d.record["corpusName"] == bucket["key"]]
            genres = Counter(genre for d in inside for genre in set(d.record.get("genre", [])))
            got = {b["key"]: b["docCount"] for b in bucket["genre"]["buckets"]}
            assert got == dict(genres)

    def test_replacing_and_deleting(self, tmp_path: Path) -> None:
        """A document of the same id takes the place of the old one, after the commit."""
        engine = self.open(tmp_path)
        first, second = documents()[:2]
        engine.add([indexed(first), indexed(second)])
        assert engine.count() == 0
        engine.commit(2)
        assert (engine.count(), engine.last_ord()) == (2, 2)
        newer = msgspec.structs.replace(indexed(first, title="unicorn"), ord=3)
        engine.add([newer])
        engine.commit(3)
        assert engine.count() == 2
        found = engine.search(SearchRequest(read_query("title:unicorn")))
        assert [hit.ord for hit in found.hits] == [3]
        engine.delete([second.id])
        engine.commit(3)
        assert engine.count() == 1
        engine.close()

    def test_reopening(self, tmp_path: Path) -> None:
        """What was committed is there again; what was not is not."""
        engine = self.open(tmp_path)
        first, second = documents()[:2]
        engine.add([indexed(first)])
        engine.commit(1)
        engine.add([indexed(second)])
        engine.close()
        again = self.open(tmp_path)
        assert (again.count(), again.last_ord(), again.turn()) == (1, 1, 0)
        again.commit(1, turn=3)
        again.commit(1)
        assert (again.last_ord(), again.turn()) == (1, 3)
        again.close()

    def test_readers_see_commits(self, tmp_path: Path) -> None:
        """A reader opened before anything was there sees each commit."""
        reader = self.open(tmp_path, writable=False)
        assert reader.count() == 0
        assert reader.search(SearchRequest(read_query("new"))).total == 0
        writer = self.open(tmp_path)
        for document in documents()[:3]:
            writer.add([indexed(document)])
            writer.commit(document.ord)
            assert reader.count() == document.ord
        writer.close()
        reader.close()

    @pytest.mark.parametrize(
        "request_",
        [
            SearchRequest(None, size=0),
            SearchRequest(None, size=2**40),
            SearchRequest(None, offset=2**40),
            SearchRequest(None, offset=-5, size=-5),
            SearchRequest(read_query("*a*"), size=3),
            SearchRequest(read_query("/.*/"), size=3),
            SearchRequest(read_query(f"{'x' * 70_000}~2"), size=3),
            SearchRequest(read_query(f"{'?' * 300}*"), size=3),
            SearchRequest(read_query("/(a|b){1,900}/"), size=3),
            SearchRequest(read_query("/((((((a{9}){9}){9}){9}){9}){9}/".replace("((((((", "(((((")),
                          size=3),
            SearchRequest(read_query('"' + "a " * 500 + '"~100'), size=3),
            SearchRequest(read_query("new^1e38"), size=3),
        ],
    )  # fmt: skip
    def test_nothing_brings_it_down(self, engine: Engine, request_: SearchRequest) -> None:
        """Absurd limits and patterns are answered or refused, and the next search works."""
        try:
            engine.search(request_)
        except FondsError as error:
            assert error.code in ("search-too-broad", "expression-invalid")
        assert engine.search(SearchRequest(None)).total == len(documents())
