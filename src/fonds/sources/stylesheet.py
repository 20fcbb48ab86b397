"""Stylesheets: publishers' bodies to TEI, at the speed of C, without files and without network."""

from __future__ import annotations

from importlib import resources

from lxml import etree

from fonds.sources.xml import Element

TEI = "{http://www.tei-c.org/ns/1.0}"


class Stylesheet:
    """An XSLT 1.0 stylesheet of a package, compiled once."""

    def __init__(self, package: str, name: str) -> None:
        source = etree.fromstring(resources.files(package).joinpath(name).read_bytes())
        nothing = etree.XSLTAccessControl.DENY_ALL  # type: ignore[attr-defined]  # not in the stubs
        self._transform = etree.XSLT(source, access_control=nothing)

    def __call__(self, element: Element) -> Element | None:
        """Return what the stylesheet makes of a tree; None when that is nothing."""
        made: Element | None = self._transform(element).getroot()
        return made

    def text(self, element: Element, **parameters: str) -> str:
        """Return what a stylesheet with the output method `text` writes; parameters are XPath."""
        return str(self._transform(element, profile_run=False, **parameters))
