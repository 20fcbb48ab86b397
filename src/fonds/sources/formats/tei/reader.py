"""TEI P5 documents: early printed books, journals, repositories' exports, GROBID's output.

Standard: TEI P5, https://tei-c.org/guidelines/p5/. A file is one document, but for a volume whose
inner texts are articles (`text[@type='art_…']`), a corpus (`teiCorpus`), and a list of descriptions
(`biblFull`, HAL): these give one document each.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import msgspec
from lxml import etree

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.formats.tei.articles import (
    articles,
    piece_of,
    read_article,
    take_out_articles,
)
from fonds.sources.formats.tei.description import Description
from fonds.sources.formats.tei.header import read_header
from fonds.sources.formats.tei.references import read_references
from fonds.sources.markup import words
from fonds.sources.model import Piece, Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.stylesheet import TEI, Stylesheet
from fonds.sources.xml import Element, line_of

_KEPT = frozenset({"teiHeader", "back"})  # HAL's list of organisations stands in the back


class TeiReader:
    """Reads TEI P5."""

    name = "tei"
    label = "TEI P5"
    version = 1

    def __init__(self) -> None:
        self._body = Stylesheet("fonds.sources.formats.tei", "body.xsl")

    def recognises(self, source: Source) -> bool:
        """Tell by TEI's root and namespace, with a header; annotations of an image are none."""
        root = source.root
        return root is not None and any(_is_document(one) for one in _documents(root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every document of the tree. Changes the tree."""
        assert source.root is not None
        found = [one for one in _documents(source.root) if _is_document(one)]
        if len(found) == 1:
            return tuple(self._readings(found[0]))
        return tuple(
            msgspec.structs.replace(reading, piece=alone(one, str(at), _KEPT))
            for at, one in enumerate(found, start=1)
            for reading in self._readings(one)
        )

    def _readings(self, root: Element) -> Iterator[Reading]:
        made = self._body(root)
        if made is not None and made.tag == f"{TEI}group":
            yield from self._volume(root, made)
            return
        listed = root.findall("{*}text/{*}body/{*}listBibl/{*}biblFull")
        cut = [alone(one, str(at), _KEPT) for at, one in enumerate(listed, start=1)]
        _part_lines(root)
        if not listed:
            yield _reading(Description(root), made)
        for full, piece in zip(listed, cut, strict=True):
            yield _reading(Description(root, full), None, piece if len(cut) > 1 else None)

    def _volume(self, root: Element, made: Element) -> Iterator[Reading]:
        """Read the articles of a volume, then what stands around them."""
        pieces: list[Piece | None] = [piece_of(article) for article in articles(root)]
        rest = deepcopy(root)
        take_out_articles(rest)
        around = self._body(rest)
        if around is None and len(pieces) == 1:
            pieces = [None]
        _part_lines(root)
        yield from _articles(root, made, pieces)
        if around is not None:
            data = etree.tostring(rest, encoding="UTF-8", xml_declaration=True)
            _part_lines(rest)
            yield _reading(Description(rest), around, Piece("volume", data))


def _reading(header: Description, made: Element | None, piece: Piece | None = None) -> Reading:
    findings: list[Finding] = []
    record = Record(**read_header(header, findings), ref_bibs=read_references(header.text))
    if not (record.title or record.doi or record.article_id):
        line = line_of(header.file)
        findings.append(Finding("no-title", "neither title nor identifier", line=line))
    return Reading(record, made, tuple(findings), piece)


def _part_lines(root: Element) -> None:
    """Put a blank where a line ends in header and fronts, a comma where one of an address does."""
    for place in root.iter(f"{TEI}teiHeader", f"{TEI}front"):
        for end in place.iter(f"{TEI}lb"):
            if end.get("break") != "no":
                inside = next(end.iterancestors(f"{TEI}affiliation"), None) is not None
                end.tail = (", " if inside else " ") + (end.tail or "").lstrip()


def _articles(root: Element, made: Element, pieces: list[Piece | None]) -> Iterator[Reading]:
    header = Description(root)
    for article, text, piece in zip(articles(root), made, pieces, strict=True):
        record = read_article(article, header)
        findings: tuple[Finding, ...] = ()
        if not record.title and not record.article_id:
            line = line_of(article)
            findings = (Finding("no-title", "neither title nor identifier", line=line),)
        yield Reading(record, text, findings, piece)


def _documents(root: Element) -> list[Element]:
    if root.tag == f"{TEI}TEI":
        return [root]
    return root.findall(f".//{TEI}TEI") if root.tag == f"{TEI}teiCorpus" else []


def _is_document(root: Element) -> bool:
    header, text = root.find(f"{TEI}teiHeader"), root.find(f"{TEI}text")
    if header is None or (text is None and not words(header.find(".//{*}titleStmt"))):
        return False
    return root.find(f"{TEI}facsimile") is None or not _only_annotates(text)


def _only_annotates(text: Element | None) -> bool:
    """Tell a text that only names the zones of an image (Image Markup Tool)."""
    return text is None or text.find(".//{*}div[@type='imtAnnotation']") is not None
