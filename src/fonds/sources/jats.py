"""JATS, NLM and TaxPub articles of every version.

Standard: ANSI/NISO Z39.96 (JATS) and the NLM Journal Archiving and Interchange Tag Set before it.
Everything is anchored on the article's own `front`, `body` and `back`, so that decision letters
and translations (`sub-article`, `response`) never lend their titles, authors or references.
"""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.jats_body import read_body
from fonds.sources.jats_front import read_front
from fonds.sources.jats_references import read_references
from fonds.sources.model import Reading
from fonds.sources.xml import Element, line_of, local, without_namespaces

_WRAPPERS = frozenset({"pmc-articleset", "OAI-PMH", "articles"})


class JatsReader:
    """Reads JATS articles, alone or in a wrapper."""

    name = "jats"
    label = "JATS / NLM / TaxPub"

    def recognises(self, root: Element) -> bool:
        """Tell by an `article` with a `front` (or a bare body), alone or wrapped."""
        return any(_is_article(article) for article in _articles(root))

    def read(self, root: Element) -> tuple[Reading, ...]:
        """Read every article of the tree. Changes the tree."""
        return tuple(_read(article) for article in _articles(root) if _is_article(article))


def _articles(root: Element) -> list[Element]:
    name = local(root.tag)
    if name == "article":
        return [root]
    if name in _WRAPPERS:
        return [e for e in root.iter("{*}article") if isinstance(e.tag, str)]
    return []


def _is_article(element: Element) -> bool:
    names = {local(child.tag) for child in element if isinstance(child.tag, str)}
    return "front" in names or ("body" in names and "back" in names)


def _read(article: Element) -> Reading:
    if "}" in article.tag or article.find("front") is None or _has_prefixes(article):
        without_namespaces(article)
    findings: list[Finding] = []
    front = read_front(article, findings)
    content = read_body(article)
    references = read_references(article.find("back"))
    record = Record(
        **front,
        ref_bibs=references,
        has_formula=content.has_formula if content.body.blocks else None,
        figure=content.figures,
        table=content.tables,
    )
    if not record.title and not record.doi and not record.article_id:
        findings.append(Finding("no-title", "neither title nor identifier", line=line_of(article)))
    return Reading(record=record, body=content.body, findings=tuple(findings))


def _has_prefixes(article: Element) -> bool:
    """Tell whether formulas carry a prefix that nobody declared (read by repair)."""
    return any(True for _ in article.iter("mml:math", "xlink:href"))
