"""Forms of stored documents that are made when someone asks: from the record and the stored TEI."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from lxml import etree

from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument
from fonds.record import Record
from fonds.renditions.model import Material, Rendition
from fonds.sources.xml import Element

_decode = msgspec.json.Decoder(Record).decode


class OnDemand:
    """The renditions that are not stored, over an open archive."""

    def __init__(self, archive: Archive, renditions: Iterable[Rendition]) -> None:
        self._archive = archive
        self.offered = tuple(one for one in renditions if not one.stored)

    def find(self, typology: str, name: str) -> Rendition | None:
        """Return the rendition of a type that has this name or extension."""
        found = (one for one in self.offered if one.typology == typology)
        return next((one for one in found if name in (one.name, one.extension)), None)

    def make(self, document: StoredDocument, rendition: Rendition) -> bytes | None:
        """Return a form of a document; None when there is nothing to make it of."""
        wanted = rendition.typology == "fulltext"
        return rendition.make(self.material(document, text=wanted))

    def material(self, document: StoredDocument, *, text: bool) -> Material:
        """Return the record of a document, and its stored text where it is wanted."""
        found = self._text(document) if text else None
        return Material(_decode(document.record), found)

    def _text(self, document: StoredDocument) -> Element | None:
        file = self._archive.file(document.ord, "fulltext", "tei")
        if file is None or file.original:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(self._archive.read(file), parser).find("{*}text")
