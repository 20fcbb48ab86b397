"""From a citation to the documents that it may mean, best first, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fonds.errors import QueryInvalid
from fonds.holdings.describing import isbn_forms, plain
from fonds.record import Record
from fonds.search.analysis import tokens
from fonds.search.service import SearchService
from fonds.web.resolver.citation import Citation, plain_number
from fonds.web.resolver.evidence import Evidence, weigh
from fonds.web.resolver.reference_text import recognised

_MOST = 50  # candidates looked at per question
_SHOWN = 20
_WORDS = 12  # of a title: more would miss over one difference
_MOST_WORDS = 40  # of a pasted reference
_TELLING = frozenset({"identifier", "title", "author", "host"})
_decoder = msgspec.json.Decoder(Record)


class Candidate(msgspec.Struct, frozen=True):
    """A document and how well it agrees with the citation."""

    record: Record
    evidence: Evidence


class Resolution(msgspec.Struct, frozen=True):
    """What a citation means: `found` when that is sure, else what it might mean."""

    citation: Citation
    found: Candidate | None
    candidates: tuple[Candidate, ...]


def resolve(citation: Citation, search: SearchService) -> Resolution:
    """Look a citation up: by identifier, by place in its journal, by title, by author."""
    seen: dict[str, Candidate] = {}
    for question in _questions(citation):
        for record in _ask(question, search):
            if record.id not in seen:
                seen[record.id] = Candidate(record, weigh(citation, record))
        if any(one.evidence.is_sure for one in seen.values()):
            break
    ranked = sorted(seen.values(), key=lambda one: -one.evidence.strength)
    if citation.has_identifier and citation.title == "" and not _described(citation):
        ranked = [one for one in ranked if "identifier" in one.evidence.agrees]
    elif citation.isbn and not (citation.title or citation.author or _numbers(citation)):
        ranked = [one for one in ranked if "book" in one.evidence.agrees]  # its parts say nothing
    sure = [one for one in ranked if one.evidence.is_sure]
    best = sure or [one for one in ranked if one.evidence.strength > 0]
    return Resolution(citation, _alone(sure), tuple(best[:_SHOWN]))


def resolve_text(text: str, citation: Citation, search: SearchService) -> Resolution:
    """Look a pasted reference up; `citation` is what was read from it."""
    if citation.has_identifier:
        named = resolve(citation, search)
        if named.candidates:
            return named
    words = [word for word in dict.fromkeys(tokens(text)) if len(word) > 2][:_MOST_WORDS]
    if not words:
        return Resolution(citation, None, ())
    records = _ask(f"title:({' OR '.join(map(_quoted, words))})", search)
    weighed = [Candidate(one, weigh(recognised(text, citation, one), one)) for one in records]
    ranked = sorted(
        (one for one in weighed if one.evidence.agrees & _TELLING),
        key=lambda one: -one.evidence.strength,
    )
    sure = [one for one in ranked if "title" in one.evidence.agrees and one.evidence.is_sure]
    return Resolution(citation, _alone(sure), tuple((sure or ranked)[:_SHOWN]))


def _alone(sure: list[Candidate]) -> Candidate | None:
    """Return the one that is meant; of several deliveries of one work, one with a PDF."""
    if not sure:
        return None
    near = [one for one in sure if sure[0].evidence.strength - one.evidence.strength < 1]
    near = [one for one in near if one.evidence.title == 1.0] or near  # not Part I for Part II
    dois = {_doi(one.record) for one in near}
    if (len(dois) > 1 or () in dois) and len({_described_as(one.record) for one in near}) > 1:
        return None
    return next((one for one in near if has_pdf(one.record)), near[0])


def _doi(record: Record) -> tuple[str, ...]:
    return tuple(sorted(doi.lower() for doi in record.doi))


def _described_as(record: Record) -> tuple[str, ...]:
    """Return what two deliveries of one work have in common when they have no DOI."""
    host = record.host
    first = host.pages.first if host is not None and host.pages is not None else ""
    place = (plain(host.title), host.volume, host.issue, first) if host is not None else ()
    return (plain(record.title), record.publication_date[:4], *place)


def has_pdf(record: Record) -> bool:
    """Tell whether a document has a PDF."""
    return any(file.extension == "pdf" for file in record.fulltext)


def _described(citation: Citation) -> bool:
    return bool(citation.host_title or citation.issn or citation.isbn or citation.author)


def _questions(citation: Citation) -> Iterator[str]:
    """Yield queries from the most to the least telling."""
    named = [f"doi:{_quoted(doi)}" for doi in citation.doi]
    named += [f"pmid.raw:{_quoted(pmid)}" for pmid in citation.pmid]
    named += [f"arkIstex.raw:{_quoted(ark)}" for ark in citation.ark]
    for pii in citation.pii:
        named += [f"pii.raw:{_quoted(pii)}", f"pii:{_quoted(pii)}"]
        named.append(f"pii.raw:{_quoted(plain_number(pii).upper())}")
    if named:
        yield " OR ".join(named)
    yield from _placed(citation)
    words = tokens(citation.title)[:_WORDS]
    if words:
        yield f"title:{_quoted(' '.join(words))}"
        yield f"title:({' AND '.join(map(_quoted, words))})"
    if citation.author and not citation.has_identifier:
        yield _all(f"author.name:{_quoted(citation.author)}", *_numbers(citation))


def _placed(citation: Citation) -> Iterator[str]:
    """Yield queries for the place in a journal or book, while there is enough to tell."""
    books = [
        f"{field}.raw:{_quoted(isbn)}"
        for isbn in dict.fromkeys(one for given in citation.isbn for one in isbn_forms(given))
        for field in _ISBNS
    ]
    if books and not citation.title:  # a chapter is asked for by its title
        yield f"({' OR '.join(books)}) AND genre:book"
    numbers = _numbers(citation)
    if books and not numbers:
        yield " OR ".join(books)
    if not numbers:
        return
    serial = [f"{field}.raw:{_quoted(issn)}" for issn in citation.issn for field in _ISSNS]
    serial += books
    if serial:
        yield _all(f"({' OR '.join(serial)})", *numbers)
    if citation.host_title:
        yield _all(f"host.title:{_quoted(' '.join(tokens(citation.host_title)))}", *numbers)


_ISSNS = ("host.issn", "host.eissn")
_ISBNS = ("host.isbn", "host.eisbn")


def _numbers(citation: Citation) -> list[str]:
    given = {"host.volume.raw": citation.volume, "host.issue.raw": citation.issue}
    found = [f"{field}:{_quoted(value)}" for field, value in given.items() if value]
    if citation.first_page:
        page = _quoted(citation.first_page)
        found.append(f"(host.pages.first.raw:{page} OR host.articleNumber:{page})")
    if not found and citation.year:
        found.append(f"publicationDate:{citation.year}")
    return found


def _all(*parts: str) -> str:
    return " AND ".join(parts)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ask(question: str, search: SearchService) -> list[Record]:
    """Return the documents of a query; what a caller made unsearchable finds nothing."""
    try:
        result = search.search(search.ask(question, size=_MOST))
    except QueryInvalid:
        return []
    return [_decoder.decode(hit.source) for hit in result.hits]
