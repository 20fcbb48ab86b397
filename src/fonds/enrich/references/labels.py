"""Labelled references: GROBID's citation corpus (TEI `bibl`) as tokens with their labels.

A label is the name of the token's field, or "-" where it is in none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from lxml import etree

from fonds.enrich.references.tokens import NONE, Token, tokens
from fonds.sources.xml import Element

_TITLES = {"a": "title", "j": "journal", "m": "book", "s": "series"}
_SCOPES = {
    "vol": "volume", "volume": "volume", "issue": "issue", "pp": "pages", "page": "pages",
}  # fmt: skip
_PLAIN = {
    "author": "author", "authors": "author", "editor": "editor", "date": "date", "year": "date",
    "publisher": "publisher", "publishe": "publisher", "pubplace": "place",
    "orgname": "institution",
    "idno": "idno", "ptr": "url", "note": "note", "notes": "note",
}  # fmt: skip
_LEAST_TOKENS = 5


class Labelled(msgspec.Struct, frozen=True):
    """A reference whose tokens have labels."""

    document: str  # the file it comes from: references of one file are alike
    text: str
    tokens: list[Token]
    labels: list[str]


def read_corpus(folder: Path) -> Iterator[Labelled]:
    """Give the references of every XML file below a folder, in the order of their names."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    for path in sorted(folder.rglob("*.xml")):
        root = etree.fromstring(path.read_bytes(), parser)
        if root is None:
            continue
        for bibl in root.iter("{*}bibl"):
            labelled = _labelled(bibl, path.name)
            if len(labelled.tokens) >= _LEAST_TOKENS and len(set(labelled.labels)) > 1:
                yield labelled


def _labelled(bibl: Element, document: str) -> Labelled:
    text = ""
    spans: list[tuple[int, int, str]] = []
    for piece, label in _pieces(bibl, ""):
        spans.append((len(text), len(text) + len(piece), label))
        text += piece
    found = tokens(text)
    labels: list[str] = []
    at = 0
    for token in found:
        while spans[at][1] <= token.begin:
            at += 1
        labels.append(spans[at][2] or NONE)
    return Labelled(document, text, found, labels)


def _pieces(element: Element, label: str) -> Iterator[tuple[str, str]]:
    if element.text:
        yield element.text, label
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child, _label(child) or label)
        if child.tail:
            yield child.tail, label


def _label(element: Element) -> str:
    name = etree.QName(element).localname.lower()
    if name == "title":
        return _TITLES.get(element.get("level") or element.get("type") or "a", "title")
    if name == "biblscope":
        return _SCOPES.get(element.get("unit") or element.get("type") or "", "")
    return _PLAIN.get(name, "")
