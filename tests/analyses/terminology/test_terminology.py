"""Terms are counted as the search counts, spelled as documents spell, quoted where allowed."""

from __future__ import annotations

import msgspec
import pytest
import rdflib
from lxml import etree
from rdflib.namespace import SKOS

from fonds.access.gate import Visitor
from fonds.analyses.corpus import Asker
from fonds.analyses.errors import TerminologyEmpty
from fonds.analyses.forms import forms_of, write
from fonds.analyses.keyness import keyness
from fonds.analyses.model import Answer
from fonds.analyses.terminology.model import Terminology
from fonds.analyses.terminology.ranking import is_term
from fonds.analyses.terminology.tbx import NAMESPACE
from fonds.search.analysis import tokens
from fonds.search.narrowing import Closed
from tests.analyses.conftest import Laboratory
from tests.conftest import ROOT

_QUERY = "corpusName:pensoft"


@pytest.fixture(scope="module")
def answer(laboratory: Laboratory) -> Answer:
    return laboratory.analyse("terminology", _QUERY, rows=40)


def result(answer: Answer) -> Terminology:
    assert isinstance(answer.result, Terminology)
    return answer.result


def test_documents_are_those_that_a_search_finds(laboratory: Laboratory, answer: Answer) -> None:
    corpus = set(laboratory.job("profile", _QUERY).plan.ords.tolist())
    found = result(answer)
    assert len(found.terms) == 40
    for term in found.terms[:25]:
        ords = set(laboratory.job("profile", term.query).plan.ords.tolist())
        assert term.archive == len(ords)
        assert term.documents == len(ords & corpus)
        for variant in term.variants:
            alone = set(laboratory.job("profile", variant.query).plan.ords.tolist())
            assert variant.documents == len(alone & corpus)
        rest = laboratory.archived.engine.count() - len(corpus)
        other = term.archive - term.documents
        assert term.keyness == keyness(term.documents, len(corpus), other, rest)
    assert found.reference == "rest"


def test_queries_of_tables_find_documents_of_the_corpus(
    laboratory: Laboratory, answer: Answer
) -> None:
    terms, variants = answer.tables[0], answer.tables[1]
    for row in terms.rows[:15]:
        assert len(laboratory.job("profile", str(row[-1])).plan.ords) == row[2]
    for row in variants.rows[:15]:
        assert len(laboratory.job("profile", str(row[-1])).plan.ords) == row[2]


def test_contexts_hold_the_term(answer: Answer) -> None:
    quoted = 0
    for term in result(answer).terms:
        spellings = [tokens(one.form) for one in term.variants]
        for context in term.contexts:
            assert tokens(context.text[context.begin : context.end]) in spellings
            assert context.text[0].isupper()
            quoted += 1
        assert len({one.ark for one in term.contexts}) == len(term.contexts)
    assert quoted > 20


def test_a_second_corpus_is_compared_with(laboratory: Laboratory) -> None:
    found = result(laboratory.analyse("terminology", _QUERY, "corpusName:plos", rows=5))
    assert found.reference == "beside"
    assert found.reference_documents == len(laboratory.job("profile", "corpusName:plos").plan.ords)


def test_the_whole_archive_has_nothing_beside_it(laboratory: Laboratory) -> None:
    answer = laboratory.analyse("terminology", rows=5)
    assert result(answer).reference == "none"
    assert {row[5] for row in answer.tables[0].rows} == {None}


@pytest.mark.parametrize("sort", ["keyness", "documents"])
def test_orders(laboratory: Laboratory, sort: str) -> None:
    found = result(laboratory.analyse("terminology", _QUERY, sort=sort, rows=10))
    numbers = [getattr(one, sort) for one in found.terms]
    assert numbers == sorted(numbers, reverse=True)


def test_a_language_can_be_asked_for(laboratory: Laboratory) -> None:
    found = result(laboratory.analyse("terminology", language="por", rows=10))
    assert {one.language for one in found.terms} == {"por"}
    assert not result(laboratory.analyse("terminology", language="xxx")).terms


def test_two_runs_give_the_same_bytes(laboratory: Laboratory, answer: Answer) -> None:
    again = laboratory.analyse("terminology", _QUERY, rows=40)
    for form in forms_of(answer):
        if form != "parquet":
            assert write(again, form) == write(answer, form)


def test_tbx_has_every_term(answer: Answer) -> None:
    root = etree.fromstring(write(answer, "tbx").data)
    names = {"t": NAMESPACE}
    assert root.get("type") == "TBX-Basic"
    found = root.xpath("t:text/t:body/t:conceptEntry/t:langSec/t:termSec[1]/t:term/text()",
                       namespaces=names)  # fmt: skip
    assert found == [one.term for one in result(answer).terms]
    quoted = root.xpath("//t:descripGrp[t:descrip/@type='context']/t:admin[@type='source']",
                        namespaces=names)  # fmt: skip
    assert isinstance(quoted, list)
    assert len(quoted) == sum(len(one.contexts) for one in result(answer).terms)


def test_tbx_is_what_the_standard_allows(answer: Answer) -> None:
    """Order, required parts and values of TBX-Basic in DCA style (ISO 30042:2019)."""
    schema = etree.RelaxNG(etree.parse(str(ROOT / "tests" / "data" / "schemas" / "tbx-basic.rng")))
    schema.assertValid(etree.fromstring(write(answer, "tbx").data))


def test_no_terms_are_no_tbx(answer: Answer) -> None:
    """TBX needs an entry: without terms it is refused with what to do; other forms are empty."""
    found = msgspec.structs.replace(result(answer), terms=())
    none = msgspec.structs.replace(answer, result=found)
    with pytest.raises(TerminologyEmpty, match="No term was found") as caught:
        write(none, "tbx")
    assert "SKOS" in caught.value.next_action
    assert b"ConceptScheme" in write(none, "skos").data


def test_skos_has_every_term(answer: Answer) -> None:
    graph = rdflib.Graph().parse(data=write(answer, "skos").data, format="xml")
    labels = [str(one) for one in graph.objects(None, SKOS.prefLabel)]
    assert sorted(labels) == sorted(one.term for one in result(answer).terms)
    spellings = sum(len(one.variants) - 1 for one in result(answer).terms)
    assert len(list(graph.subject_objects(SKOS.altLabel))) == spellings


@pytest.mark.usefixtures("restricted")
def test_contexts_are_quoted_from_open_parts_alone(laboratory: Laboratory) -> None:
    found = result(laboratory.analyse("terminology", _QUERY, asker=Asker(Visitor()), rows=30))
    parts = {said.place.part for term in found.terms for said in term.contexts}
    assert parts == {"abstract"}


@pytest.mark.usefixtures("restricted")
def test_what_may_not_be_searched_gives_no_term(laboratory: Laboratory) -> None:
    nobody = Asker(Visitor(), (Closed("pensoft", but_open=False),))
    found = laboratory.analyse("terminology", _QUERY, asker=nobody)
    assert not result(found).terms
    assert dict(found.coverage.without) == {"withheld": found.coverage.asked}


@pytest.mark.parametrize(
    ("form", "expected"),
    [("kg", False), ("DNA", True), ("AI", True), ("https", False), ("Fig", False),
     ("gut flora", True), ("et al", False), ("doi org", False), ("bee", True)],
)  # fmt: skip
def test_what_can_be_a_term(form: str, expected: bool) -> None:
    assert is_term(form) is expected


def test_keyness() -> None:
    assert keyness(10, 10, 0, 10) == pytest.approx(27.73, abs=0.01)
    assert keyness(0, 10, 10, 10) == pytest.approx(-27.73, abs=0.01)
    assert keyness(5, 10, 5, 10) == 0
    assert keyness(1, 10, 0, 0) == 0
