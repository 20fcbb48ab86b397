"""Publishers' bodies to TEI by way of JATS, so that the rules of TEI are written once.

A format's stylesheet only says which of its elements is JATS's section, figure or formula; what a
TEI text may hold where is the matter of the JATS stylesheet.
"""

from __future__ import annotations

from collections.abc import Callable

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources import parts
from fonds.sources.model import Reading, Source
from fonds.sources.stylesheet import Stylesheet
from fonds.sources.xml import Element


class RunningText:
    """Two stylesheets, one after the other: a format's names to JATS's, then JATS to TEI."""

    def __init__(self, package: str, name: str = "body.xsl") -> None:
        self._names = Stylesheet(package, name)
        self._tei = Stylesheet("fonds.sources.formats.jats", "body.xsl")

    def __call__(self, element: Element) -> Element | None:
        """Return the TEI text of an article; None when it has none."""
        article = self._names(element)
        return self._tei(article) if article is not None else None

    def article(
        self, source: Source, record: Callable[[Element, list[Finding]], Record]
    ) -> tuple[Reading, ...]:
        """Read a file that is one article: its text, then its record. Both change the tree."""
        root = source.root
        assert root is not None
        text = self(root)
        findings: list[Finding] = []
        return (parts.reading(record(root, findings), text, findings, root),)
