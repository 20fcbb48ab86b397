"""A network as GEXF 1.2, for Gephi: communities, years, colours.

Nodes and edges begin in their first year and stay, so that the timeline shows the network grow;
what each year has of a node is a dynamic attribute. https://gexf.net/schema.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from fonds.analyses.drawing.svg import COLOURS
from fonds.analyses.networks.network import Edge, Network, Node

_GEXF = "http://www.gexf.net/1.2draft"
_VIZ = "http://www.gexf.net/1.2draft/viz"
_NAMES: Any = {None: _GEXF, "viz": _VIZ}  # lxml-stubs know no default namespace
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NODES = (("documents", "integer"), ("degree", "integer"), ("links", "double"),
          ("community", "integer"), ("community_label", "string"), ("first_year", "integer"),
          ("last_year", "integer"), ("kind", "string"), ("title", "string"), ("ark", "string"),
          ("query", "string"))  # fmt: skip
_EDGES = (("common", "integer"), ("strength", "double"), ("first_year", "integer"))
_BY_YEAR = "documents_by_year"


def write_gexf(network: Network, creator: str = "", described: str = "") -> bytes:
    """Return a network as GEXF."""
    root = etree.Element(f"{{{_GEXF}}}gexf", nsmap=_NAMES, version="1.2")
    meta = _add(root, "meta")
    _add(meta, "creator").text = legal(creator)
    _add(meta, "description").text = legal(described)
    kind = "directed" if network.directed else "undirected"
    graph = _add(root, "graph", mode="dynamic", defaultedgetype=kind, timeformat="integer")
    _declare(graph, "node", _NODES)
    growing = _add(graph, "attributes", **{"class": "node", "mode": "dynamic"})
    _add(growing, "attribute", id=_BY_YEAR, title=_BY_YEAR, type="integer")
    _declare(graph, "edge", _EDGES)
    nodes = _add(graph, "nodes")
    labels = {one.number: one.label for one in network.communities}
    for at, node in enumerate(network.nodes):
        _node(nodes, at, node, labels[node.community])
    edges = _add(graph, "edges")
    for at, edge in enumerate(network.edges):
        _edge(edges, at, edge)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def legal(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def node_values(node: Node, label: str) -> dict[str, str | int | float]:
    """Return what is said of a node, by the names of the attributes."""
    said = {name: getattr(node, name) for name, _ in _NODES if name != "community_label"}
    return {**said, "community_label": label}


def _declare(graph: etree._Element, what: str, names: Sequence[tuple[str, str]]) -> None:
    place = _add(graph, "attributes", **{"class": what, "mode": "static"})
    for name, kind in names:
        _add(place, "attribute", id=name, title=name, type=kind)


def _node(parent: etree._Element, at: int, node: Node, label: str) -> None:
    since = {"start": str(node.first_year)} if node.first_year else {}
    made = _add(parent, "node", id=str(at), label=node.name, **since)
    values = _add(made, "attvalues")
    said = node_values(node, label)
    for name, _ in _NODES:
        if said[name] not in ("", 0):
            _add(values, "attvalue", **{"for": name, "value": str(said[name])})
    for year, count in node.by_year:
        span = {"start": str(year), "end": str(year)}
        _add(values, "attvalue", **{"for": _BY_YEAR, "value": str(count), **span})
    red, green, blue = bytes.fromhex(COLOURS[min(node.community, len(COLOURS)) - 1][1:])
    _viz(made, "color", r=str(red), g=str(green), b=str(blue))
    _viz(made, "size", value=f"{4 + node.documents**0.5:.2f}")


def _edge(parent: etree._Element, at: int, edge: Edge) -> None:
    since = {"start": str(edge.first_year)} if edge.first_year else {}
    made = _add(parent, "edge", id=str(at), source=str(edge.source), target=str(edge.target),
                weight=f"{edge.weight}", **since)  # fmt: skip
    values = _add(made, "attvalues")
    said = {"common": edge.weight, "strength": edge.strength, "first_year": edge.first_year}
    for name, _ in _EDGES:
        _add(values, "attvalue", **{"for": name, "value": str(said[name])})


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    legals = {name: legal(value) for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{_GEXF}}}{tag}", legals)


def _viz(parent: etree._Element, tag: str, **attributes: str) -> None:
    etree.SubElement(parent, f"{{{_VIZ}}}{tag}", attributes)
