"""A document as its page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from fonds.archive.model import StoredDocument
from fonds.record import Contributor, FileDescriptor, Record, Reference
from fonds.web.portal.asking import Asked, Filter
from fonds.web.services import Services

_RECORD = msgspec.json.Decoder(Record)
_MOST_COPIES = 50  # a page shows no more; fonds duplicates lists all
_CITATIONS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON", "dc": "Dublin Core"}
_WEB = re.compile(r"https?://[^\s\"<>]+", re.IGNORECASE)


class Source(msgspec.Struct, frozen=True):
    """Where a document was published."""

    journal: str
    volume: str
    issue: str
    pages: str
    number: str
    year: str


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


class Notice(msgspec.Struct, frozen=True):
    """Everything known about one document."""

    record: Record
    source: Source
    authors: tuple[Person, ...]
    affiliations: tuple[str, ...]
    files: tuple[File, ...]
    pdf: str
    licence: str  # address, or empty
    journal_address: str
    volume_address: str
    issue_address: str
    copies: tuple[Copy, ...]
    left_out: tuple[tuple[str, int], ...]  # what `cleaned` does not hold: key, count
    readable: bool  # there is structured text
    citations: tuple[tuple[str, str], ...]  # format, name
    entitled: bool  # who asks may read the text and the files


def read_notice(services: Services, document: StoredDocument, *, entitled: bool) -> Notice:
    """Read a document for its page; of what may not be read, no file is offered."""
    record = _RECORD.decode(document.record)
    affiliations = tuple(
        dict.fromkeys(a for author in record.author for a in author.affiliations if not _mail(a))
    )
    source = source_line(record)
    files = tuple(f for f in _files(services, document, record) if entitled or f.is_free)
    licence = record.access_condition.value if record.access_condition else ""
    return Notice(
        record=record,
        source=source,
        authors=tuple(_person(author, affiliations) for author in record.author),
        affiliations=affiliations,
        files=files,
        pdf=next((file.uri for file in files if file.kind == "pdf"), ""),
        licence=safe_address(licence),
        journal_address=_journal(source),
        volume_address=_journal(source, f'host.volume.raw:"{source.volume}"'),
        issue_address=_journal(
            source, f'host.volume.raw:"{source.volume}" AND host.issue.raw:"{source.issue}"'
        ),
        copies=tuple(_copies(services, document)),
        left_out=_left_out(record),
        readable=any(file.kind == "tei" for file in files) and _has_text(record),
        citations=tuple(
            (one.name, _CITATIONS.get(one.name, one.name))
            for one in services.on_demand.offered
            if one.typology == "metadata"
        ),
        entitled=entitled,
    )


def source_line(record: Record) -> Source:
    """Return where a document was published."""
    host = record.host
    if host is None:
        return Source("", "", "", "", "", record.publication_date)
    pages = host.pages
    numbers = "–".join(dict.fromkeys(filter(None, (pages.first, pages.last)))) if pages else ""
    return Source(
        host.title, host.volume, host.issue, numbers, host.article_number, record.publication_date
    )


def safe_address(text: str) -> str:
    """Return a text that is a web address; anything else, such as a script, is nothing."""
    match = _WEB.fullmatch(text.strip())
    return match.group() if match else ""


def meta_tags(record: Record, base: str, pdf: str) -> Iterator[tuple[str, str]]:
    """Give the tags that Google Scholar and Zotero read (Highwire Press names)."""
    host = record.host
    yield "citation_title", record.title
    for author in record.author:
        shown = f"{author.surname}, {author.forename}" if author.surname else author.name
        yield "citation_author", shown
        if author.orcid:
            yield "citation_author_orcid", f"https://orcid.org/{author.orcid}"
    yield "citation_publication_date", record.publication_date
    if host is not None:
        yield "citation_journal_title", host.title
        yield "citation_volume", host.volume
        yield "citation_issue", host.issue
        yield "citation_publisher", host.publisher
        for issn in (*host.issn, *host.eissn):
            yield "citation_issn", issn
        if host.pages is not None:
            yield "citation_firstpage", host.pages.first
            yield "citation_lastpage", host.pages.last
    for doi in record.doi:
        yield "citation_doi", doi
    for pmid in record.pmid:
        yield "citation_pmid", pmid
    for language in record.language:
        yield "citation_language", "" if language == "unknown" else language
    for subject in record.subject:
        yield "citation_keywords", subject.value
    if pdf:
        yield "citation_pdf_url", f"{base}{pdf}"
    yield "citation_abstract_html_url", f"{base}/notice/{record.ark_istex}"


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
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _journal(source: Source, query: str = "") -> str:
    if not source.journal:
        return ""
    return Asked(q=query, filters=(Filter("host.title", source.journal),), sort="newest").address()


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


def _has_text(record: Record) -> bool:
    quality = record.quality_indicators
    return quality is not None and quality.tdm_ready is True


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
                source=source_line(record),
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
