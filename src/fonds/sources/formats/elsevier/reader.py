"""Elsevier's journal articles: `ja` DTD of every version, `xocs:doc`, `document` schema.

DTDs and schemas: https://www.elsevier.com/authors/author-schemas (journal article 4.5 to 5.7,
common element pool). The article does not say which journal, volume and pages it stands in: that
comes from the wrapper, or from the `dataset.xml` or `issue.xml` delivered with it.
"""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.formats.elsevier.front import read_front
from fonds.sources.formats.elsevier.funding import read_funders
from fonds.sources.formats.elsevier.names import JA, ROOTS, normalise
from fonds.sources.formats.elsevier.place import read_place
from fonds.sources.formats.elsevier.references import read_references
from fonds.sources.model import Reading, Source
from fonds.sources.stylesheet import Stylesheet
from fonds.sources.xml import Element, line_of, local

_BASE = "http://www.elsevier.com/xml/"
_WRAPPERS = (f"{{{_BASE}xocs/dtd}}doc", f"{{{_BASE}document/schema}}document")


class ElsevierReader:
    """Reads one article, alone or in one of the wrappers."""

    name = "elsevier"
    label = "Elsevier JA / xocs / document"
    version = 6

    def __init__(self) -> None:
        self._body = Stylesheet("fonds.sources.formats.elsevier", "body.xsl")

    def recognises(self, source: Source) -> bool:
        """Tell by an article that begins with `item-info`, alone or in Elsevier's wrappers."""
        return source.root is not None and _article(source.root) is not None

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the article. Changes the tree."""
        root = source.root
        assert root is not None
        normalise(root)
        article = _article(root)
        if article is None or article.find(f"{JA}item-info") is None:
            return ()  # names of Elsevier's in another namespace
        findings: list[Finding] = []
        place = read_place(root, article, source.beside)
        fields = read_front(article, place, findings)
        record = Record(**fields, funder=read_funders(article), ref_bibs=read_references(article))
        if not record.title and not record.doi and not record.pii:
            line = line_of(article)
            findings.append(Finding("no-title", "neither title nor identifier", line=line))
        return (Reading(record, self._body(root), tuple(findings)),)


def _article(root: Element) -> Element | None:
    """Return the article of a tree, before or after it was normalised."""
    if _is_root(root):
        return root if _has_info(root) else None
    if root.tag not in _WRAPPERS:
        return None
    inside = (*root, *root.iterfind("{*}serial-item/*"))
    return next((one for one in inside if _is_root(one) and _has_info(one)), None)


def _is_root(element: Element) -> bool:
    return isinstance(element.tag, str) and local(element.tag) in ROOTS


def _has_info(article: Element) -> bool:
    first = next((child for child in article if isinstance(child.tag, str)), None)
    return first is not None and local(first.tag) == "item-info"
