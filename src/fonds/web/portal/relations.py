"""What an article has to do with others of the archive: what it cites, what cites it, its like.

References are part of the description, open to everyone. A reference is an article that we hold
when both have the same DOI, or the same title and years at most one apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from fonds.archive.works import work_keys
from fonds.holdings.describing import plain
from fonds.record import Contributor, Host, Record, Reference
from fonds.search.citations.asking import CITES
from fonds.search.engine import SearchRequest
from fonds.search.query.tree import Boolean, Clause, Node, Phrase
from fonds.search.vectors.alike import alike
from fonds.web.portal.source import Source, source_of
from fonds.web.services import Services

LEAST_WORDS = 4  # of a title that alone names a work
_MOST_WORDS = 16  # of a title that are looked for; the whole is compared
_MOST_REFERENCES = 400  # of one article that are looked up
_MOST_FOUND = 1_000
_CITING_LOOKED_AT = 60  # the first of more are shown
_CITING_SHOWN = 10
_SIMILAR = 5
_YEARS_APART = 1  # online and in print


class _Cited(msgspec.Struct, frozen=True, rename="camel"):
    title: str = ""
    doi: str = ""
    publication_date: str = ""


class Brief(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a record that lists of articles show."""

    id: str = ""
    ark_istex: str = ""
    title: str = ""
    doi: tuple[str, ...] = ()
    publication_date: str = ""
    author: tuple[Contributor, ...] = ()
    host: Host | None = None


class Citing(Brief, frozen=True, rename="camel"):
    """The same with its references."""

    ref_bibs: tuple[_Cited, ...] = ()


class Related(msgspec.Struct, frozen=True):
    """Another article, in a line."""

    address: str
    title: str
    authors: str
    source: Source


class CitedBy(msgspec.Struct, frozen=True):
    """The articles of the archive that cite one, the newest first."""

    shown: tuple[Related, ...] = ()
    count: int = 0
    query: str = ""  # that finds them all


class Relations(msgspec.Struct, frozen=True):
    """How an article stands among others."""

    held: dict[int, str]  # place of a reference in the list -> address of the article
    cited_by: CitedBy
    similar: tuple[Related, ...]


read_brief = msgspec.json.Decoder(Brief).decode
read_citing = msgspec.json.Decoder(Citing).decode


def relations(services: Services, record: Record, number: int) -> Relations:
    """Look up how an article, which has this number in the archive, stands among others."""
    like = alike(services.engine, services.archive, services.vectors, record, number, _SIMILAR)
    return Relations(
        held=held_references(services, record.ref_bibs),
        cited_by=cited_by(services, record),
        similar=tuple(related(read_brief(hit.source)) for hit in like),
    )


def held_references(services: Services, references: Sequence[Reference]) -> dict[int, str]:
    """Return which references are articles of the archive, by their places in the list."""
    found = held_documents(services, references, _MOST_REFERENCES)
    return {place: f"/notice/{one.ark_istex}" for place, one in found.items()}


def held_documents(
    services: Services, references: Sequence[Reference], most: int
) -> dict[int, Brief]:
    """Return the documents that the first references are, by their places in the list."""
    looked_up = references[:most]
    titles = [plain(one.title) for one in looked_up]
    keys = {key for one in looked_up if one.doi for key in work_keys(Record(doi=(one.doi,)))}
    ords = {place for places in services.archive.sharing(sorted(keys)).values() for place in places}
    ords.update(services.holdings.titled(filter(names_a_work, titles)))
    by_doi: dict[str, Brief] = {}
    by_title: dict[str, list[Brief]] = {}
    for found in map(read_brief, services.archive.records(sorted(ords)[:_MOST_FOUND])):
        for doi in found.doi:
            by_doi.setdefault(doi.lower(), found)
        by_title.setdefault(plain(found.title), []).append(found)
    held: dict[int, Brief] = {}
    for place, (one, title) in enumerate(zip(looked_up, titles, strict=True)):
        work = by_doi.get(one.doi.lower()) if one.doi else None
        if work is None and title in by_title and names_a_work(title):
            work = _same_work(one, by_title[title])
        if work is not None:
            held[place] = work
    return held


def cited_by(services: Services, record: Record) -> CitedBy:
    """Return what cites an article."""
    citing, count, query = citing_documents(services, record, _CITING_LOOKED_AT)
    return CitedBy(tuple(map(related, citing[:_CITING_SHOWN])), count, query)


def citing_documents(
    services: Services, record: Record, most: int
) -> tuple[list[Citing], int, str]:
    """Return documents that cite one, the newest first, how many do, and the query for all.

    Where a search finds more than `most`, only these are looked at; the number is exact.
    """
    wanted = citing_phrases(record.doi, record.title)
    if not wanted:
        return [], 0, ""
    query = f"{CITES}:{record.ark_istex}"
    answer = services.search.search(SearchRequest(query=one_of(wanted), size=most))
    citing = [
        one
        for one in (read_citing(hit.source) for hit in answer.hits)
        if one.ark_istex != record.ark_istex and _cites(one, record)
    ]
    citing.sort(key=lambda one: (one.publication_date, one.ark_istex), reverse=True)
    if answer.total <= most:
        return citing, len(citing), query
    cites = Phrase(start=0, end=0, field=CITES, text=record.ark_istex)
    return citing, services.search.search(SearchRequest(query=cites, size=0)).total, query


def citing_phrases(dois: Sequence[str], title: str) -> list[Phrase]:
    """Return what references to a work have: its DOI, or the beginning of its title."""
    wanted = [Phrase(start=0, end=0, field="refBibs.doi", text=doi) for doi in dois]
    if names_a_work(title):
        wanted.append(Phrase(start=0, end=0, field="refBibs.title", text=_begun(title)))
    return wanted


def one_of(wanted: Iterable[Node]) -> Node:
    """Return the question that any of some finds."""
    return Boolean(start=0, end=0, clauses=tuple(Clause("should", one) for one in wanted))


def names_a_work(title: str) -> bool:
    """Tell whether a title is long enough to name a work by itself."""
    return len(plain(title).split()) >= LEAST_WORDS


def _begun(title: str) -> str:
    return " ".join(title.split()[:_MOST_WORDS])


def _same_work(reference: Reference, found: Iterable[Brief]) -> Brief | None:
    for one in found:
        if not (one.doi and reference.doi) and near(
            reference.publication_date, one.publication_date
        ):
            return one
    return None


def _cites(citing: Citing, record: Record) -> bool:
    dois = {doi.lower() for doi in record.doi}
    title = plain(record.title)
    for one in citing.ref_bibs:
        if one.doi and dois:
            found = one.doi.lower() in dois
        else:
            found = (
                names_a_work(title)
                and plain(one.title) == title
                and near(one.publication_date, record.publication_date)
            )
        if found:
            return True
    return False


def near(first: str, second: str) -> bool:
    """Tell whether two years may be those of one work, online and in print."""
    if not (first[:4].isdigit() and second[:4].isdigit()):
        return False
    return abs(int(first[:4]) - int(second[:4])) <= _YEARS_APART


def related(one: Brief) -> Related:
    """Return an article as a line of a list."""
    names = [author.name for author in one.author[:3]]
    return Related(
        address=f"/notice/{one.ark_istex}",
        title=one.title,
        authors=", ".join(names) + (" …" if len(one.author) > 3 else ""),
        source=source_of(one.host, one.publication_date),
    )
