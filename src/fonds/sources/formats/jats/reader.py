"""JATS, NLM and TaxPub articles of every version.

Standard: ANSI/NISO Z39.96 (JATS) and the NLM Journal Archiving and Interchange Tag Set before it.
Everything is anchored on the article's own `front`, `body` and `back`, so that decision letters
and translations (`sub-article`, `response`) never lend their titles, authors or references.
"""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.formats.jats.escaped import set_elements_free
from fonds.sources.formats.jats.front import read_front
from fonds.sources.formats.jats.references import read_references
from fonds.sources.formats.jats.taxpub import TAXPUB, set_parts_apart
from fonds.sources.model import Reading, Source
from fonds.sources.stylesheet import Stylesheet
from fonds.sources.xml import Element, line_of, local, without_namespaces

_WRAPPERS = frozenset({"pmc-articleset", "OAI-PMH", "articles"})


class JatsReader:
    """Reads JATS articles, alone or in a wrapper."""

    name = "jats"
    label = "JATS / NLM / TaxPub"
    version = 12

    def __init__(self) -> None:
        self._body = Stylesheet("fonds.sources.formats.jats", "body.xsl")

    def recognises(self, source: Source) -> bool:
        """Tell by an `article` with a `front` (or bare body or references), alone or wrapped."""
        root = source.root
        return root is not None and any(_is_article(article) for article in _articles(root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every article of the tree. Changes the tree."""
        assert source.root is not None
        return tuple(self._read(a) for a in _articles(source.root) if _is_article(a))

    def _read(self, article: Element) -> Reading:
        if TAXPUB in article.nsmap.values():
            set_parts_apart(article)
        if "}" in article.tag or article.find("front") is None or _has_prefixes(article):
            without_namespaces(article)
        set_elements_free(article)
        findings: list[Finding] = []
        front = read_front(article, findings)
        references = read_references(article.find("back"))
        record = Record(**front, ref_bibs=references)
        if not record.title and not record.doi and not record.article_id:
            line = line_of(article)
            findings.append(Finding("no-title", "neither title nor identifier", line=line))
        return Reading(record, self._body(article), tuple(findings))


def _articles(root: Element) -> list[Element]:
    name = local(root.tag)
    if name == "article":
        return [root]
    if name in _WRAPPERS:
        return [e for e in root.iter("{*}article") if isinstance(e.tag, str)]
    return []


def _is_article(element: Element) -> bool:
    names = {local(child.tag) for child in element if isinstance(child.tag, str)}
    if "front" in names:
        return True
    return "back" in names and ("body" in names or element.find("{*}back/{*}ref-list") is not None)


def _has_prefixes(article: Element) -> bool:
    """Tell whether formulas carry a prefix that nobody declared (read by repair)."""
    return any(True for _ in article.iter("mml:math", "xlink:href"))
