"""What mining added to a document, as its page shows it: what was found, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from fonds.archive.model import StoredDocument, StoredEnrichment
from fonds.enrich.language import UNKNOWN, Languages
from fonds.enrich.merging import Envelope
from fonds.enrich.quality import Quality
from fonds.record import FileDescriptor, Record
from fonds.sources.languages import tag
from fonds.web.services import Services
from fonds.web.visitors import open_enrichments

T = TypeVar("T")

_ENVELOPE = msgspec.json.Decoder(Envelope)
_FORMS = {"tei": "TEI", "json": "JSON", "tsv": "TSV"}
_GOOD = 0.6  # share of known words a page must have, else it is pointed at
_MOST_PAGES = 12  # pointed at by number


class Told(msgspec.Struct, frozen=True):
    """The language of one part."""

    part: str
    language: str  # BCP 47, or "unknown"
    probability: float


class Readiness(msgspec.Struct, frozen=True):
    """How ready the text is for mining."""

    verdict: str
    reasons: tuple[str, ...]
    letters: float | None
    known: float | None
    pages: int  # measured
    doubtful: tuple[int, ...]  # pages that read badly, the first of them
    doubtful_count: int
    broken: int  # words left parted at line ends
    running_heads: int


class Made(msgspec.Struct, frozen=True):
    """How an enrichment was made, and in which forms it is offered."""

    name: str
    version: int
    status: str
    day: str
    provenance: str
    parameters: tuple[tuple[str, str], ...]
    reason: str
    forms: tuple[tuple[str, str], ...]  # name, address


class Enrichments(msgspec.Struct, frozen=True):
    """The block of a document's page."""

    languages: tuple[Told, ...]
    readiness: Readiness | None
    made: tuple[Made, ...]


def read_enrichments(
    services: Services, document: StoredDocument, record: Record, *, entitled: bool
) -> Enrichments:
    """Return what mining added; forms that may not be read are not offered."""
    states = services.archive.enrichments(document.ord)
    offered = open_enrichments(services, document.collection)
    made = tuple(
        _made(one, record.enrichments, offered=entitled or one.name in offered) for one in states
    )
    languages = _result(services, document, "language", Languages)
    quality = _result(services, document, "quality", Quality)
    return Enrichments(
        languages=tuple(_told(languages)) if languages is not None else (),
        readiness=_readiness(quality) if quality is not None else None,
        made=made,
    )


def _result(services: Services, document: StoredDocument, name: str, kind: type[T]) -> T | None:
    """Return what an enrichment of ours found; None where it has not run, or an older one did."""
    file = services.archive.file(document.ord, "enrichments", f"{name}.json")
    if file is None:
        return None
    try:
        envelope = _ENVELOPE.decode(services.archive.read(file))
        return msgspec.json.decode(envelope.result, type=kind)
    except msgspec.ValidationError:
        return None


def _told(found: Languages) -> Iterator[Told]:
    for one in found.parts:
        shown = UNKNOWN if one.language == UNKNOWN else tag(one.language) or one.language
        yield Told(one.part, shown, one.probability)


def _readiness(found: Quality) -> Readiness:
    layer = next((one for one in found.layers if one.verdict == found.verdict), None)
    doubtful = [
        one.page
        for one in found.pages
        if one.reading.words and (one.reading.known if one.reading.known is not None else 1) < _GOOD
    ]
    return Readiness(
        verdict=found.verdict,
        reasons=found.reasons,
        letters=layer.reading.letters if layer is not None else None,
        known=layer.reading.known if layer is not None else None,
        pages=len(found.pages),
        doubtful=tuple(doubtful[:_MOST_PAGES]),
        doubtful_count=len(doubtful),
        broken=layer.reading.broken if layer is not None else 0,
        running_heads=found.running_heads,
    )


def _made(
    state: StoredEnrichment,
    described: Mapping[str, tuple[FileDescriptor, ...]],
    *,
    offered: bool,
) -> Made:
    files = described.get(state.name, ()) if offered else ()
    parameters = msgspec.json.decode(state.parameters, type=dict[str, object])
    return Made(
        name=state.name,
        version=state.version,
        status=state.status,
        day=datetime.fromtimestamp(state.time, UTC).date().isoformat(),
        provenance=state.provenance,
        parameters=tuple((key, str(value)) for key, value in parameters.items()),
        reason=state.finding.reason if state.finding is not None else "",
        forms=tuple((_FORMS.get(one.extension, one.extension), one.uri) for one in files),
    )
