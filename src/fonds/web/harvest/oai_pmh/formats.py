"""The forms in which records are harvested: Dublin Core, MODS, TEI."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from fonds.access.gate import Visitor
from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument, StoredFile
from fonds.record import Record
from fonds.renditions.citations.dublin_core import elements
from fonds.renditions.model import Material
from fonds.renditions.mods import Mods
from fonds.renditions.tei import Tei
from fonds.renditions.xml_text import clean
from fonds.web.services import Services
from fonds.web.visitors import may_read

_decode = msgspec.json.Decoder(Record).decode


class Format(msgspec.Struct, frozen=True):
    """A form with what `ListMetadataFormats` says of it."""

    prefix: str
    schema: str
    namespace: str


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.prefix: one
        for one in (
            Format(
                "oai_dc",
                "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
                "http://www.openarchives.org/OAI/2.0/oai_dc/",
            ),
            Format(
                "mods",
                "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd",
                "http://www.loc.gov/mods/v3",
            ),
            Format(
                "tei",
                "https://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd",
                "http://www.tei-c.org/ns/1.0",
            ),
        )
    }
)


class Writer:
    """Writes documents for one visitor."""

    def __init__(self, services: Services, visitor: Visitor) -> None:
        self._services = services
        self._visitor = visitor
        self._makers: dict[str, Callable[[StoredDocument], bytes]] = {
            "oai_dc": dublin_core,
            "mods": lambda document: mods(services.archive, document),
            "tei": self._tei,
        }

    def write(self, document: StoredDocument, prefix: str) -> bytes:
        """Return a document in a form, without the XML declaration."""
        return self._makers[prefix](document)

    def _tei(self, document: StoredDocument) -> bytes:
        """Return the TEI; for who may not read the text, header and references alone."""
        if may_read(self._services, self._visitor, document.record):
            archive = self._services.archive
            stored = _made(archive, document, "fulltext", "tei")
            if stored is not None:
                return bare(archive.read(stored))
        return bare(Tei().make(Material(_decode(document.record))) or b"")


def dublin_core(document: StoredDocument) -> bytes:
    """Return the fifteen elements of a document."""
    return clean(elements(_decode(document.record)))


def mods(archive: Archive, document: StoredDocument) -> bytes:
    """Return the MODS of a document: the stored one where there is one."""
    stored = _made(archive, document, "metadata", "mods")
    if stored is not None:
        return bare(archive.read(stored))
    return bare(Mods().make(Material(_decode(document.record))) or b"")


def bare(data: bytes) -> bytes:
    """Return XML without its declaration."""
    if data.startswith(b"<?xml"):
        data = data[data.index(b"?>") + 2 :]
    return data.strip()


def _made(
    archive: Archive, document: StoredDocument, typology: str, extension: str
) -> StoredFile | None:
    found = archive.file(document.ord, typology, extension)
    return None if found is None or found.original else found
