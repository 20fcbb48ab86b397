"""Numbers by year are those of a search; bursts and trends are found where they are."""

from __future__ import annotations

import numpy as np
import pytest

from fonds.analyses.forms import forms_of, write
from fonds.analyses.model import Answer, Table
from fonds.analyses.trends.bursts import find_bursts
from fonds.analyses.trends.model import Trends
from fonds.analyses.trends.series import trend
from fonds.errors import ParameterInvalid
from tests.analyses.conftest import Laboratory


def result(answer: Answer) -> Trends:
    assert isinstance(answer.result, Trends)
    return answer.result


def table(answer: Answer, name: str) -> Table:
    return next(one for one in answer.tables if one.name == name)


def found_by(laboratory: Laboratory, query: str) -> int:
    return len(laboratory.job("profile", query).plan.ords)


@pytest.mark.parametrize("of", ["terms", "entities", "categories", "keywords", "words"])
def test_every_number_is_what_a_search_finds(laboratory: Laboratory, of: str) -> None:
    if of == "words":
        answer = laboratory.analyse("trends", words="new species, plant*, água")
    else:
        corpus = "corpusName:pensoft OR corpusName:plos"
        answer = laboratory.analyse("trends", corpus, of=of, rows=6, sort="frequent")
    known = dict(zip(result(answer).years, result(answer).documents, strict=True))
    rows = [row for row in table(answer, "series").rows if row[2]][:12]
    assert rows
    for _, year, documents, of_year, share, query in rows:
        assert documents == found_by(laboratory, str(query))
        assert of_year == known[int(year or 0)]
        assert share == round(int(documents or 0) / int(of_year or 1), 4)
    for row in table(answer, "trends").rows[:4]:
        assert row[-5] == found_by(laboratory, f"{row[-1]} AND publicationDate:*")


def test_words_are_taken_as_typed_and_in_their_order(laboratory: Laboratory) -> None:
    answer = laboratory.analyse("trends", words="zzqqzz, species")
    assert [(one.value, one.documents > 0) for one in result(answer).series] == [
        ("zzqqzz", False),
        ("species", True),
    ]
    assert answer.pictures


def test_orders(laboratory: Laboratory) -> None:
    rising = [one.trend for one in result(laboratory.analyse("trends", sort="rising")).series]
    falling = [one.trend for one in result(laboratory.analyse("trends", sort="falling")).series]
    assert rising == sorted(rising, reverse=True)
    assert falling == sorted(falling)
    assert all(one.bursts for one in result(laboratory.analyse("trends", sort="bursting")).series)


def test_two_runs_give_the_same_bytes(laboratory: Laboratory) -> None:
    first, second = (laboratory.analyse("trends", smoothing=2) for _ in range(2))
    for form in forms_of(first):
        if form != "parquet":
            assert write(first, form) == write(second, form)


def test_no_year_no_trend(laboratory: Laboratory) -> None:
    one = laboratory.analyse("trends", "publicationDate:2016", words="species")
    assert result(one).years == (2016,)
    assert result(one).series[0].trend == 0
    assert not result(one).series[0].bursts


def test_what_is_no_word_is_said(laboratory: Laboratory) -> None:
    with pytest.raises(ParameterInvalid):
        laboratory.analyse("trends", words="?")


def test_a_burst_is_found_where_it_is() -> None:
    documents = np.full(12, 100)
    counts = np.array([
        [5, 5, 5, 5, 5, 30, 40, 30, 5, 5, 5, 5],
        [9, 10, 11, 10, 9, 10, 11, 9, 10, 10, 9, 10],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 60],
    ])  # fmt: skip
    found = find_bursts(range(2000, 2012), counts, documents, 2.0, 1.0)
    assert [(one.begin, one.end) for one in found[0]] == [(2005, 2007)]
    assert found[1] == found[2] == ()
    assert [(one.begin, one.end) for one in found[3]] == [(2010, 2011)]


def test_the_path_is_the_cheapest_of_all() -> None:
    rng = np.random.default_rng(7)
    documents = rng.integers(5, 60, 8)
    counts = rng.binomial(documents, 0.2, (20, 8))
    counts[:, 3:5] = np.minimum(documents[3:5], counts[:, 3:5] * 3)
    found = find_bursts(range(2000, 2008), counts, documents, 2.0, 1.0)
    enter = np.log(8)
    for row, bursts in zip(counts, found, strict=True):
        share = min(max(row.sum() / documents.sum(), 1e-9), 0.9999)
        shares = np.array([share, min(2 * share, 0.9999)])[:, None]
        cost = -(row * np.log(shares) + (documents - row) * np.log1p(-shares))

        def price(states: list[int], cost: np.ndarray = cost) -> float:
            steps = sum(cost[state, at] for at, state in enumerate(states))
            ups = sum(b > a for a, b in zip([0, *states], states, strict=False))
            return float(steps + enter * ups)

        best = min(
            price(states) for states in ([(n >> at) & 1 for at in range(8)] for n in range(256))
        )
        chosen = [int(any(one.begin <= 2000 + at <= one.end for one in bursts)) for at in range(8)]
        assert price(chosen) == pytest.approx(best)


def test_a_trend_rises_or_falls() -> None:
    documents = np.array([50, 50, 50, 50])
    counts = np.array([[5, 10, 15, 20], [20, 15, 10, 5], [10, 10, 10, 10], [0, 0, 0, 0]])
    z = trend(counts, documents)
    assert z[0] == pytest.approx(-z[1])
    assert z[0] > 3
    assert abs(z[2]) < 1e-9
    assert z[3] == 0
