"""The profile counts what the search engine counts."""

from __future__ import annotations

import msgspec
import pytest

from fonds.access.gate import OPERATOR, Visitor
from fonds.analyses.corpus import Asker
from fonds.analyses.errors import AnalysisUnknown, CorpusEmpty
from fonds.analyses.forms import forms_of, write
from fonds.analyses.model import Answer, Table
from fonds.errors import ParameterInvalid
from fonds.search.narrowing import Closed
from tests.analyses.conftest import Laboratory


@pytest.fixture(scope="module")
def answer(laboratory: Laboratory) -> Answer:
    return laboratory.analyse("profile")


def table(answer: Answer, name: str) -> Table:
    return next(one for one in answer.tables if one.name == name)


def test_every_row_counts_what_its_query_finds(laboratory: Laboratory, answer: Answer) -> None:
    checked = 0
    for one in answer.tables:
        names = [column.name for column in one.columns]
        if "query" not in names:
            continue
        for row in one.rows:
            query, count = str(row[names.index("query")]), row[names.index("documents")]
            if count and row[0] != "unknown":
                assert len(laboratory.job("profile", query).plan.ords) == count, query
                checked += 1
    assert checked > 20


def test_two_runs_give_the_same_bytes(laboratory: Laboratory, answer: Answer) -> None:
    again = laboratory.analyse("profile")
    for form in forms_of(answer):
        if form != "parquet":
            assert write(again, form) == write(answer, form)


def test_a_large_corpus_is_sampled_and_says_so(laboratory: Laboratory) -> None:
    found = laboratory.analyse("profile", most=10)
    assert found.coverage.asked > 10
    assert found.coverage.looked == 10
    assert found.coverage.seed
    assert laboratory.analyse("profile", most=10).tables == found.tables


def test_an_empty_corpus_is_said(laboratory: Laboratory) -> None:
    with pytest.raises(CorpusEmpty):
        laboratory.analyse("profile", "zzzzqqqq")


def test_what_is_not_installed_is_said(laboratory: Laboratory) -> None:
    with pytest.raises(AnalysisUnknown):
        laboratory.analyse("horoscope")


def test_a_parameter_out_of_bounds_is_said(laboratory: Laboratory) -> None:
    with pytest.raises(ParameterInvalid):
        laboratory.analyse("profile", rows=0)


def test_unknown_forms_and_tables_are_said(answer: Answer) -> None:
    with pytest.raises(ParameterInvalid):
        write(answer, "docx")
    with pytest.raises(ParameterInvalid):
        write(answer, "csv", "weather")


def test_what_was_read_from_texts_that_may_not_be_searched_is_withheld(
    laboratory: Laboratory,
) -> None:
    nobody = Asker(Visitor(), (Closed("pensoft", but_open=False),))
    digest = next(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    assert digest.terms
    operator = laboratory.job("profile", asker=Asker(OPERATOR))
    assert operator.key != laboratory.job("profile", asker=nobody).key
    assert msgspec.json.encode(operator.plan.asked)
