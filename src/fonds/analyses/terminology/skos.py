"""SKOS: a terminology as a vocabulary, in RDF/XML.

Each term is a concept with its spellings, its contexts as examples (as definitions where they are
some), and the number of documents it rests upon. https://www.w3.org/TR/skos-reference/
"""

from __future__ import annotations

import re

from lxml import etree

from fonds.analyses.model import Answer, Form
from fonds.analyses.terminology.contexts import Context
from fonds.analyses.terminology.model import Term, Terminology
from fonds.sources.languages import tag
from fonds.sources.xml import Element

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TERMS = "http://purl.org/dc/terms/"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT, _RESOURCE = f"{{{_RDF}}}about", f"{{{_RDF}}}resource"
_SCHEME = "#scheme"
_PLAIN = str.maketrans("", "", "".join(map(chr, (*range(9), 11, 12, *range(14, 32)))))
_NO_NAME = re.compile(r"[^\w]+")


def write(answer: Answer) -> bytes:
    """Return the terms of an answer as a concept scheme."""
    assert isinstance(answer.result, Terminology)
    root = etree.Element(f"{{{_RDF}}}RDF", nsmap={"rdf": _RDF, "skos": _SKOS, "dcterms": _TERMS})
    scheme = etree.SubElement(root, f"{{{_SKOS}}}ConceptScheme", {_ABOUT: _SCHEME})
    corpus = answer.corpus
    _say(scheme, _TERMS, "title", f"Terminology of {corpus.query}", "en")
    _say(scheme, _TERMS, "source", corpus.ark or corpus.tree or corpus.query)
    _say(scheme, _TERMS, "provenance", f"{answer.provenance}; corpus {corpus.key}", "en")
    for one in answer.result.terms:
        _concept(root, one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


SKOS = Form("skos", "application/rdf+xml", "rdf", write)


def _concept(root: Element, term: Term) -> None:
    name = _NO_NAME.sub("-", f"{term.language}-{term.stems}").strip("-")
    made = etree.SubElement(root, f"{{{_SKOS}}}Concept", {_ABOUT: f"#{name}"})
    etree.SubElement(made, f"{{{_SKOS}}}inScheme", {_RESOURCE: _SCHEME})
    language = tag(term.language) or term.language
    _say(made, _SKOS, "prefLabel", term.term, language)
    for variant in term.variants:
        if variant.form != term.term:
            _say(made, _SKOS, "altLabel", variant.form, language)
    for context in term.contexts:
        kind = "definition" if context.defines else "example"
        _say(made, _SKOS, kind, _cited(context), language)
    note = f"{term.documents} documents of the corpus, {term.archive} of the archive"
    _say(made, _SKOS, "note", note, "en")


def _cited(context: Context) -> str:
    place = context.place
    where = f", p. {place.page}" if place.page else f", {place.section or place.part}"
    year = f" ({context.year})" if context.year else ""
    return f"{context.text} [{context.title}{year}, {context.ark}{where}]"


def _say(parent: Element, namespace: str, name: str, text: str, language: str = "") -> None:
    made = etree.SubElement(parent, f"{{{namespace}}}{name}")
    made.text = text.translate(_PLAIN)
    if language:
        made.set(f"{_XML}lang", language)
