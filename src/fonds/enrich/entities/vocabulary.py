"""Vocabularies of users: concepts and the labels by which texts name them.

Read: SKOS in RDF/XML, and CSV (`uri`, `label`, further labels parted by `;` in `alt`). Kept: one
tab-separated file a vocabulary under the home's models, in a fixed order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from flashtext2 import KeywordProcessor
from lxml import etree

from fonds.enrich.entities.gazetteers import parted
from fonds.enrich.entities.mention import Mention
from fonds.enrich.errors import VocabularyUnreadable
from fonds.sources.markup import words
from fonds.sources.xml import Element

FOLDER = "vocabularies"
_SKOS = "{http://www.w3.org/2004/02/skos/core#}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SHORTEST = 3  # letters of a label that is looked for
_MOST_BYTES = 512 * 1024 * 1024


class Concept(msgspec.Struct, frozen=True):
    """A concept of a vocabulary."""

    uri: str
    label: str  # preferred; English, else French, else the first
    others: tuple[str, ...]  # all other labels, in every language


def read_vocabulary(path: Path) -> tuple[Concept, ...]:
    """Read SKOS (RDF/XML) or CSV; raises VocabularyUnreadable."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise VocabularyUnreadable(path=path, reason="it is larger than 512 MiB")
        data = path.read_bytes()
    except OSError as error:
        raise VocabularyUnreadable(path=path, reason=error.strerror or error) from error
    found = _skos(path, data) if data.lstrip()[:1] == b"<" else _csv(path, data)
    if not found:
        raise VocabularyUnreadable(path=path, reason="it has no concept with a label")
    return tuple(sorted(found, key=lambda one: (one.label.casefold(), one.uri)))


def dump(concepts: Sequence[Concept]) -> bytes:
    """Return a vocabulary as it is kept."""
    rows = ("\t".join((one.uri, one.label, *one.others)) for one in concepts)
    return ("\n".join(rows) + "\n").encode()


def load(data: bytes) -> tuple[Concept, ...]:
    """Read what `dump` wrote."""
    rows = (line.split("\t") for line in data.decode().splitlines())
    return tuple(Concept(row[0], row[1], tuple(row[2:])) for row in rows if len(row) > 1)


class Vocabulary:
    """Finds the concepts of a vocabulary; case does not matter."""

    def __init__(self, name: str, concepts: Sequence[Concept]) -> None:
        self.name = name
        self._finder = KeywordProcessor(case_sensitive=False)
        self._known: dict[str, Concept] = {}
        for one in concepts:
            for label in (one.label, *one.others):
                plain = parted(label).lower()
                if len(plain) >= _SHORTEST and plain not in self._known:
                    self._known[plain] = one
                    self._finder.add_keyword(plain, plain)

    def find(self, text: str) -> Iterator[Mention]:
        """Give where concepts are named."""
        for plain, begin, end in self._finder.extract_keywords_with_span(parted(text)):
            one = self._known[plain]
            preferred = plain == one.label.lower()
            sure = 0.9 if preferred else 0.8
            yield Mention("concept", one.label, "vocabulary", sure, begin, end, one.uri)


def _skos(path: Path, data: bytes) -> list[Concept]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise VocabularyUnreadable(path=path, reason=error.msg) from error
    found = []
    for node in root.iter(f"{_SKOS}Concept", f"{_RDF}Description"):
        preferred = [(one.get(_LANG) or "", _plain(one)) for one in node.iter(f"{_SKOS}prefLabel")]
        others = [_plain(one) for one in node.iter(f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel")]
        labels = [label for _, label in sorted(preferred, key=lambda one: _order(one[0])) if label]
        if labels:
            kept = tuple(dict.fromkeys(one for one in (*labels[1:], *others) if one))
            found.append(Concept(node.get(f"{_RDF}about") or "", labels[0], kept))
    return found


def _order(lang: str) -> int:
    return {"en": 0, "fr": 1}.get(lang[:2].lower(), 2)


def _plain(element: Element) -> str:
    return words(element)


def _csv(path: Path, data: bytes) -> list[Concept]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VocabularyUnreadable(path=path, reason="it is no UTF-8 text") from error
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise VocabularyUnreadable(path=path, reason=error) from error
    names = {(name or "").strip().lower(): name for name in (rows[0] if rows else {}) if name}
    if "label" not in names:
        raise VocabularyUnreadable(path=path, reason="it has no column called label")
    found = []
    for row in rows:
        uri, label, alt = (
            " ".join((row.get(names.get(name, "")) or "").split())
            for name in ("uri", "label", "alt")
        )
        if label:
            others = tuple(filter(None, (part.strip() for part in alt.split(";"))))
            found.append(Concept(uri, label, others))
    return found
