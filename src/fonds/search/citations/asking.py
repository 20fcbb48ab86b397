"""Answers `cites`, `citedBy`, `citedHere` and `citingHere` in a query, before an engine sees it.

These fields stand in the table as all others, but in no index: what they say of a document changes
when others are loaded. Each becomes the documents that it means, by their numbers.
"""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.archive import ark as arks
from fonds.archive.archive import Archive
from fonds.archive.works import work_keys
from fonds.record import Record
from fonds.search.citations.files import FOLDER, Pairs, opened_pairs
from fonds.search.citations.store import refresh_citations
from fonds.search.fields import BY
from fonds.search.query.checks import DOI, ID
from fonds.search.query.tree import (
    Among,
    Boolean,
    Boost,
    Clause,
    Exists,
    Fielded,
    Group,
    Node,
    Phrase,
    Range,
    Term,
)
from fonds.settings import Settings

CITES, CITED_BY = "cites", "citedBy"
CITED_HERE, CITING_HERE = "citedHere", "citingHere"
_COUNTED = {CITED_HERE: 0, CITING_HERE: 1, CITES: 0, CITED_BY: 1}  # column of pairs
Ords = npt.NDArray[np.uint32]


class Citations:
    """The citations of a home as searches ask for them. Safe from many threads."""

    def __init__(self, home: Path, settings: Settings) -> None:
        self._home = home
        self._settings = settings
        self._lock = threading.Lock()
        self._archive: Archive | None = None
        self._made = -1
        self._pairs: Pairs = np.empty((0, 2), np.uint32)

    def close(self) -> None:
        """Give files back."""
        with self._lock:
            if self._archive is not None:
                self._archive.close()
                self._archive = None

    def resolved(self, tree: Node | None) -> Node | None:
        """Return a query in which documents stand for what asks about citations.

        Raises HomeNotWritable when what was loaded cannot be read into their files.
        """
        if tree is None or not _asks(tree):
            return tree
        with self._lock:
            if self._archive is None:
                self._archive = Archive.open(self._home, self._settings)
            archive, pairs = self._archive, self._current(self._archive)
        return _Resolver(archive, pairs).node(tree)

    def _current(self, archive: Archive) -> Pairs:
        state = refresh_citations(self._home, archive)
        if state.made != self._made:
            found = opened_pairs(self._home / FOLDER, state)
            self._pairs = found if found is not None else np.empty((0, 2), np.uint32)
            self._made = state.made
        return self._pairs


class _Resolver:
    """Rewrites one query."""

    def __init__(self, archive: Archive, pairs: Pairs) -> None:
        self._archive = archive
        self._pairs = pairs

    def node(self, node: Node) -> Node:
        """Return a node with documents in the place of what asks about citations."""
        match node:
            case Boolean(clauses=clauses):
                made = tuple(Clause(one.occur, self.node(one.node)) for one in clauses)
                return msgspec.structs.replace(node, clauses=made)
            case Boost(child=child) | Group(child=child):
                return msgspec.structs.replace(node, child=self.node(child))
            case Fielded(field=str(name)) if is_citation(name):
                return self._leaf(node, name)
        return node

    def _leaf(self, node: Fielded, name: str) -> Node:
        match node:
            case Exists():
                return _among(node, np.unique(self._pairs[:, _COUNTED[name]]))
            case Term(text=text) | Phrase(text=text) if name in (CITES, CITED_BY):
                return _among(node, self._others(self._documents(text), citing=name == CITES))
            case Term(text=text) | Phrase(text=text):
                return self._counted(node, name, float(text), float(text))
            case Range(low=low, high=high):
                least = float(low) if low is not None else 0.0
                most = float(high) if high is not None else float("inf")
                least = least if node.include_low else np.nextafter(least, np.inf)
                most = most if node.include_high else np.nextafter(most, -np.inf)
                return self._counted(node, name, least, most)
        raise TypeError(f"{name} cannot be asked {type(node).__name__}")  # checked before

    def _documents(self, text: str) -> list[int]:
        """Return the documents of the archive that an id, an ARK or a DOI means."""
        text = text.strip()
        if ID.fullmatch(text):
            found = self._archive.by_id(text)
            return [found.ord] if found is not None else []
        if text.lower().startswith("ark:"):
            naan, _, name = text[4:].lstrip("/").partition("/")
            found = self._archive.by_ark(arks.normalised(naan, name))
            return [found.ord] if found is not None else []
        match = DOI.fullmatch(text)
        keys = work_keys(Record(doi=(match[1],))) if match is not None else ()
        return sorted({place for held in self._archive.sharing(keys).values() for place in held})

    def _others(self, documents: list[int], *, citing: bool) -> Ords:
        """Return the documents that cite some, or that are cited by them."""
        own, other = (1, 0) if citing else (0, 1)
        return np.unique(self._pairs[np.isin(self._pairs[:, own], documents), other])

    def _counted(self, node: Node, name: str, least: float, most: float) -> Node:
        """Return the documents that have so many others; those that have none are the rest."""
        ords, counts = np.unique(self._pairs[:, _COUNTED[name]], return_counts=True)
        within = (counts >= least) & (counts <= most)
        if not least <= 0 <= most:
            return _among(node, ords[within])
        without = Clause("must_not", _among(node, ords[~within]))
        return Boolean(start=node.start, end=node.end, clauses=(without,))


def is_citation(name: str) -> bool:
    """Tell whether a field is about citations."""
    return name in BY and BY[name].computed


def _asks(tree: Node) -> bool:
    match tree:
        case Boolean(clauses=clauses):
            return any(_asks(one.node) for one in clauses)
        case Boost(child=child) | Group(child=child):
            return _asks(child)
        case Fielded(field=str(name)):
            return is_citation(name)
    return False


def _among(node: Node, ords: Ords) -> Among:
    return Among(start=node.start, end=node.end, ords=tuple(ords.tolist()))
