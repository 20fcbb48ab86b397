"""From a candidate to documents ready for the archive: read, rendered, compressed.

This is what worker processes do; nothing here touches the home.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from types import TracebackType

import msgspec

from fonds.archive.identifiers import expected
from fonds.archive.ledger import Took
from fonds.archive.prepared import (
    Expected,
    PreparedDocument,
    PreparedFile,
    PreparedReject,
    Typology,
)
from fonds.errors import Finding
from fonds.loading.derived import derive
from fonds.loading.files import (
    delivered_file,
    inner_extension,
    mimetype,
    packed_file,
    piece_file,
    rendered_file,
    safe_extension,
)
from fonds.record import Record
from fonds.renditions.compress import pack_bytes, pack_file
from fonds.renditions.door import load_renditions
from fonds.renditions.model import Material, Rendition
from fonds.renditions.pdf import PdfReaders
from fonds.renditions.pdf_facts import PdfFacts
from fonds.renditions.quality import indicators
from fonds.renditions.text import with_text_facts
from fonds.renditions.text_layers import text_layers
from fonds.settings import Settings
from fonds.sources.companions import Companions
from fonds.sources.detect import load_readers, read_candidate
from fonds.sources.model import Candidate, DeliveredFile, Piece, Reader, Reading, Rejected
from fonds.sources.pairing import XML
from fonds.sources.standing import UNTOLD

_PDF_ALONE_VERSION = 4  # raised when what is derived from a PDF changes
_TYPOLOGIES: dict[str, Typology] = {
    "metadata": "annexes",
    "fulltext": "fulltext",
    "annexes": "annexes",
    "covers": "covers",
}


PDF_ALONE = "pdf"  # what stands for the reader of a PDF without metadata


class Prepared(msgspec.Struct, frozen=True):
    """A document for the archive and the text to be searched in it."""

    document: PreparedDocument
    index_text: str


class PreparedCandidate(msgspec.Struct, frozen=True):
    """What became of one candidate."""

    documents: tuple[Prepared, ...] = ()
    rejects: tuple[PreparedReject, ...] = ()


class PrepareTools:
    """What preparing needs: settings, readers, the guarded PDF reader. A context manager.

    `pdf`: PDFs are to be read soon; their reader starts while the rest is made ready.
    """

    def __init__(self, settings: Settings, *, pdf: bool = False) -> None:
        self.settings = settings
        self.pdf = PdfReaders(settings.limits)
        if pdf:
            self.pdf.begin()
        self.readers = load_readers()
        self.versions = versions(self.readers)
        self.companions = Companions(settings.limits)
        self.renditions = load_renditions()

    def __enter__(self) -> PrepareTools:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pdf.close()


def versions(readers: Iterable[Reader]) -> dict[str, int]:
    """Return the version of each reader, that of PDFs without metadata with them."""
    return {PDF_ALONE: _PDF_ALONE_VERSION, **{reader.name: reader.version for reader in readers}}


def prepare(item: Candidate | Rejected, collection: str, tools: PrepareTools) -> PreparedCandidate:
    """Prepare everything of one candidate; bad input becomes a reject, never an exception."""
    if isinstance(item, Rejected):
        return PreparedCandidate(rejects=(_reject(item.file, item.finding, collection, tools),))
    begin = time.monotonic()
    try:
        if item.description is None:
            return _pdf_alone(item, collection, tools)
        found = read_candidate(item, tools.readers, tools.settings.limits, tools.companions)
        if isinstance(found, Rejected):
            return set_aside(item, found.finding, collection, tools, _since(begin))
        return _documents(item, found, collection, tools, _since(begin))
    except MemoryError:
        raise
    except Exception as error:  # a reader's bug costs its file, not the load
        finding = Finding("reader-failed", f"{type(error).__name__}: {error}"[:500])
        return set_aside(item, finding, collection, tools, _since(begin))


def _since(begin: float) -> float:
    """Return the milliseconds since a moment."""
    return round((time.monotonic() - begin) * 1000, 3)


def _pdf_alone(item: Candidate, collection: str, tools: PrepareTools) -> PreparedCandidate:
    """Make a document of a PDF without metadata: what it tells is derived, and marked so."""
    assert item.pdf is not None
    begin = time.monotonic()
    if item.pdf.size == 0:
        return set_aside(item, Finding("file-empty", "zero bytes"), collection, tools)
    facts = tools.pdf.read(item.pdf.location, front=True)
    if isinstance(facts, Finding):
        return set_aside(item, facts, collection, tools, _since(begin))
    assert facts.front is not None
    record, whence = derive(facts, facts.front, item.pdf.name)
    findings = (Finding("metadata-derived", whence),)
    reading = Reading(record=record, findings=findings, reader=PDF_ALONE)
    return PreparedCandidate((_document(item, reading, collection, tools, _since(begin), facts),))


def _documents(
    item: Candidate,
    readings: tuple[Reading, ...],
    collection: str,
    tools: PrepareTools,
    read: float,
) -> PreparedCandidate:
    """Make the documents of a candidate; PDF and other files go with the first one.

    Where a description holds several, their files cannot be told apart. A record without title
    and identifiers is set aside by itself; the others go on.
    """
    each = round(read / len(readings), 3)
    documents: list[Prepared] = []
    rejects: list[PreparedReject] = []
    bare = msgspec.structs.replace(item, pdf=None, attachments=())
    for number, reading in enumerate(readings, start=1):
        part, piece = item if number == 1 else bare, reading.piece
        if piece is not None or number > 1:
            name = f"{item.name}#{piece.name if piece else number}"
            part = msgspec.structs.replace(part, name=name)
        untold = next((f for f in reading.findings if f.code in UNTOLD), None)
        if piece is not None and untold is not None:
            rejects.append(_reject_piece(part, piece, untold, collection, tools))
        else:
            documents.append(_document(part, reading, collection, tools, each))
    return PreparedCandidate(tuple(documents), tuple(rejects))


def _document(
    item: Candidate,
    reading: Reading,
    collection: str,
    tools: PrepareTools,
    read: float,
    facts: PdfFacts | None = None,
) -> Prepared:
    """Make one document; `facts` are its PDF's, where they are known already."""
    level = tools.settings.archive.deflate_level
    findings = list(reading.findings)
    files: list[PreparedFile] = []
    if item.description is not None:
        files.append(_described(item, item.description, reading.piece, level))
    pdf = 0.0
    if item.pdf is not None:
        files.append(delivered_file(item.pdf, "fulltext", "pdf", level))
        began = time.monotonic()
        facts = _read_pdf(item.pdf, tools, findings, facts)
        pdf = _since(began)
    began = time.monotonic()
    record = _with_facts(reading, facts)
    names = expected(record, item.name, collection, tools.settings.archive)
    made = _renditions(Material(_named(record, names, collection), reading.text, facts), tools)
    files += [rendered_file(rendition, data, level) for rendition, data in made]
    rendered = _since(began)
    files += _attached(item, level, findings)
    texts = {rendition.name: data for rendition, data in made}
    layers = text_layers(texts, facts, structured=reading.text is not None)
    record = msgspec.structs.replace(record, text_layers=layers)
    document = PreparedDocument(
        collection=collection,
        record=record,
        files=tuple(files),
        source=item.name,
        reader=reading.reader,
        findings=tuple(findings),
        expected=names,
        reader_version=tools.versions.get(reading.reader, 0),
        took=Took(read, pdf, rendered),
    )
    text = texts.get("cleaned") or texts.get("txt") or b""
    return Prepared(document, text.decode())


def _described(
    item: Candidate, description: DeliveredFile, piece: Piece | None, level: int
) -> PreparedFile:
    """Take the description along: the delivered file, or the piece of it that is this document."""
    if piece is not None:
        return piece_file(piece, item.name, inner_extension(description.name), level)
    kind = safe_extension(description.name)
    return delivered_file(description, "metadata", "xml" if kind in XML else kind, level)


def _with_facts(reading: Reading, facts: PdfFacts | None) -> Record:
    """Return the record with what its text and its PDF say."""
    record = with_text_facts(reading.record, reading.text)
    return msgspec.structs.replace(
        record, quality_indicators=indicators(record, facts, has_body=reading.text is not None)
    )


def _named(record: Record, names: Expected, collection: str) -> Record:
    return msgspec.structs.replace(
        record, id=names.id, ark_istex=names.ark, ark=(names.ark,), corpus_name=collection
    )


def _renditions(material: Material, tools: PrepareTools) -> list[tuple[Rendition, bytes]]:
    """Make every form that is kept."""
    made = []
    for rendition in tools.renditions:
        data = rendition.make(material) if rendition.stored else None
        if data is not None:
            made.append((rendition, data))
    return made


def _read_pdf(
    file: DeliveredFile,
    tools: PrepareTools,
    findings: list[Finding],
    known: PdfFacts | None,
) -> PdfFacts | None:
    if file.size == 0:
        findings.append(Finding("pdf-damaged", "zero bytes"))
        return None
    facts = known if known is not None else tools.pdf.read(file.location)
    if isinstance(facts, Finding):
        findings.append(facts)
        return None
    if not facts.is_text:
        findings.append(Finding("pdf-no-text", f"{facts.words} words on {facts.pages} pages"))
    return facts


def _attached(item: Candidate, level: int, findings: list[Finding]) -> list[PreparedFile]:
    """Take the other files along; several of one kind are numbered."""
    found: list[PreparedFile] = []
    used: dict[tuple[str, str], int] = {}
    for attachment in item.attachments:
        typology = _TYPOLOGIES[attachment.role]
        kind = safe_extension(attachment.file.name)
        number = used[typology, kind] = used.get((typology, kind), 0) + 1
        name = kind if number == 1 else f"{number}.{kind}"
        try:
            found.append(delivered_file(attachment.file, typology, name, level))
        except OSError as error:
            reason = f"{attachment.file.name}: {error.strerror or error}"
            findings.append(Finding("file-unreadable", reason))
    return found


def set_aside(
    item: Candidate, finding: Finding, collection: str, tools: PrepareTools, took: float = 0.0
) -> PreparedCandidate:
    """Keep every file of a candidate that cannot become a document; `took`: milliseconds."""
    main = item.description or item.pdf
    assert main is not None
    rejects = [_reject(main, finding, collection, tools)]
    rejects[0] = msgspec.structs.replace(rejects[0], took=took)
    others = [item.pdf] if item.pdf is not None and item.pdf is not main else []
    others += [attachment.file for attachment in item.attachments]
    because = Finding("belongs-to-rejected", f"it belongs to {main.name}")
    rejects += [_reject(file, because, collection, tools, belongs=main.name) for file in others]
    return PreparedCandidate(rejects=tuple(rejects))


def _reject_piece(
    part: Candidate, piece: Piece, finding: Finding, collection: str, tools: PrepareTools
) -> PreparedReject:
    assert part.description is not None
    level, kind = tools.settings.archive.deflate_level, inner_extension(part.description.name)
    return PreparedReject(collection, piece_file(piece, part.name, kind, level), finding)


def _reject(
    file: DeliveredFile,
    finding: Finding,
    collection: str,
    tools: PrepareTools,
    *,
    belongs: str = "",
) -> PreparedReject:
    kind = safe_extension(file.name)
    level = tools.settings.archive.deflate_level
    try:
        packed = pack_file(file.location, kind, level)
    except OSError as error:
        reason = f"{finding.reason}; {error.strerror or error}"
        finding = msgspec.structs.replace(finding, reason=reason)
        packed = pack_bytes(b"", level)
    prepared = packed_file(
        packed,
        typology="metadata",
        extension=kind,
        mimetype=mimetype(kind),
        original=True,
        name=file.name,
    )
    return PreparedReject(collection, prepared, finding, belongs)
