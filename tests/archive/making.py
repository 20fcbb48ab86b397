"""Small documents for tests of the archive."""

from __future__ import annotations

from fonds.archive.prepared import PreparedDocument, PreparedFile, PreparedReject, Typology
from fonds.errors import Finding
from fonds.record import Host, Record
from fonds.renditions.compress import pack_bytes
from fonds.settings import ArchiveSettings, Settings


def settings(documents: int = 100) -> Settings:
    """Return settings with small packs."""
    return Settings(archive=ArchiveSettings(pack_documents=documents))


def file(
    content: bytes, typology: Typology = "metadata", extension: str = "xml", name: str = "a.xml"
) -> PreparedFile:
    """Return a delivered file ready to be written."""
    packed = pack_bytes(content, 6)
    return PreparedFile(
        typology=typology,
        extension=extension,
        mimetype="application/xml",
        original=True,
        name=name,
        method=packed.method,
        crc32=packed.crc32,
        size=packed.size,
        sha512=packed.sha512,
        data=packed.data,
        location=packed.location,
    )


def document(
    number: int, *, content: str = "", title: str = "", doi: str = "", source: str = ""
) -> PreparedDocument:
    """Return a document; equal arguments make equal ones."""
    xml = (content or f"<article>{number} {'words ' * 40}</article>").encode()
    return PreparedDocument(
        collection="c",
        record=Record(
            title=title or f"Title {number}",
            doi=(doi or f"10.5555/{number}",),
            host=Host(genre=("journal",), title="Journal"),
        ),
        files=(file(xml),),
        source=source or f"d/{number}.xml",
        reader="test",
    )


def reject(name: str, content: bytes = b"%PDF") -> PreparedReject:
    """Return a file that was set aside."""
    finding = Finding("pdf-alone", "no metadata", line=3)
    return PreparedReject("c", file(content, extension="pdf", name=name), finding)
