"""A concordance is complete: its lines are the places of all documents that a search finds."""

from __future__ import annotations

import pytest

from fonds.access.gate import Visitor
from fonds.analyses.concordance.model import Concordance
from fonds.analyses.corpus import Asker, Corpus
from fonds.analyses.forms import forms_of, write
from fonds.analyses.model import Answer
from fonds.analyses.reading.texts import passages
from fonds.analyses.reading.words import Phrase
from fonds.errors import ParameterInvalid
from fonds.search.analysis import tokens
from fonds.search.narrowing import Closed
from tests.analyses.conftest import Laboratory

_WORDS = ("plant", "new species", "health*", "água", "resultados", "in vitro")


def result(answer: Answer) -> Concordance:
    assert isinstance(answer.result, Concordance)
    return answer.result


@pytest.mark.parametrize("words", _WORDS)
def test_every_document_that_a_search_finds_has_lines(laboratory: Laboratory, words: str) -> None:
    answer = laboratory.analyse("concordance", words=words, lines=20_000)
    found = result(answer)
    said = Phrase(words).quoted
    query = f"title:{said} OR abstract:{said} OR fulltext:{said}"
    assert found.documents == found.read == len(laboratory.job("profile", query).plan.ords)
    assert len({one.ark for one in found.lines}) == found.documents
    assert found.total == len(found.lines)


def test_lines_are_as_many_as_words(laboratory: Laboratory) -> None:
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    corpus = Corpus(laboratory.archived, digests, laboratory.job("profile").asker)
    counted = sum(
        tokens(passage.text).count("plant") for one in digests for passage in passages(corpus, one)
    )
    assert counted > 20
    assert result(laboratory.analyse("concordance", words="plant")).total == counted


@pytest.mark.parametrize("sort", ["left", "right", "document", "year", "recent"])
def test_pages_put_together_are_the_whole_in_its_order(laboratory: Laboratory, sort: str) -> None:
    whole = result(laboratory.analyse("concordance", words="plant", sort=sort, lines=20_000))
    first = result(laboratory.analyse("concordance", words="plant", sort=sort, lines=30))
    second = result(laboratory.analyse("concordance", words="plant", sort=sort, lines=30, start=30))
    assert (*first.lines, *second.lines) == whole.lines[:60]
    assert first.total == second.total == whole.total
    if sort == "right":
        words = [tokens(one.right)[:1] for one in whole.lines]
        assert words == sorted(words)
    if sort in ("year", "recent"):
        years = [one.year for one in whole.lines if one.year]
        assert years == sorted(years, reverse=sort == "recent")


def test_places_have_sections_or_pages(laboratory: Laboratory) -> None:
    found = result(laboratory.analyse("concordance", words="plant", lines=20_000))
    assert sum(bool(one.place.section or one.place.page) for one in found.lines) > 10
    for one in found.lines:
        assert one.match.casefold() == "plant"


@pytest.mark.usefixtures("restricted")
def test_what_may_not_be_read_is_counted_and_not_quoted(laboratory: Laboratory) -> None:
    found = result(laboratory.analyse("concordance", words="plant", asker=Asker(Visitor())))
    everybody = result(laboratory.analyse("concordance", words="plant"))
    assert found.documents == everybody.documents
    assert found.closed > 0
    assert found.total < everybody.total
    assert {one.place.part for one in found.lines} <= {"title", "abstract"}


@pytest.mark.usefixtures("restricted")
def test_what_may_not_be_searched_is_not_counted(laboratory: Laboratory) -> None:
    closed = tuple(Closed(name, but_open=False) for name in ("plos", "pensoft", "scielo"))
    found = result(
        laboratory.analyse("concordance", words="phylogenet*", asker=Asker(Visitor(), closed))
    )
    said = "title:phylogenet* OR abstract:phylogenet*"
    assert found.documents == len(laboratory.job("profile", said).plan.ords)


def test_documents_beyond_the_bound_are_counted(laboratory: Laboratory) -> None:
    answer = laboratory.analyse("concordance", words="plant", documents=2)
    found = result(answer)
    assert found.read == 2
    assert found.left_out == found.documents - 2
    assert dict(answer.coverage.without)["left-out"] == found.left_out


def test_without_words_terms_are_offered(laboratory: Laboratory) -> None:
    assert len(result(laboratory.analyse("concordance")).offered) == 12


def test_no_word_is_said(laboratory: Laboratory) -> None:
    with pytest.raises(ParameterInvalid):
        laboratory.analyse("concordance", words="...")


def test_forms(laboratory: Laboratory) -> None:
    answer = laboratory.analyse("concordance", words="plant", lines=20)
    again = laboratory.analyse("concordance", words="plant", lines=20)
    assert "txt" in forms_of(answer)
    for form in ("json", "csv", "txt"):
        assert write(answer, form).data == write(again, form).data
    lines = write(answer, "txt").data.decode().split("\n")[2:-1]
    assert len(lines) == 20
    assert len({line.index("│") for line in lines}) == 1
