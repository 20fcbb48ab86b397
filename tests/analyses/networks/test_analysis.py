"""Networks of a corpus: counted as the search counts, the same twice, and read by other tools."""

from __future__ import annotations

import io

import networkx
import pytest

from fonds.analyses.forms import forms_of, write
from fonds.analyses.model import Answer, Table
from fonds.analyses.networks.analysis import KINDS
from fonds.analyses.networks.network import Network
from fonds.errors import ParameterInvalid
from tests.analyses.conftest import Laboratory


@pytest.fixture(scope="module")
def answers(laboratory: Laboratory) -> dict[str, Answer]:
    return {of: laboratory.analyse("networks", of=of) for of in KINDS}


def table(answer: Answer, name: str) -> Table:
    return next(one for one in answer.tables if one.name == name)


def network(answer: Answer) -> Network:
    assert isinstance(answer.result, Network)
    return answer.result


@pytest.mark.parametrize("of", ["terms", "keywords", "authors", "institutions", "entities",
                                "cocitation"])  # fmt: skip
def test_nodes_and_edges_count_what_their_queries_find(
    laboratory: Laboratory, answers: dict[str, Answer], of: str
) -> None:
    for name in ("nodes", "edges"):
        found = table(answers[of], name)
        names = [column.name for column in found.columns]
        assert found.rows or of == "cocitation", name
        for row in found.rows[:12]:
            query, count = str(row[names.index("query")]), row[names.index("documents")]
            ords = len(laboratory.job("profile", query).plan.ords)
            # unsure entities, and works of the same short title, are searched but not counted
            assert ords == count or (of in ("entities", "cocitation") and ords > int(count or 0)), (
                query
            )


def test_queries_stay_within_the_corpus(laboratory: Laboratory) -> None:
    answer = laboratory.analyse("networks", "corpusName:pensoft", of="terms")
    for row in table(answer, "nodes").rows[:12]:
        query, count = str(row[-1]), row[1]
        assert len(laboratory.job("profile", query).plan.ords) == count, query


@pytest.mark.parametrize("of", KINDS)
def test_two_runs_give_the_same_bytes(
    laboratory: Laboratory, answers: dict[str, Answer], of: str
) -> None:
    again = laboratory.analyse("networks", of=of)
    for form in forms_of(again):
        if form != "parquet":
            assert write(again, form) == write(answers[of], form), form


@pytest.mark.parametrize("of", KINDS)
def test_the_files_are_read_by_networkx(answers: dict[str, Answer], of: str) -> None:
    found = network(answers[of])
    gexf = networkx.read_gexf(io.BytesIO(write(answers[of], "gexf").data), node_type=int)
    graphml = networkx.read_graphml(io.BytesIO(write(answers[of], "graphml").data), node_type=int)
    for graph in (gexf, graphml):
        assert graph.is_directed() == found.directed
        assert graph.number_of_edges() == len(found.edges)
        labels = [data["label"] for _, data in sorted(graph.nodes(data=True))]
        assert labels == [one.name for one in found.nodes]


def test_every_node_is_in_one_community(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        found = network(answer)
        members = sorted(at for one in found.communities for at in one.members)
        assert members == list(range(len(found.nodes)))
        sizes = [one.nodes for one in found.communities]
        assert sizes == sorted(sizes, reverse=True)


def test_works_come_by_how_many_cite_them(answers: dict[str, Answer]) -> None:
    counts = [row[3] for row in table(answers["citations"], "works").rows]
    assert counts
    assert counts == sorted(counts, key=lambda one: -int(one or 0))


def test_one_document_has_no_network(laboratory: Laboratory, answers: dict[str, Answer]) -> None:
    ark = table(answers["coupling"], "nodes").rows[0][-1]
    for of in KINDS:
        answer = laboratory.analyse("networks", f'ark:"{ark}"', of=of)
        assert answer.coverage.asked == 1
        if of not in ("authors", "institutions"):
            assert not network(answer).nodes
            assert not answer.pictures


@pytest.mark.parametrize("given", [{"of": "weather"}, {"nodes": 1}, {"nodes": 9999}])
def test_bad_parameters_are_said(laboratory: Laboratory, given: dict[str, str | int]) -> None:
    with pytest.raises(ParameterInvalid):
        laboratory.analyse("networks", **given)  # type: ignore[arg-type]
