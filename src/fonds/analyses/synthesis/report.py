"""A report as it is laid out: blocks, the same for every form it is written in."""

from __future__ import annotations

from typing import ClassVar, TypeAlias
from urllib.parse import quote

import msgspec


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words of one kind; `ark` leads to a document, `query` to what a search finds."""

    text: str
    ark: str = ""
    query: str = ""
    lang: str = ""  # BCP 47, where it is not the report's
    strong: bool = False


Spans: TypeAlias = tuple[Span, ...]


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading; level 1 is the report's title."""

    kind: ClassVar[str] = "heading"
    level: int
    text: str
    anchor: str = ""


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """A paragraph; a `note` is said in small print."""

    kind: ClassVar[str] = "paragraph"
    spans: Spans
    note: bool = False


class Quotation(msgspec.Struct, frozen=True, tag="quotation"):
    """A sentence of a document, in its own language, and where it stands."""

    kind: ClassVar[str] = "quotation"
    text: str
    lang: str  # BCP 47; empty: not known
    source: Spans


class Machine(msgspec.Struct, frozen=True, tag="machine"):
    """Linking text that a language model wrote; `said` says so."""

    kind: ClassVar[str] = "machine"
    text: str
    said: str


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A list."""

    kind: ClassVar[str] = "items"
    rows: tuple[Spans, ...]
    numbered: bool = False


class Figures(msgspec.Struct, frozen=True, tag="figures"):
    """Numbers with their names."""

    kind: ClassVar[str] = "figures"
    rows: tuple[tuple[str, str], ...]


class Drawn(msgspec.Struct, frozen=True, tag="picture"):
    """A picture of the answer, by its name."""

    kind: ClassVar[str] = "picture"
    name: str
    caption: str


Block: TypeAlias = Heading | Paragraph | Quotation | Machine | Items | Figures | Drawn


class Report(msgspec.Struct, frozen=True):
    """A report."""

    language: str  # "fr" or "en"
    title: str
    base: str  # public address of the installation; empty: not known
    resolver: str  # of ARKs, where it is not
    blocks: tuple[Block, ...]


def plain(spans: Spans) -> str:
    """Return the words of spans."""
    return "".join(span.text for span in spans)


def address(span: Span, report: Report) -> str:
    """Return where a span leads to in a file; empty for nowhere, or no address is known."""
    if span.ark:
        return f"{report.base or report.resolver}/{span.ark}"
    return f"{report.base}/?q={quote(span.query)}" if span.query and report.base else ""
