"""What an enrichment is given and gives, and what its module offers.

A document is unpacked once for all enrichments that run over it: a `Material` reads each of its
files when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Literal, Protocol, TypeVar

import msgspec
from lxml import etree

from fonds.enrich.standoff import Markup
from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.xml import Element

Read = Callable[[str, str], bytes | None]  # typology, extension -> the file's content
Scalar = str | int | float | bool
T = TypeVar("T")

# what an enrichment may read of a document
Part = Literal["record", "text", "cleaned", "tei", "pages", "original", "pdf"]


class Layer(msgspec.Struct, frozen=True):
    """A text of the document beside others."""

    source: str  # "xml", "pdf", "ocr"
    text: str
    default: bool


class Material:
    """One document as enrichments see it; everything but the record is read when asked for."""

    def __init__(
        self, record: Record, read: Read, results: Mapping[str, bytes] | None = None
    ) -> None:
        self.record = record
        self._read = read
        self._results = dict(results or {})
        self._added: dict[tuple[str, str], bytes] = {}

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """Return the texts of the document, the default one first."""
        found = (
            Layer(one.source, self._text("fulltext", one.extension), one.default)
            for one in self.record.text_layers
        )
        return tuple(layer for layer in found if layer.text)

    @cached_property
    def text(self) -> str:
        """Return the default text: title, abstract, body, captions, notes; empty without one."""
        return next((one.text for one in self.layers if one.default), "")

    @cached_property
    def cleaned(self) -> str:
        """Return the running text of a structured body alone; empty without one."""
        return self._text("fulltext", "cleaned")

    @property
    def running(self) -> str:
        """Return the best text to mine: cleaned, else the default one."""
        return self.cleaned or self.text

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """Return the PDF's text page by page; empty without a PDF or text in it."""
        texts = (one.text for one in self.layers if one.source == "pdf")
        return tuple(next(texts, "").split("\f")) if self._has_pdf_text() else ()

    @cached_property
    def tei(self) -> Element | None:
        """Return the whole TEI with its header; the body is there only if `cleaned` is."""
        data = self.file("fulltext", "tei")
        return etree.fromstring(data, etree.XMLParser(no_network=True)) if data else None

    @cached_property
    def original(self) -> bytes | None:
        """Return the publisher's XML as it was delivered."""
        return self.file("metadata", "xml")

    @cached_property
    def pdf(self) -> bytes | None:
        """Return the PDF as it was delivered."""
        return self.file("fulltext", "pdf")

    def result(self, name: str, kind: type[T]) -> T | None:
        """Return what an enrichment that this one comes `after` found; None for nothing."""
        data = self._results.get(name)
        return msgspec.json.decode(data, type=kind) if data is not None else None

    def note(self, name: str, result: bytes) -> None:
        """Keep the result of an enrichment for those after it."""
        self._results[name] = result

    def add_layer(self, record: Record, name: str, text: bytes) -> None:
        """Put a further text beside the others; the record is as it is with it."""
        self.record = record
        self._added["fulltext", name] = text
        for part in ("layers", "text", "pages"):
            self.__dict__.pop(part, None)

    def file(self, typology: str, extension: str) -> bytes | None:
        """Return the content of one file of the document."""
        added = self._added.get((typology, extension))
        return added if added is not None else self._read(typology, extension)

    def _has_pdf_text(self) -> bool:
        return any(one.source == "pdf" for one in self.layers)

    def _text(self, typology: str, extension: str) -> str:
        data = self.file(typology, extension)
        return data.decode("utf-8", "replace") if data else ""


class Enriched(msgspec.Struct, frozen=True):
    """What an enrichment found in one document."""

    result: msgspec.Struct  # everything it found; becomes the JSON form
    # what search, facets and the API's record get: keys as in the record's JSON, nested
    # ({"keywords": {"teeft": [...]}}); each name stands in search/fields.tsv
    fields: Mapping[str, object] = {}
    annotations: tuple[Markup, ...] = ()  # `ns1:listAnnotation`s of the TEI stand-off
    tei: bytes = b""  # a whole TEI, in place of the stand-off (grobidFulltext)
    table: bytes = b""  # tab-separated values with a head, in place of TEI
    layer: bytes = b""  # a further text, beside the others under fulltext, called as itself


class Failed(Exception):
    """An enrichment cannot deal with a document; the finding is said of it."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.reason)


class Enrichment(Protocol):
    """An enrichment; a class of these is registered under `fonds.enrichments`.

    It is made with `EnrichSettings`, which must be cheap: models are loaded when first used.
    `enrich` is called in worker processes, one document at a time; what it raises costs that
    document's enrichment, nothing else. The same material and parameters give the same result.
    """

    name: str  # as in the API: "teeft"
    version: int  # raised when what it gives changes: documents are enriched again
    parameters: Mapping[str, Scalar]  # what its results depend on
    provenance: str  # one line: methods, models and data, with their licences
    reads: tuple[Part, ...]
    after: tuple[str, ...]  # enrichments whose results it asks for
    is_open: bool  # its files may be had where the text may not: numbers, no words in order

    def enrich(self, material: Material) -> Enriched | None:
        """Return what it finds; None when the document gives it nothing to work on."""
        ...
