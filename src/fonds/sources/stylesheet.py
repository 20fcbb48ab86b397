"""Stylesheets: publishers' bodies to TEI, at the speed of C, without files and without network."""

from __future__ import annotations

import threading
from importlib import resources

from lxml import etree

from fonds.sources.xml import Element

TEI = "{http://www.tei-c.org/ns/1.0}"


class Stylesheet:
    """An XSLT 1.0 stylesheet of a package, compiled once in each thread that uses it.

    libxslt crashes, now and then, where a thread uses what another has compiled; lxml's copy for
    each call costs as much as the transformation.
    """

    def __init__(self, package: str, name: str) -> None:
        self._source = resources.files(package).joinpath(name).read_bytes()
        self._held = threading.local()
        self._transform()  # a mistake in it shows at once

    def __call__(self, element: Element, **parameters: str) -> Element | None:
        """Return what the stylesheet makes of a tree, or None; parameters are XPath."""
        made: Element | None = self._transform()(element, profile_run=False, **parameters).getroot()
        return made

    def text(self, element: Element, **parameters: str) -> str:
        """Return what a stylesheet with the output method `text` writes; parameters are XPath."""
        return str(self._transform()(element, profile_run=False, **parameters))

    def _transform(self) -> etree.XSLT:
        transform: etree.XSLT | None = getattr(self._held, "transform", None)
        if transform is None:
            nothing = etree.XSLTAccessControl.DENY_ALL  # type: ignore[attr-defined]  # not in the stubs
            transform = etree.XSLT(etree.fromstring(self._source), access_control=nothing)
            self._held.transform = transform
        return transform


def quoted(text: str) -> str:
    """Return a text as a parameter of a stylesheet; a text with both kinds of quotes loses one."""
    if '"' not in text:
        return f'"{text}"'
    return "'{}'".format(text.replace("'", "\u2019"))
