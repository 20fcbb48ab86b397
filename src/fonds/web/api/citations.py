"""What of a document's references is in the archive, and what of the archive cites the document.

By the rules of its page: the same DOI, or the same title and years at most one apart.
"""

from __future__ import annotations

import msgspec

from fonds.record import Record
from fonds.web.portal.relations import Brief, citing_documents, held_documents
from fonds.web.services import Services

_MOST_REFERENCES = 5_000  # of one document that are looked up
_MOST_CITING = 5_000  # documents that are looked at


class Other(msgspec.Struct, frozen=True, rename="camel"):
    """Another document of the archive."""

    id: str
    ark_istex: str
    title: str
    doi: tuple[str, ...]
    publication_date: str
    uri: str


class CitedHere(msgspec.Struct, frozen=True):
    """A reference that is a document of the archive; it counts from 0 in `refBibs`."""

    reference: int
    document: Other


class CitingHere(msgspec.Struct, frozen=True):
    """What cites a document, the newest first."""

    total: int
    query: str  # finds them
    documents: tuple[Other, ...]


class Citations(msgspec.Struct, frozen=True, rename="camel"):
    """The citations of a document within the archive, both ways."""

    id: str
    ark_istex: str
    references: int
    cited_here: tuple[CitedHere, ...]
    citing_here: CitingHere


def citations_of(services: Services, record: Record, base: str) -> Citations:
    """Return the citations of a document within the archive; `base` begins addresses."""
    held = held_documents(services, record.ref_bibs, _MOST_REFERENCES)
    most = min(_MOST_CITING, services.settings.search.page_size)
    citing, total, query = citing_documents(services, record, most)
    return Citations(
        id=record.id,
        ark_istex=record.ark_istex,
        references=len(record.ref_bibs),
        cited_here=tuple(CitedHere(at, _other(one, base)) for at, one in sorted(held.items())),
        citing_here=CitingHere(total, query, tuple(_other(one, base) for one in citing)),
    )


def _other(one: Brief, base: str) -> Other:
    return Other(
        one.id, one.ark_istex, one.title, one.doi, one.publication_date, f"{base}/document/{one.id}"
    )
