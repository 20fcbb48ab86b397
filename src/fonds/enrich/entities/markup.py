"""What the publisher marked: species, genes, chemicals, identifiers of databases, funders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fonds.enrich.entities.mention import Kind, Mention
from fonds.record import Record
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element, local

_TAXA = frozenset({"taxon-name", "species-name"})
_ITALIC = frozenset({"italic", "i", "it", "Emphasis"})
_CONTENT: dict[str, Kind] = {
    "species": "species", "genus-species": "species", "taxon-name": "species",
    "scientific-name": "species", "organism": "species",
}  # fmt: skip
_MARKS = tuple(
    f"{{*}}{name}"
    for name in sorted(_TAXA | _ITALIC | {"named-content", "styled-content", "ext-link"})
)
_DATABASES = frozenset({"gen", "genpept", "pdb", "highwire-genbank", "uniprot", "sprot", "omim"})
# a genus and a species as taxonomists write them: "Homo sapiens", "E. coli"
_BINOMIAL = re.compile(r"[A-Z](?:[a-z]{2,}|\.) [a-z]{3,}(?:-[a-z]+)?\Z")
_LATIN = frozenset(
    {"et", "al", "in", "vivo", "vitro", "situ", "silico", "per", "se", "sensu", "lato", "stricto"}
)
_NUMBER = "object-id"  # of a name in a registry, behind it
_MOST = 200  # characters of a name


def find_markup(data: bytes, parser: etree.XMLParser) -> Iterator[Mention]:
    """Give what is marked in a publisher's XML; of XML that cannot be read, nothing."""
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for element in root.iter(*_MARKS):
        yield from _marked(element, local(element.tag))


def find_described(record: Record) -> Iterator[Mention]:
    """Give the funders and grants that the record has."""
    for funder in record.funder:
        if funder.name:
            yield Mention("funder", funder.name, "markup", 1.0, uri=funder.id)
        for award in funder.award:
            yield Mention("grant", award, "markup", 1.0)


def _marked(element: Element, name: str) -> Iterator[Mention]:
    if name in _TAXA:
        text = _name(element)
        if text and text[0].isupper():
            yield Mention("species", text, "markup", 1.0)
    elif name in ("named-content", "styled-content"):
        kind = _CONTENT.get((element.get("content-type") or "").lower())
        text = _name(element) if kind is not None else ""
        if kind is not None and text:
            yield Mention(kind, text, "markup", 1.0)
    elif name == "ext-link" and (element.get("ext-link-type") or "").lower() in _DATABASES:
        text = words(element)
        if text and len(text) < _MOST:
            yield Mention("identifier", text, "markup", 1.0)
    elif name in _ITALIC:
        text = words(element)
        if _BINOMIAL.match(text) and not _LATIN.intersection(text.lower().split()):
            yield Mention("species", text, "markup", 0.8)


def _name(element: Element) -> str:
    parts = [words(child) for child in element
             if isinstance(child.tag, str) and local(child.tag) != _NUMBER]  # fmt: skip
    text = " ".join(filter(None, parts)) if len(parts) > 1 else readable(element)
    return text if len(text) < _MOST else ""
