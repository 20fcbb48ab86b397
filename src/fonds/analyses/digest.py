"""The digest of a document: what analyses look at, small enough to read ten thousand at once.

Everything in it stands in the record and in the results of enrichments; nothing is computed here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from fonds.record import Contributor, Record, Reference

VERSION = 3  # raised when a digest says more or other things: all are made again

_MOST_ABSTRACT = 4_000  # characters; the longest of structured abstracts have 3,500
# what has a field that a row of an analysis can be found by; dates, addresses and calls have none
_NAMED = frozenset({"place", "organisation", "funder", "person", "species", "concept"})
_MOST_ENTITIES = 500  # of one kind: as many as search is given
_LEAST_CONFIDENCE = 0.5
_NO_TITLE = 12  # characters; a shorter title does not tell one cited work from another
_YEAR = 4  # digits


class _Term(msgspec.Struct, frozen=True):
    term: str
    stems: str
    frequency: int
    specificity: float
    score: float


class _Candidate(msgspec.Struct, frozen=True, array_like=True):
    form: str
    stems: str
    count: int


class _Terms(msgspec.Struct, frozen=True):
    """What is read of the enrichment `teeft`; its own module would bring its models along."""

    language: str
    terms: tuple[_Term, ...]
    candidates: tuple[_Candidate, ...] = ()  # version 1 had none


class _Entity(msgspec.Struct, frozen=True):
    kind: str
    value: str
    confidence: float
    frequency: int
    uri: str = ""


class _Entities(msgspec.Struct, frozen=True):
    entities: tuple[_Entity, ...]


class _TermsFile(msgspec.Struct, frozen=True):
    result: _Terms


class _EntitiesFile(msgspec.Struct, frozen=True):
    result: _Entities


_record = msgspec.json.Decoder(Record)
_terms_file = msgspec.json.Decoder(_TermsFile)
_entities_file = msgspec.json.Decoder(_EntitiesFile)


class Part(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Base of what digests hold: stored as lists, without names."""


class TermCount(Part, frozen=True, array_like=True, gc=False):
    """A term of a document, by its enrichment `teeft`."""

    term: str  # as the document writes it most often
    stems: str  # what its spellings share
    count: int
    score: float
    specificity: float


class Candidates(Part, frozen=True, array_like=True, gc=False):
    """What may be a term of the corpus: one line each, so that thousands are read at once."""

    stems: str = ""  # what spellings share, parted by line ends
    forms: str = ""  # as written where it stands first
    counts: tuple[int, ...] = ()


class EntityCount(Part, frozen=True, array_like=True, gc=False):
    """Something a document names, by its enrichment `unitex`; confidence is half or more."""

    kind: str
    value: str
    count: int
    uri: str


class CitedWork(Part, frozen=True, array_like=True, gc=False):
    """An entry of the bibliography that can be recognised elsewhere."""

    doi: str
    title: str
    year: int
    author: str  # surname of the first one


class Digest(Part, frozen=True, array_like=True, gc=False):
    """A document as analyses see it; years are 0 and texts empty where nothing is known."""

    ord: int
    id: str
    ark: str
    collection: str
    access: str  # accessCondition.contentType: rights look at it
    title: str
    abstract: str
    year: int
    language: str
    genre: str
    host: str
    publisher: str
    doi: str
    authors: tuple[str, ...]
    affiliations: tuple[str, ...]
    keywords: tuple[str, ...]  # of the authors or the publisher
    categories: tuple[str, ...]  # "1 - Medicine", "2 - Surgery": by the text, else by the journal
    funders: tuple[str, ...]
    references: tuple[CitedWork, ...]
    reference_count: int  # of the whole bibliography
    words: int  # of the default text; 0 without one
    text_source: str  # "xml", "pdf", "ocr", or empty
    readable: str  # verdict of the enrichment `quality`
    score: float  # ISTEX's quality score
    # what follows was read from the text
    terms_language: str
    terms: tuple[TermCount, ...]
    entities: tuple[EntityCount, ...]
    enriched: tuple[str, ...]  # names of the enrichments that found something
    candidates: Candidates


def digest_of(number: int, record: bytes, results: Mapping[str, bytes]) -> Digest:
    """Return the digest of a document from its record and the JSON of its enrichments, by name."""
    found = _record.decode(record)
    host, quality = found.host, found.quality_indicators
    language, terms, candidates = _terms(results.get("teeft"))
    default = next((one for one in found.text_layers if one.default), None)
    affiliations = (place for one in found.author for place in one.affiliations)
    return Digest(
        ord=number,
        id=found.id,
        ark=found.ark_istex,
        collection=found.corpus_name,
        access=found.access_condition.content_type if found.access_condition else "unknown",
        title=found.title,
        abstract=found.abstract[:_MOST_ABSTRACT],
        year=year_of(found.publication_date or found.copyright_date),
        language=_first(found.language),
        genre=_first(found.genre),
        host=host.title if host is not None else "",
        publisher=host.publisher if host is not None else "",
        doi=_first(found.doi),
        authors=_distinct(map(name_of, found.author)),
        affiliations=_distinct(affiliations),
        keywords=_distinct(one.value for one in found.subject),
        categories=_categories(found),
        funders=_distinct(one.name for one in found.funder),
        references=tuple(_cited(found.ref_bibs)),
        reference_count=len(found.ref_bibs),
        words=default.words if default is not None else 0,
        text_source=default.source if default is not None else "",
        readable=quality.mining_ready if quality is not None else "",
        score=(quality.score or 0.0) if quality is not None else 0.0,
        terms_language=language,
        terms=terms,
        entities=_entities(results.get("unitex")),
        enriched=tuple(sorted(found.enrichments)),
        candidates=candidates,
    )


def year_of(date: str) -> int:
    """Return the year that a date begins with; 0 without one."""
    year = date[:_YEAR]
    return int(year) if len(year) == _YEAR and year.isascii() and year.isdigit() else 0


def name_of(person: Contributor) -> str:
    """Return a name as lists write it: "Exemple, Ada"."""
    if person.surname and person.forename:
        return f"{person.surname}, {person.forename}"
    return person.name


def _terms(data: bytes | None) -> tuple[str, tuple[TermCount, ...], Candidates]:
    if data is None:
        return "", (), Candidates()
    found = _terms_file.decode(data).result
    terms = tuple(
        TermCount(one.term, one.stems, one.frequency, one.score, one.specificity)
        for one in found.terms
    )
    counted = found.candidates or tuple(
        _Candidate(one.term, one.stems, one.frequency) for one in found.terms
    )
    return (
        found.language,
        terms,
        Candidates(
            stems="\n".join(one.stems for one in counted),
            forms="\n".join(one.form for one in counted),
            counts=tuple(one.count for one in counted),
        ),
    )


def _entities(data: bytes | None) -> tuple[EntityCount, ...]:
    if data is None:
        return ()
    found = _entities_file.decode(data).result
    of_kind: Counter[str] = Counter()
    sure = []
    for one in found.entities:
        if one.confidence >= _LEAST_CONFIDENCE and one.kind in _NAMED:
            of_kind[one.kind] += 1
            if of_kind[one.kind] <= _MOST_ENTITIES:
                sure.append(one)
    sure.sort(key=lambda one: (-one.frequency, one.kind, one.value))
    return tuple(EntityCount(one.kind, one.value, one.frequency, one.uri) for one in sure)


def _categories(record: Record) -> tuple[str, ...]:
    found = record.categories
    return (found.nb or found.lcc) if found is not None else ()


def _cited(references: tuple[Reference, ...]) -> Iterator[CitedWork]:
    for one in references:
        title = one.title or (one.host.title if one.host is not None else "")
        if one.doi or len(title) > _NO_TITLE:
            author = one.author[0] if one.author else None
            surname = (author.surname or author.name) if author is not None else ""
            yield CitedWork(one.doi.lower(), title, year_of(one.publication_date), surname)


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
