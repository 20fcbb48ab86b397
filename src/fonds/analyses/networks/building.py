"""From links to a network: what is linked with nothing leaves it, the rest is divided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from fonds.analyses.networks.communities import communities
from fonds.analyses.networks.network import Community, Edge, Network, Node

_SAID = 3  # nodes that name a community


class Draft(msgspec.Struct, frozen=True):
    """Nodes, not yet linked, and links between their places."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    least: int
    strength: str = ""
    directed: bool = False
    rarer: int = 0
    crowded: int = 0
    having: int = 0  # documents that have any item


def built(of: str, draft: Draft) -> Network:
    """Return the network of a draft, its nodes in their order, without those that stand alone."""
    linked = sorted({place for one in draft.edges for place in (one.source, one.target)})
    new = {old: at for at, old in enumerate(linked)}
    edges = tuple(
        msgspec.structs.replace(one, source=new[one.source], target=new[one.target])
        for one in draft.edges
    )
    degree, weight = _degrees(edges)
    divided = communities(len(linked), [(one.source, one.target, one.strength) for one in edges])
    group = {at: number for number, members in enumerate(divided.members, 1) for at in members}
    nodes = tuple(
        msgspec.structs.replace(
            draft.nodes[old], degree=degree[at], links=float(weight[at]), community=group[at]
        )
        for at, old in enumerate(linked)
    )
    return Network(
        of=of,
        directed=draft.directed,
        nodes=nodes,
        edges=edges,
        communities=tuple(
            _community(number, members, nodes, edges)
            for number, members in enumerate(divided.members, 1)
        ),
        modularity=divided.modularity,
        least=draft.least,
        strength=draft.strength,
        lone=len(draft.nodes) - len(linked),
        rarer=draft.rarer,
        crowded=draft.crowded,
    )


def years_of(years: Sequence[int], places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return how many of some documents each year has; those without a year are left out."""
    return tuple(sorted(Counter(years[at] for at in places if years[at]).items()))


def _degrees(edges: Sequence[Edge]) -> tuple[Counter[int], Counter[int]]:
    degree: Counter[int] = Counter()
    weight: Counter[int] = Counter()
    for one in edges:
        for place in (one.source, one.target):
            degree[place] += 1
            weight[place] += one.weight
    return degree, weight


def _community(
    number: int, members: Sequence[int], nodes: Sequence[Node], edges: Sequence[Edge]
) -> Community:
    inside = set(members)
    foremost = sorted(
        members, key=lambda at: (-nodes[at].links, -nodes[at].documents, nodes[at].name)
    )
    return Community(
        number=number,
        label=", ".join(nodes[at].name for at in foremost[:_SAID]),
        nodes=len(members),
        edges=sum(one.source in inside and one.target in inside for one in edges),
        members=tuple(members),
    )
