"""A network as GraphML, for igraph, yEd, Cytoscape and networkx. http://graphml.graphdrawing.org"""

from __future__ import annotations

import io

import networkx

from fonds.analyses.networks.gexf import legal, node_values
from fonds.analyses.networks.network import Network


def write_graphml(network: Network) -> bytes:
    """Return a network as GraphML."""
    graph = networkx.DiGraph() if network.directed else networkx.Graph()
    labels = {one.number: one.label for one in network.communities}
    for at, node in enumerate(network.nodes):
        said = {
            name: legal(value) if isinstance(value, str) else value
            for name, value in node_values(node, labels[node.community]).items()
        }
        graph.add_node(at, label=legal(node.name), **said)
    for edge in network.edges:
        graph.add_edge(
            edge.source,
            edge.target,
            weight=edge.weight,
            strength=edge.strength,
            first_year=edge.first_year,
        )
    out = io.BytesIO()
    networkx.write_graphml(graph, out)
    return out.getvalue()
