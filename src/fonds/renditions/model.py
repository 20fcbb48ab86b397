"""What renditions are made from, and what a rendition's module offers."""

from __future__ import annotations

from typing import Literal, Protocol

import msgspec
from lxml import etree

from fonds.record import Record
from fonds.renditions.pdf_facts import PdfFacts


class Material(msgspec.Struct, frozen=True):
    """What a rendition is made from."""

    record: Record  # with id, ARK and collection; without the list of its files
    text: etree._Element | None = None  # the running text as a TEI `text` element
    pdf: PdfFacts | None = None


class Rendition(Protocol):
    """A form offered for a document; registered under the entry point group `fonds.renditions`."""

    name: str  # "mods"
    extension: str  # as in the API: "mods", "txt"
    typology: Literal["fulltext", "metadata"]
    mimetype: str
    version: int  # raised when what it makes changes
    stored: bool  # made at ingest and kept in the pack; else made when asked for

    def make(self, material: Material) -> bytes | None:
        """Return the file, or None when there is nothing to offer."""
        ...
