"""Cited works: which entries of different bibliographies are one work, and which are documents.

An entry is told by its DOI; without one by title, year and first author. An entry without a DOI
is the work of an entry with one that has the same title, year and author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from fonds.analyses.counting import quoted
from fonds.analyses.digest import CitedWork, Digest
from fonds.enrich.folding import folded

_TELLING = 4  # words of a title that alone names a work
_YEARS_APART = 1  # online and in print
_SPELLINGS = 40  # of one work, in its query
_TOLD = 200  # works that are told of at least
_NAME = 60  # characters of a title in the name of a work
Folded = Callable[[str], str]


class Work(msgspec.Struct, frozen=True):
    """A cited work."""

    name: str  # "Darwin 1859", or its title
    title: str
    doi: str
    year: int
    entries: tuple[CitedWork, ...]  # of the documents that cite it, in their order
    cited_by: tuple[int, ...]  # places in the corpus, ascending
    held: int  # place of the document of the corpus that it is; -1: none

    @property
    def query(self) -> str:
        """Return what finds who cites it (DOIs in any case); short titles may be of others too."""
        dois = {quoted("refBibs.doi", one.doi) for one in self.entries if one.doi}
        titles = {one.title for one in self.entries if not one.doi}
        fields = ("refBibs.title.raw", "refBibs.host.title.raw")
        said = [*sorted(dois), *(quoted(field, one) for one in sorted(titles) for field in fields)]
        return said[0] if len(said) == 1 else f"({' OR '.join(said[:_SPELLINGS])})"


class Bibliographies(msgspec.Struct, frozen=True):
    """Everything the documents of a corpus cite."""

    works: tuple[Work, ...]  # the most cited first; of those cited once, some
    citations: tuple[tuple[int, int], ...]  # places of who cites and who is cited
    count: int  # works, also those cited once


def bibliographies(documents: Sequence[Digest]) -> Bibliographies:
    """Return the works that documents cite, and which of them cite each other."""
    plain = cache(folded)  # the same titles stand in many bibliographies
    entries = _grouped(documents, plain)
    held = _Held(documents, plain)
    places = {key: held.place(found) for key, found in entries.items()}
    citations = {
        (citing, cited)
        for key, cited in places.items()
        if cited >= 0
        for citing in entries[key]
        if citing != cited
    }
    order = sorted(entries, key=lambda key: (-len(entries[key]), key))
    told = [key for at, key in enumerate(order) if at < _TOLD or len(entries[key]) > 1]
    works = [_work(entries[key], places[key]) for key in told]
    works.sort(key=lambda one: (-len(one.cited_by), one.name, one.doi, one.title))
    return Bibliographies(tuple(works), tuple(sorted(citations)), len(entries))


def short_name(author: str, year: int, title: str) -> str:
    """Return how a work is called in a picture: "Darwin 1859"."""
    if author:
        return f"{author} {year}" if year else author
    return title if len(title) <= _NAME else title[: _NAME - 1].rstrip() + "…"


def named(document: Digest) -> str:
    """Return how a document is called in a picture."""
    author = document.authors[0].partition(",")[0] if document.authors else ""
    return short_name(author, document.year, document.title) or document.id[:8]


def _grouped(documents: Sequence[Digest], plain: Folded) -> dict[str, dict[int, CitedWork]]:
    """Return the entries of each work, by the places of the documents that have them."""
    found: dict[str, dict[int, CitedWork]] = {}
    bare: list[tuple[int, CitedWork, str]] = []  # entries without a DOI
    for place, document in enumerate(documents):
        for one in document.references:
            if one.doi:
                found.setdefault(one.doi, {}).setdefault(place, one)
            else:
                bare.append((place, one, _described(one, plain)))
    dois = _dois_by_description(found, bare, plain)
    for place, one, described in bare:
        key = dois.get(described, described) if _telling(one.title) else described
        found.setdefault(key, {}).setdefault(place, one)
    return found


def _dois_by_description(
    found: dict[str, dict[int, CitedWork]], bare: Sequence[tuple[int, CitedWork, str]],
    plain: Folded,
) -> dict[str, str]:  # fmt: skip
    """Return the DOIs of works that also stand somewhere without one."""
    wanted = {(one.year, one.author.lower()) for _, one, _ in bare}
    dois: dict[str, str] = {}
    for doi, entries in found.items():
        for one in entries.values():
            if (one.year, one.author.lower()) in wanted and _telling(one.title):
                dois.setdefault(_described(one, plain), doi)
    return dois


def _described(one: CitedWork, plain: Folded) -> str:
    return f"{plain(one.title)} {one.year} {plain(one.author)}"


def _telling(title: str) -> bool:
    return title.count(" ") >= _TELLING - 1


def _work(found: dict[int, CitedWork], held: int) -> Work:
    places = sorted(found)
    entries = tuple(found[place] for place in places)
    doi = next((one.doi for one in entries if one.doi), "")
    titles = [one.title for one in entries if one.title]
    title = titles[0] if titles else ""
    if len(set(titles)) > 1:
        title = min(Counter(titles).items(), key=lambda one: (-one[1], one[0]))[0]
    first = next((one for one in entries if one.author), entries[0])
    return Work(
        name=short_name(first.author, first.year, title) or doi,
        title=title,
        doi=doi,
        year=first.year,
        entries=entries,
        cited_by=tuple(places),
        held=held,
    )


class _Held:
    """The documents of a corpus, by what a bibliography says of them."""

    def __init__(self, documents: Sequence[Digest], plain: Folded) -> None:
        self._documents = documents
        self._plain = plain
        self._by_doi: dict[str, int] = {}
        self._by_title: dict[str, list[int]] = {}
        self._years: set[tuple[bool, int]] = set()  # with a DOI or not: skips most titles
        for place, one in enumerate(documents):
            if one.doi:
                self._by_doi.setdefault(one.doi.lower(), place)
            if one.year and _telling(one.title):
                self._by_title.setdefault(plain(one.title), []).append(place)
                self._years.add((bool(one.doi), one.year))

    def place(self, entries: dict[int, CitedWork]) -> int:
        """Return the place of the document that a work is; -1: none."""
        for one in entries.values():
            if one.doi in self._by_doi:
                return self._by_doi[one.doi]
        return self._by_its_title(next(iter(entries.values())))

    def _by_its_title(self, work: CitedWork) -> int:
        near = range(work.year - _YEARS_APART, work.year + _YEARS_APART + 1)
        kinds = (False,) if work.doi else (False, True)
        if not any((kind, year) in self._years for kind in kinds for year in near):
            return -1
        for place in self._by_title.get(self._plain(work.title), ()):
            one = self._documents[place]
            if one.year in near and not (one.doi and work.doi):
                return place
        return -1
