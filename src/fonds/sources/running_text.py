"""Publishers' bodies to TEI by way of JATS, so that the rules of TEI are written once.

A format's stylesheet only says which of its elements is JATS's section, figure or formula; what a
TEI text may hold where is the matter of the JATS stylesheet.
"""

from __future__ import annotations

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
