"""Files that describe a delivery or an issue: recognised by content, handed to the documents below.

A describer says by its roots and its look which XML files these are; they are registered under the
entry point group `fonds.describers`. Readers get the trees as `Source.beside`.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from fonds.plugins import installed
from fonds.settings import LimitSettings
from fonds.sources import entities
from fonds.sources.model import DeliveredFile
from fonds.sources.xml import Element, Parsed, local, parse

GROUP = "fonds.describers"

_HEAD = 4_096  # bytes in which the root's name is looked for
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_KEPT = 8  # trees at hand: a delivery's list, and the issues in work


class Describer(Protocol):
    """What tells the descriptive files of one publisher."""

    name: str
    roots: frozenset[str]  # local names of the roots

    def describes(self, root: Element) -> bool:
        """Tell by content that a file describes other files of its delivery."""
        ...

    def paths(self, root: Element) -> tuple[str, ...]:
        """Return the files it says were sent, as paths from its folder."""
        ...


def load_describers() -> tuple[Describer, ...]:
    """Return every installed describer."""
    return tuple(point.load()() for point in installed(GROUP).values())


class Companions:
    """The trees of descriptive files; the last few stay at hand."""

    def __init__(self, limits: LimitSettings, describers: Sequence[Describer] = ()) -> None:
        self._limits = limits
        self._describers = describers or load_describers()
        self._roots = frozenset(root for one in self._describers for root in one.roots)
        self._trees: OrderedDict[str, Element] = OrderedDict()

    def describes(self, file: DeliveredFile) -> bool:
        """Tell whether an XML file describes others. Most are told by their first bytes."""
        return self.listed(file) is not None

    def listed(self, file: DeliveredFile) -> tuple[str, ...] | None:
        """Return the files that a descriptive file names; None when it is not one."""
        if file.size > self._limits.companion_bytes or _root_name(file) not in self._roots:
            return None
        tree = self._tree(file)
        if tree is None:
            return None
        told = (one for one in self._describers if local(tree.tag) in one.roots)
        return next((one.paths(tree) for one in told if one.describes(tree)), None)

    def trees(self, files: Iterable[DeliveredFile]) -> tuple[Element, ...]:
        """Return the trees of files that `describes` has told."""
        return tuple(tree for file in files if (tree := self._tree(file)) is not None)

    def _tree(self, file: DeliveredFile) -> Element | None:
        tree = self._trees.get(file.location)
        if tree is None:
            tree = self._parsed(file)
            if tree is None:
                return None
            self._trees[file.location] = tree
            while len(self._trees) > _KEPT:
                self._trees.popitem(last=False)
        return tree

    def _parsed(self, file: DeliveredFile) -> Element | None:
        try:
            data = Path(file.location).read_bytes()
        except OSError:
            return None  # said where the file itself is reported
        parsed = parse(entities.resolve(data), self._limits)
        return parsed.root if isinstance(parsed, Parsed) else None


def _root_name(file: DeliveredFile) -> str:
    try:
        with Path(file.location).open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return ""
    found = _ROOT.search(head)
    return local(found[1].decode("ascii", "replace")) if found else ""
