"""Cited works: which entries of different bibliographies are one work, and which are documents.

An entry is told by its DOI; without one by title, year and first author. An entry without a DOI
is the work of an entry with one that has the same title, year and author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from fonds.analyses.counting import quoted
from fonds.analyses.digest import CitedWork, Digest
from fonds.analyses.folding import folded

_TELLING = 4  # words of a title that alone names a work
_YEARS_APART = 1  # online and in print
_SPELLINGS = 40  # of one work, in its query
_NAME = 60  # characters of a title in the name of a work


class Work(msgspec.Struct, frozen=True):
    """A cited work."""

    name: str  # "Darwin 1859", or its title
    title: str
    doi: str
    year: int
    query: str  # finds what cites it
    cited_by: tuple[int, ...]  # places in the corpus, ascending
    held: int  # place of the document of the corpus that it is; -1: none


class Bibliographies(msgspec.Struct, frozen=True):
    """Everything the documents of a corpus cite."""

    works: tuple[Work, ...]  # the most cited first
    citations: tuple[tuple[int, int], ...]  # places of who cites and who is cited


def bibliographies(documents: Sequence[Digest]) -> Bibliographies:
    """Return the works that documents cite, and which of them cite each other."""
    entries: dict[str, dict[int, CitedWork]] = {}
    dois = _dois_by_title(documents)
    for place, document in enumerate(documents):
        for one in document.references:
            entries.setdefault(_key(one, dois), {}).setdefault(place, one)
    held = _Held(documents)
    works = [_work(found, held) for found in entries.values()]
    works.sort(key=lambda one: (-len(one.cited_by), one.name, one.doi, one.title))
    citations = {
        (place, one.held) for one in works if one.held >= 0 for place in one.cited_by
        if place != one.held
    }  # fmt: skip
    return Bibliographies(tuple(works), tuple(sorted(citations)))


def short_name(author: str, year: int, title: str) -> str:
    """Return how a work is called in a picture: "Darwin 1859"."""
    if author:
        return f"{author} {year}" if year else author
    return title if len(title) <= _NAME else title[: _NAME - 1].rstrip() + "…"


def named(document: Digest) -> str:
    """Return how a document is called in a picture."""
    author = document.authors[0].partition(",")[0] if document.authors else ""
    return short_name(author, document.year, document.title) or document.id[:8]


def _described(one: CitedWork) -> str:
    return f"{folded(one.title)} {one.year} {folded(one.author)}"


def _dois_by_title(documents: Sequence[Digest]) -> dict[str, str]:
    found: dict[str, str] = {}
    for document in documents:
        for one in document.references:
            if one.doi and _telling(one.title):
                found.setdefault(_described(one), one.doi)
    return found


def _key(one: CitedWork, dois: dict[str, str]) -> str:
    if one.doi:
        return one.doi
    described = _described(one)
    return dois.get(described, described) if _telling(one.title) else described


def _telling(title: str) -> bool:
    return len(title.split()) >= _TELLING


def _work(found: dict[int, CitedWork], held: _Held) -> Work:
    entries = [found[place] for place in sorted(found)]
    doi = next((one.doi for one in entries if one.doi), "")
    titles = Counter(one.title for one in entries if one.title)
    title = min(titles.items(), key=lambda one: (-one[1], one[0]))[0] if titles else ""
    first = next((one for one in entries if one.author), entries[0])
    return Work(
        name=short_name(first.author, first.year, title) or doi,
        title=title,
        doi=doi,
        year=first.year,
        query=_query(entries),
        cited_by=tuple(sorted(found)),
        held=next((at for one in entries if (at := held.place(one)) >= 0), -1),
    )


def _query(entries: Sequence[CitedWork]) -> str:
    """Return what finds who cites a work (DOIs in any case); short titles may be of others too."""
    dois = {quoted("refBibs.doi", one.doi) for one in entries if one.doi}
    titles = {one.title for one in entries if not one.doi}
    fields = ("refBibs.title.raw", "refBibs.host.title.raw")
    said = [*sorted(dois), *(quoted(field, one) for one in sorted(titles) for field in fields)]
    return said[0] if len(said) == 1 else f"({' OR '.join(said[:_SPELLINGS])})"


class _Held:
    """The documents of a corpus, by what a bibliography says of them."""

    def __init__(self, documents: Sequence[Digest]) -> None:
        self._documents = documents
        self._by_doi: dict[str, int] = {}
        self._by_title: dict[str, list[int]] = {}
        for place, one in enumerate(documents):
            if one.doi:
                self._by_doi.setdefault(one.doi.lower(), place)
            if _telling(one.title):
                self._by_title.setdefault(folded(one.title), []).append(place)

    def place(self, work: CitedWork) -> int:
        """Return the place of the document that a work is; -1: none."""
        if work.doi and work.doi in self._by_doi:
            return self._by_doi[work.doi]
        if not _telling(work.title):
            return -1
        for place in self._by_title.get(folded(work.title), ()):
            one = self._documents[place]
            near = one.year and work.year and abs(one.year - work.year) <= _YEARS_APART
            if near and not (one.doi and work.doi):
                return place
        return -1
