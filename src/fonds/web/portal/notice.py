"""A document as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fonds.archive.model import StoredDocument
from fonds.record import Contributor, FileDescriptor, Record, Reference
from fonds.search.query.printer import quote
from fonds.sources.languages import tag
from fonds.web.portal.asking import Asked
from fonds.web.portal.enriched import Enrichments, read_enrichments
from fonds.web.portal.relations import Relations, relations
from fonds.web.portal.source import Source, in_journal, journal_address, source_of
from fonds.web.portal.ways import Way, has_text, licence_name, safe_address, ways
from fonds.web.services import Services

_RECORD = msgspec.json.Decoder(Record)
_MOST_COPIES = 50  # a page shows no more; fonds duplicates lists all
_CITATIONS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON", "dc": "Dublin Core"}


class Person(msgspec.Struct, frozen=True):
    """An author; `marks` number the affiliations."""

    name: str
    orcid: str
    marks: tuple[int, ...]
    address: str  # of a search for this author


class File(msgspec.Struct, frozen=True):
    """A file offered."""

    kind: str
    uri: str
    original: bool
    size: int
    is_free: bool  # part of the description, open to everyone


class Copy(msgspec.Struct, frozen=True):
    """Another document of the archive that is the same work."""

    address: str
    collection: str
    title: str
    source: Source
    reasons: tuple[str, ...]


class Abstract(msgspec.Struct, frozen=True):
    """An abstract in its language."""

    lang: str  # BCP 47, or empty
    kind: str  # the publisher's: "summary", "graphical"
    text: str


class Notice(msgspec.Struct, frozen=True):
    """Everything known about one document."""

    record: Record
    lang: str  # of the document, BCP 47, or empty
    original_genre: tuple[str, ...]  # the publisher's names of its kind, where they are not ours
    abstracts: tuple[Abstract, ...]
    ways: tuple[Way, ...]
    relations: Relations
    source: Source
    authors: tuple[Person, ...]
    affiliations: tuple[str, ...]
    files: tuple[File, ...]
    pdf: str
    licence: str  # address, or empty
    licence_name: str  # short, or empty
    journal_address: str
    volume_address: str
    issue_address: str
    copies: tuple[Copy, ...]
    left_out: tuple[tuple[str, int], ...]  # what `cleaned` does not hold: key, count
    readable: bool  # there is structured text
    citations: tuple[tuple[str, str], ...]  # format, name
    entitled: bool  # who asks may read the text and the files
    enrichments: Enrichments


def read_notice(services: Services, document: StoredDocument, *, entitled: bool) -> Notice:
    """Read a document for its page; of what may not be read, no file is offered."""
    record = record_of(document)
    affiliations = tuple(
        dict.fromkeys(a for author in record.author for a in author.affiliations if not _mail(a))
    )
    source = source_of(record.host, record.publication_date)
    if source.journal == record.title:  # a book is not within itself
        source = msgspec.structs.replace(source, journal="")
    files = offered_files(services, document, record, entitled=entitled)
    licence = record.access_condition.value if record.access_condition else ""
    pdf = next((file.uri for file in files if file.kind == "pdf"), "")
    readable = any(file.kind == "tei" for file in files) and has_text(record)
    return Notice(
        record=record,
        lang=language_of(record),
        original_genre=tuple(
            one for one in record.original_genre if one not in ("N/A", *record.genre)
        ),
        abstracts=tuple(_abstracts(record)),
        ways=ways(record, services.settings.portal, pdf, readable=readable),
        relations=relations(services, record, document.ord),
        source=source,
        authors=tuple(_person(author, affiliations) for author in record.author),
        affiliations=affiliations,
        files=files,
        pdf=pdf,
        licence=safe_address(licence),
        licence_name=licence_name(licence),
        journal_address=journal_address(record.host),
        volume_address=in_journal(source.journal, _numbered(source, issue=False)),
        issue_address=in_journal(source.journal, _numbered(source, issue=True)),
        copies=tuple(_copies(services, document)),
        left_out=_left_out(record),
        readable=readable,
        citations=tuple(
            (one.name, _CITATIONS.get(one.name, one.name))
            for one in services.on_demand.offered
            if one.typology == "metadata"
        ),
        entitled=entitled,
        enrichments=read_enrichments(services, document, record, entitled=entitled),
    )


def offered_files(
    services: Services, document: StoredDocument, record: Record, *, entitled: bool
) -> tuple[File, ...]:
    """Return the files that may be read: all of them, or those that are part of the description."""
    return tuple(f for f in _files(services, document, record) if entitled or f.is_free)


def record_of(document: StoredDocument) -> Record:
    """Return the record of a document."""
    return _RECORD.decode(document.record)


def language_of(record: Record) -> str:
    """Return the first language of a document that has a tag (BCP 47); empty without one."""
    return next((tag(code) for code in record.language if tag(code)), "")


def reference_line(reference: Reference) -> str:
    """Return a reference as one line of text."""
    if reference.text and not reference.title:
        return reference.text
    names = [author.name for author in reference.author[:6]]
    names += ["et al."] if len(reference.author) > 6 else []
    host = reference.host
    parts = [", ".join(names), reference.title]
    if host is not None:
        numbers = host.volume + (f"({host.issue})" if host.issue else "")
        pages = "–".join(filter(None, (host.pages.first, host.pages.last))) if host.pages else ""
        parts.append(", ".join(filter(None, (host.title, numbers, pages))))
    parts.append(reference.publication_date)
    line = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{line}." if line else reference.text


def _abstracts(record: Record) -> Iterator[Abstract]:
    if record.abstract:
        yield Abstract(language_of(record), "", record.abstract)
    for other in record.other_abstract:
        yield Abstract(tag(other.lang), other.kind, other.value)


def _numbered(source: Source, *, issue: bool) -> str:
    parts = [f"host.volume.raw:{quote(source.volume)}"] if source.volume else []
    parts += [f"host.issue.raw:{quote(source.issue)}"] if issue and source.issue else []
    return " AND ".join(parts)


def _person(author: Contributor, affiliations: tuple[str, ...]) -> Person:
    name = author.name.replace('"', " ")
    return Person(
        name=author.name,
        orcid=author.orcid,
        marks=tuple(affiliations.index(a) + 1 for a in author.affiliations if not _mail(a)),
        address=Asked(q=f'author.name:"{name}"').address(),
    )


def _left_out(record: Record) -> tuple[tuple[str, int], ...]:
    if record.cleaned is None:
        return ()
    counts = msgspec.structs.asdict(record.cleaned)
    return tuple((key, count) for key, count in counts.items() if count)


def _mail(affiliation: str) -> bool:
    return affiliation.startswith("E-mail: ")


def _copies(services: Services, document: StoredDocument) -> Iterator[Copy]:
    """Give the other documents that are the same work, with the reasons."""
    for twin in services.archive.twins(document.id)[:_MOST_COPIES]:
        other = services.archive.by_id(twin.id)
        if other is not None:
            record = _RECORD.decode(other.record)
            yield Copy(
                address=f"/notice/{other.ark}",
                collection=other.collection,
                title=record.title,
                source=source_of(record.host, record.publication_date),
                reasons=twin.reasons,
            )


def _files(services: Services, document: StoredDocument, record: Record) -> Iterator[File]:
    sizes = {
        (file.typology, file.extension): file.size for file in services.archive.files(document.ord)
    }
    groups: dict[str, tuple[FileDescriptor, ...]] = {
        "fulltext": record.fulltext,
        "metadata": record.metadata,
        "annexes": record.annexes,
        "covers": record.covers,
    }
    for typology, described in groups.items():
        for file in described:
            size = sizes.get((typology, file.extension), 0)
            free = typology == "metadata" and not file.original
            yield File(file.extension, file.uri, file.original, size, free)
