"""Tells Elsevier's `dataset.xml` and `issue.xml`."""

from __future__ import annotations

from fonds.sources.markup import words
from fonds.sources.xml import Element, local


class ElsevierDescriber:
    """Tells the list of a delivery and the table of contents of an issue."""

    name = "elsevier"
    roots = frozenset({"dataset", "serial-issue"})

    def describes(self, root: Element) -> bool:
        """Tell by the list of items."""
        if local(root.tag) == "dataset":
            return root.find("{*}dataset-content") is not None
        return root.find("{*}issue-info") is not None

    def paths(self, root: Element) -> tuple[str, ...]:
        """Return the files of the items of a delivery; an issue names none."""
        return tuple(filter(None, (words(path) for path in root.iter("{*}pathname"))))
