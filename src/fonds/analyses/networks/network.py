"""A network: what stands for its nodes and edges, and what was left out of it."""

from __future__ import annotations

import msgspec


class Node(msgspec.Struct, frozen=True, rename="camel"):
    """A node; the number of its community counts from 1, the largest first."""

    name: str
    documents: int  # that have it; of a document: its links in the whole corpus
    degree: int  # nodes it is linked with
    links: float  # sum of what its edges weigh
    community: int
    first_year: int  # of its documents; 0: not known
    last_year: int
    query: str = ""  # finds its documents
    kind: str = ""  # of an entity
    ark: str = ""  # of a document
    title: str = ""  # of a document or a cited work
    by_year: tuple[tuple[int, int], ...] = ()  # year, documents


class Edge(msgspec.Struct, frozen=True, rename="camel"):
    """A link; source and target are places in the list of nodes."""

    source: int
    target: int
    weight: int  # documents or references in common; 1 for a citation
    strength: float  # the weight, normalised
    first_year: int


class Community(msgspec.Struct, frozen=True, rename="camel"):
    """Nodes that are linked more among each other than with others."""

    number: int
    label: str  # its foremost nodes
    nodes: int
    edges: int  # inside
    members: tuple[int, ...]


class Network(msgspec.Struct, frozen=True, rename="camel"):
    """A network with its communities."""

    of: str
    directed: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    communities: tuple[Community, ...]
    modularity: float
    least: int  # documents that a node was asked to have
    strength: str  # how weights were normalised
    lone: int  # would have been nodes, but are linked with nothing
    rarer: int  # are in fewer documents than asked, or beyond the most nodes
    crowded: int = 0  # documents that link too many to be looked at
