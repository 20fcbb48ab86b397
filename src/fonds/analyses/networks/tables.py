"""The tables of a network: communities, nodes, edges, and the works cited most."""

from __future__ import annotations

from collections.abc import Sequence

from fonds.analyses.corpus import Corpus
from fonds.analyses.model import Cell, Column, Table
from fonds.analyses.networks.network import Edge, Network, Node
from fonds.analyses.networks.works import Bibliographies

OF_DOCUMENTS = frozenset({"citations", "coupling"})
_WEIGHT = {"citations": "cited", "coupling": "references", "cocitation": "documents"}
_WORKS = 200  # rows


def tables_of(network: Network) -> tuple[Table, ...]:
    """Return the tables of a network."""
    return (_communities(network), _nodes(network), _edges(network))


def works_table(corpus: Corpus, found: Bibliographies) -> Table:
    """Return the works that most documents of a corpus cite."""
    said = (Column("name"), Column("title"), Column("published_year", "integer"),
            Column("documents", "integer"), Column("document", "document"),
            Column("query", "query"))  # fmt: skip
    rows = tuple(
        (
            one.name,
            one.title,
            one.year or None,
            len(one.cited_by),
            corpus.digests[one.held].ark if one.held >= 0 else None,
            one.query,
        )
        for one in found.works[:_WORKS]
    )
    return Table("works", said, rows, max(0, found.count - _WORKS))


def _communities(network: Network) -> Table:
    said = (Column("label"), Column("community", "integer"), Column("nodes", "integer"),
            Column("edges", "integer"))  # fmt: skip
    rows = tuple((one.label, one.number, one.nodes, one.edges) for one in network.communities)
    return Table("communities", said, rows)


def _nodes(network: Network) -> Table:
    said: tuple[Column, ...]
    weight = Column(_WEIGHT.get(network.of, "documents"), "integer")
    linked = (Column("degree", "integer"), Column("links", "number"),
              Column("community", "integer"))  # fmt: skip
    if network.of in OF_DOCUMENTS:
        said = (Column("name"), Column("title"), Column("year", "integer"), weight, *linked,
                Column("document", "document"))  # fmt: skip
        return Table("nodes", said, tuple(map(_document_row, network.nodes)))
    own: tuple[str, ...] = {"cocitation": ("title",), "entities": ("kind",)}.get(network.of, ())
    said = (Column("name"), *(Column(one) for one in own), weight, *linked,
            Column("first_year", "integer"), Column("last_year", "integer"),
            Column("query", "query"))  # fmt: skip
    return Table("nodes", said, tuple(_item_row(one, own) for one in network.nodes))


def _document_row(one: Node) -> tuple[Cell, ...]:
    return (one.name, one.title, one.first_year or None, one.documents, one.degree, one.links,
            one.community, one.ark)  # fmt: skip


def _item_row(one: Node, own: Sequence[str]) -> tuple[Cell, ...]:
    values = tuple(str(getattr(one, name)) for name in own)
    return (one.name, *values, one.documents, one.degree, one.links, one.community,
            one.first_year or None, one.last_year or None, one.query)  # fmt: skip


def _edges(network: Network) -> Table:
    edges = sorted(network.edges, key=lambda one: (-one.weight, -one.strength, one.source,
                                                   one.target))  # fmt: skip
    ends = (Column("citing"), Column("cited_work")) if network.directed else (
        Column("node"), Column("other_node"))  # fmt: skip
    if network.of in OF_DOCUMENTS:
        weights = () if network.directed else (Column("references", "integer"),
                                               Column("strength", "number"))  # fmt: skip
        said = (*ends, *weights, Column("document", "document"), Column("other", "document"))
        return Table("edges", said, tuple(_document_edge(network, one) for one in edges))
    said = (*ends, Column("documents", "integer"), Column("strength", "number"),
            Column("query", "query"))  # fmt: skip
    return Table("edges", said, tuple(_item_edge(network, one) for one in edges))


def _document_edge(network: Network, edge: Edge) -> tuple[Cell, ...]:
    source, target = network.nodes[edge.source], network.nodes[edge.target]
    weights = () if network.directed else (edge.weight, edge.strength)
    return (_long(source), _long(target), *weights, source.ark, target.ark)


def _item_edge(network: Network, edge: Edge) -> tuple[Cell, ...]:
    source, target = network.nodes[edge.source], network.nodes[edge.target]
    both = f"{source.query} AND {target.query}"
    return (source.name, target.name, edge.weight, edge.strength, both)


def _long(node: Node) -> str:
    return f"{node.name}, {node.title}" if node.title else node.name
