"""Two corpora compared: counted as the search counts, and what is missing said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.analyses.comparison.distributions import jensen_shannon
from fonds.analyses.comparison.model import Comparison
from fonds.analyses.errors import CorpusEmpty
from fonds.analyses.forms import forms_of, write
from fonds.analyses.model import Answer, Table
from tests.analyses.conftest import Laboratory

FIRST, SECOND = "corpusName:pensoft", "corpusName:plos"


@pytest.fixture(scope="module")
def against_rest(laboratory: Laboratory) -> Answer:
    return laboratory.analyse("comparison", FIRST)


@pytest.fixture(scope="module")
def against_other(laboratory: Laboratory) -> Answer:
    return laboratory.analyse("comparison", FIRST, SECOND)


def table(answer: Answer, name: str) -> Table:
    return next(one for one in answer.tables if one.name == name)


def compared(answer: Answer) -> Comparison:
    assert isinstance(answer.result, Comparison)
    return answer.result


def counts_hold(laboratory: Laboratory, answer: Answer, beside: str) -> int:
    """Ask each query of each table, and return how many were asked."""
    asked = 0
    for one in answer.tables:
        names = [column.name for column in one.columns]
        for query, count in (("query", "documents"), ("query_beside", "documents_beside")):
            if query not in names or count not in names or one.name == "entities":
                continue
            for row in one.rows[:6]:
                said, number = row[names.index(query)], row[names.index(count)]
                if said:
                    found = len(laboratory.job("profile", str(said)).plan.ords) if number else 0
                    assert found == number, (one.name, said)
                    asked += 1
    return asked


def test_rows_count_what_their_queries_find_against_the_rest(
    laboratory: Laboratory, against_rest: Answer
) -> None:
    assert counts_hold(laboratory, against_rest, "") > 30


def test_rows_count_what_their_queries_find_against_another(
    laboratory: Laboratory, against_other: Answer
) -> None:
    assert counts_hold(laboratory, against_other, SECOND) > 30


def test_the_rest_is_everything_else(laboratory: Laboratory, against_rest: Answer) -> None:
    found = compared(against_rest)
    everything = laboratory.archived.engine.count()
    assert found.archive
    assert found.shared == 0
    assert found.first.documents + found.second.documents == everything
    assert found.second.looked == found.second.documents


def test_both_ways_say_the_same(laboratory: Laboratory, against_other: Answer) -> None:
    there = compared(against_other)
    back = compared(laboratory.analyse("comparison", SECOND, FIRST))
    ways = [{one.of: one.divergence for one in way.divergences} for way in (there, back)]
    assert ways[0] == ways[1]
    signs = {(one.of, one.value): one.keyness for one in there.keyed}
    for one in back.keyed:
        if (one.of, one.value) in signs:
            assert one.keyness == -signs[one.of, one.value]


def test_what_is_missing_is_not_in_the_first(against_rest: Answer) -> None:
    found = compared(against_rest)
    assert found.missing
    assert all(one.documents == 0 and one.documents_beside for one in found.missing)


def test_a_corpus_beside_itself_differs_in_nothing(laboratory: Laboratory) -> None:
    found = compared(laboratory.analyse("comparison", FIRST, FIRST))
    assert found.shared == found.first.documents
    assert not found.keyed
    assert not found.missing
    assert all(one.divergence == 0 for one in found.divergences)
    assert all(one.difference == 0 for one in found.measures)


def test_the_whole_archive_has_nothing_beside_it(laboratory: Laboratory) -> None:
    answer = laboratory.analyse("comparison")
    assert compared(answer).second.documents == 0
    assert answer.tables == ()
    assert forms_of(answer) == ("json",)


def test_a_second_corpus_of_nothing_is_said(laboratory: Laboratory) -> None:
    with pytest.raises(CorpusEmpty):
        laboratory.analyse("comparison", FIRST, "zzzzqqqq")


def test_one_document_is_compared(laboratory: Laboratory) -> None:
    number = int(laboratory.job("profile").plan.ords[0])
    digest = next(laboratory.digests.read([number]))
    found = compared(laboratory.analyse("comparison", f"id:{digest.id}"))
    assert found.first.documents == 1
    assert found.divergences


def test_a_large_archive_is_counted_by_the_engine(
    laboratory: Laboratory, against_rest: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fonds.analyses.comparison.analysis._OTHERS", 5)
    sampled = laboratory.analyse("comparison", FIRST)
    found = compared(sampled)
    assert (found.second.looked, compared(against_rest).second.looked > 5) == (5, True)
    assert laboratory.analyse("comparison", FIRST).result == sampled.result
    for name in ("years", "languages", "genres", "collections", "publishers", "readiness"):
        assert table(sampled, name).rows == table(against_rest, name).rows


def test_two_runs_give_the_same_bytes(laboratory: Laboratory, against_rest: Answer) -> None:
    again = laboratory.analyse("comparison", FIRST)
    for form in forms_of(again):
        if form != "parquet":
            assert write(again, form) == write(against_rest, form)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=20))
def test_the_divergence_is_from_nothing_to_one(counts: list[tuple[int, int]]) -> None:
    both = np.array(counts, np.float64).T
    if (both.sum(axis=1) > 0).all():
        first, second = both / both.sum(axis=1, keepdims=True)
        found = jensen_shannon(first, second)
        assert 0 <= found <= 1 + 1e-9
        assert found == pytest.approx(jensen_shannon(second, first))
        assert jensen_shannon(first, first) == 0
