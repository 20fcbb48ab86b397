"""Communities of a network, by Louvain's method, and its modularity.

The seed is fixed and nodes come in order, so that the same network has the same communities.
https://doi.org/10.1088/1742-5468/2008/10/P10008
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import networkx

_SEED = 1


class Divided(msgspec.Struct, frozen=True):
    """The communities, the largest first, each with its nodes in ascending order."""

    members: tuple[tuple[int, ...], ...]
    modularity: float


def communities(nodes: int, edges: Sequence[tuple[int, int, float]]) -> Divided:
    """Divide the nodes 0 to `nodes` - 1 into communities; edges have a strength."""
    graph = networkx.Graph()
    graph.add_nodes_from(range(nodes))
    for first, second, strength in edges:  # of a directed pair, both ways count
        before = graph.get_edge_data(first, second, {"weight": 0.0})["weight"]
        graph.add_edge(first, second, weight=before + strength)
    if not graph.number_of_edges():
        return Divided(tuple((at,) for at in range(nodes)), 0.0)
    found = networkx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    members = sorted((tuple(sorted(one)) for one in found), key=lambda one: (-len(one), one))
    modularity = networkx.community.modularity(graph, [set(one) for one in members])
    return Divided(tuple(members), round(float(modularity), 4))
