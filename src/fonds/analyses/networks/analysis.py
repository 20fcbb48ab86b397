"""The analysis `networks`: who and what goes together in a corpus, and who cites whom."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from fonds.analyses.corpus import Corpus
from fonds.analyses.drawing.graph import HEIGHT, WIDTH, Dot, Stroke, graph, radius
from fonds.analyses.model import Answer, Form, Found, Parameter, Picture, Value
from fonds.analyses.networks.between_documents import of_citations, of_coupling
from fonds.analyses.networks.between_items import Wanted, of_cited, of_items
from fonds.analyses.networks.building import built
from fonds.analyses.networks.cooccurrence import STRENGTHS
from fonds.analyses.networks.gexf import write_gexf
from fonds.analyses.networks.graphml import write_graphml
from fonds.analyses.networks.items import SOURCES
from fonds.analyses.networks.layout import layout
from fonds.analyses.networks.naming import named_by_terms
from fonds.analyses.networks.network import Network, Node
from fonds.analyses.networks.tables import OF_DOCUMENTS, tables_of, works_table
from fonds.analyses.networks.works import bibliographies

KINDS = ("terms", "keywords", "authors", "institutions", "entities", "citations", "coupling",
         "cocitation")  # fmt: skip
_DRAWN = 120  # nodes of the picture


def _gexf(answer: Answer) -> bytes:
    assert isinstance(answer.result, Network)
    described = f"{answer.result.of}: {answer.corpus.query} ({answer.corpus.key})"
    return write_gexf(answer.result, answer.corpus.archive, described)


def _graphml(answer: Answer) -> bytes:
    assert isinstance(answer.result, Network)
    return write_graphml(answer.result)


class NetworksOfCorpus:
    """Makes `networks`."""

    name = "networks"
    version = 1
    provenance = (
        "links by documents in common (cosine or association strength), by shared references or "
        "by citations; communities by Louvain's method (networkx, BSD), seed 1; layout "
        "force-directed (LinLog)"
    )
    parameters: tuple[Parameter, ...] = (
        Parameter("of", "terms", "network of", "réseau de", choices=KINDS),
        Parameter("nodes", 100, "nodes at the most", "nœuds au plus", low=2, high=1_000),
        Parameter("least", 0, "documents of a node at least (0: chosen)",
                  "documents d'un nœud au moins (0 : au mieux)", low=0, high=100_000),
        Parameter("common", 1, "in common at least", "en commun au moins", low=1, high=100_000),
        Parameter("strength", "cosine", "strength of links", "force des liens",
                  choices=STRENGTHS),
    )  # fmt: skip
    forms: tuple[Form, ...] = (
        Form("gexf", "application/gexf+xml", "gexf", _gexf),
        Form("graphml", "application/graphml+xml", "graphml", _graphml),
    )

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return the nodes, edges and communities of one network."""
        of = str(given["of"])
        wanted = Wanted(int(given["nodes"]), int(given["least"]), int(given["common"]),
                        str(given["strength"]))  # fmt: skip
        if of in SOURCES:
            draft = of_items(corpus, of, wanted)
            network = built(of, draft)
            used = _used(corpus, of, draft.having)
            return Found(network, tables_of(network), _drawn(corpus, network), *used)
        found = bibliographies(corpus.digests)
        makers = {"citations": of_citations, "coupling": of_coupling, "cocitation": of_cited}
        network = built(of, makers[of](corpus, found, wanted))
        if of in OF_DOCUMENTS:
            network = named_by_terms(corpus, network)
        tables = (*tables_of(network), works_table(corpus, found))
        cite = sum(bool(one.references) for one in corpus.digests)
        return Found(network, tables, _drawn(corpus, network), *_used(corpus, of, cite))


def _used(corpus: Corpus, of: str, used: int) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Return how many documents have what is linked, and why others have not."""
    source = SOURCES.get(of)
    withheld = corpus.withheld if source is not None and source.from_text else 0
    reason = source.reason if source is not None else "no-references"
    reasons = (("withheld", withheld), (reason, len(corpus.digests) - used - withheld))
    return used, tuple((name, count) for name, count in reasons if count > 0)


def _drawn(corpus: Corpus, network: Network) -> tuple[Picture, ...]:
    """Draw the nodes that weigh most, with the links between them."""
    if not network.nodes:
        return ()
    order = sorted(range(len(network.nodes)), key=lambda at: (-_weight(network.nodes[at]), at))
    chosen = sorted(order[:_DRAWN])
    places = {at: place for place, at in enumerate(chosen)}
    nodes = [network.nodes[at] for at in chosen]
    strokes = [
        Stroke(places[one.source], places[one.target], one.strength)
        for one in network.edges
        if one.source in places and one.target in places
    ]
    dots = [
        Dot(one.name, _weight(one), one.community, _said(one), _address(corpus, one))
        for one in nodes
    ]
    most = max(dot.weight for dot in dots)
    radii = [radius(dot.weight, most) for dot in dots]
    edges = [(one.first, one.second, one.strength) for one in strokes]
    groups = [dot.group for dot in dots]
    return (Picture("network", graph(dots, strokes, layout(groups, edges, radii, WIDTH, HEIGHT)),
                    "nodes"),)  # fmt: skip


def _weight(node: Node) -> float:
    """Return how large a node is drawn; one that nobody cites still stands there."""
    return max(float(node.documents), 0.5)


def _said(node: Node) -> str:
    about = node.title or node.name
    return f"{about} ({node.documents:,}; {node.degree:,})"


def _address(corpus: Corpus, node: Node) -> str:
    if node.ark and not node.query:
        return f"/notice/{node.ark}"
    return f"/?q={quote(corpus.narrowed(node.query))}"
