"""Reads references given in words: a conditional random field labels the tokens (python-crfsuite).

Identifiers that have a form of their own (DOI, arXiv, PMID, URL) are taken by that form first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import pycrfsuite

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.references.names import people
from fonds.enrich.references.tokens import NONE, Token, features, tokens
from fonds.record import Pages, Reference, ReferenceHost

_MOST_TEXT = 2_000  # characters of a reference; more is no reference
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"\bPMID:?\s*(\d{4,9})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")
_NUMBER = re.compile(r"^\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}\.(?=\s)|\d{1,3}(?=\s+[^\W\d]))\s*")
_PAGES = re.compile(r"([A-Za-z]{0,3}\d+[A-Za-z]?)\s*(?:[-–—−]+\s*([A-Za-z]{0,3}\d+))?")
_MAGIC = b"lCRF"
_EDGES = " \t\r\n.,;:()[]\"'“”‘’«»"


class Span(msgspec.Struct, frozen=True):
    """A field of a reference, by the tokens that it takes."""

    label: str
    first: int
    last: int


class Parsed(msgspec.Struct, frozen=True):
    """A reference that was read, and how sure the labeller is of it."""

    reference: Reference
    confidence: float  # mean probability of the labels, 0 to 1


class ReferenceParser:
    """Reads references by a model."""

    def __init__(self, model: bytes, where: str = "bundled") -> None:
        if not model.startswith(_MAGIC):
            raise ModelUnreadable(path=where, reason="it is no model of references")
        self._tagger = pycrfsuite.Tagger()
        self._model = model  # the tagger reads from these bytes
        self._tagger.open_inmemory(model)

    def parse(self, text: str) -> Parsed | None:
        """Return the reference a text is; None of one without words."""
        text = _NUMBER.sub("", " ".join(text.split()))[:_MOST_TEXT]
        found = tokens(text)
        if not found:
            return None
        self._tagger.set(features(found))
        labels = self._tagger.tag()
        sure = sum(self._tagger.marginal(label, at) for at, label in enumerate(labels)) / len(
            labels
        )
        fields = _fields(text, found, labels)
        return Parsed(_reference(text, fields), round(sure, 3))


def spans(found: Sequence[Token], labels: Sequence[str]) -> list[Span]:
    """Return the fields that labels mean; a sign alone is none."""
    made: list[Span] = []
    for at, label in enumerate(labels):
        if label == NONE:
            continue
        if at and labels[at - 1] == label:
            made[-1] = Span(label, made[-1].first, at)
        else:
            made.append(Span(label, at, at))
    return [bare for span in made if (bare := _bare(found, span)) is not None]


def _bare(found: Sequence[Token], span: Span) -> Span | None:
    """Return a field without signs at its ends."""
    first, last = span.first, span.last
    while first <= last and not found[first].text.isalnum():
        first += 1
    while last > first and not found[last].text.isalnum():
        last -= 1
    return Span(span.label, first, last) if first <= last else None


def _fields(text: str, found: Sequence[Token], labels: Sequence[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for span in spans(found, labels):
        value = text[found[span.first].begin : found[span.last].end].strip(_EDGES)
        if found[span.last].end < len(text) and span.label in ("author", "editor", "journal"):
            value += "." if text[found[span.last].end] == "." else ""
        fields.setdefault(span.label, []).append(value)
    return fields


def _reference(text: str, fields: dict[str, list[str]]) -> Reference:
    def one(label: str) -> str:
        return fields.get(label, [""])[0]

    doi, pmid = _DOI.search(text), _PMID.search(text)
    year = _YEAR.search(one("date")) or (None if one("date") else _YEAR.search(text))
    within = one("journal") or one("book") or one("series")
    title = one("title")
    if not title and not one("journal"):
        title, within = one("book"), one("series")
    host = ReferenceHost(
        title=within,
        volume=one("volume"),
        issue=one("issue"),
        pages=_pages(one("pages"), text),
    )
    return Reference(
        title=title,
        author=people("; ".join(fields.get("author", ()))),
        publication_date=year[1] if year else "",
        doi=doi.group().rstrip(".,;)]").lower() if doi else "",
        pmid=pmid[1] if pmid else "",
        host=host if host != ReferenceHost() else None,
        text=text,
    )


def _pages(value: str, text: str) -> Pages | None:
    """Return pages; "345 p." is how many a book has."""
    found = _PAGES.search(value)
    if found is None:
        return None
    if not found[2] and re.search(rf"\b{re.escape(found[1])}\s*(?:p|pp|pages)\b", text):
        return Pages(total=found[1])
    return Pages(first=found[1], last=found[2] or "")
