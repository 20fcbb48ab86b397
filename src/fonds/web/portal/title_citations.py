"""The citations of a journal or book within the archive: its most cited articles, who cites it.

Counted as on the page of an article: a reference is an article of ours by its DOI, or by its whole
title with years at most one apart. An article that cites several of a title counts once as citing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from fonds.holdings.describing import plain
from fonds.holdings.model import Title
from fonds.search.engine import SearchRequest
from fonds.search.query.tree import Phrase
from fonds.web.portal.relations import (
    Brief,
    Citing,
    Related,
    citing_phrases,
    names_a_work,
    near,
    one_of,
    read_brief,
    read_citing,
    related,
)
from fonds.web.portal.source import journal_address
from fonds.web.services import Services

MOST_ARTICLES = 2_000  # of a title that are looked up together
_TOGETHER = 100  # articles looked up in one search
_MOST_CITING = 20_000  # of one search
_SHOWN = 20


class Cited(msgspec.Struct, frozen=True):
    """An article of a title, and how many articles of the archive cite it."""

    article: Related
    count: int
    citing: tuple[Related, ...]  # the newest of them


class CitingTitle(msgspec.Struct, frozen=True):
    """A journal or book of the archive that cites a title."""

    name: str
    address: str
    count: int  # of its articles


class Citations(msgspec.Struct, frozen=True):
    """How a title is cited in the archive."""

    articles: int  # of the title
    cited: int  # of these
    citing: int  # articles that cite any of them
    most: tuple[Cited, ...]
    titles: tuple[CitingTitle, ...]  # that cite it, the most frequent first
    latest: tuple[Related, ...]  # articles that cite it, the newest first


def citations_of(services: Services, title: Title, year: int | None = None) -> Citations | None:
    """Count the citations of a title, or of one year of it; None for more than can be counted."""
    ords = services.holdings.contents(title, year, size=MOST_ARTICLES + 1)
    if len(ords) > MOST_ARTICLES:
        return None
    articles = list(map(read_brief, services.archive.records(ords)))
    known = _Known(articles)
    citing: dict[str, Citing] = {}
    by_article: dict[int, list[str]] = defaultdict(list)
    candidates = _candidates(services, articles)
    if candidates is None:
        return None
    for one in candidates:
        places = known.cited_by(one)
        if places:
            citing[one.ark_istex] = one
        for place in places:
            by_article[place].append(one.ark_istex)
    ranked = sorted(by_article, key=lambda at: (-len(by_article[at]), articles[at].ark_istex))
    return Citations(
        articles=len(articles),
        cited=len(by_article),
        citing=len(citing),
        most=tuple(_cited(articles[at], by_article[at], citing) for at in ranked[:_SHOWN]),
        titles=tuple(_titles(citing.values())),
        latest=tuple(map(related, _newest(citing.values())[:_SHOWN])),
    )


class _Known:
    """The articles of a title by what references to them say."""

    def __init__(self, articles: Sequence[Brief]) -> None:
        self._articles = articles
        self._by_doi: dict[str, list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(articles):
            for doi in one.doi:
                self._by_doi[doi.lower()].append(at)
            name = plain(one.title)
            if names_a_work(name):
                self._by_title[name].append(at)

    def cited_by(self, citing: Citing) -> set[int]:
        """Return the places of the articles that another one cites."""
        found: set[int] = set()
        for reference in citing.ref_bibs:
            doi = reference.doi.lower()
            found.update(self._by_doi.get(doi, ()) if doi else ())
            for at in self._by_title.get(plain(reference.title), ()):
                one = self._articles[at]
                by_title = not (doi and one.doi)  # two DOIs say more than a title
                if by_title and near(reference.publication_date, one.publication_date):
                    found.add(at)
        return {at for at in found if self._articles[at].ark_istex != citing.ark_istex}


def _candidates(services: Services, articles: Sequence[Brief]) -> list[Citing] | None:
    """Return each article once whose references may name one of some; None for too many."""
    found: dict[int, Citing] = {}
    for begin in range(0, len(articles), _TOGETHER):
        wanted: list[Phrase] = []
        for one in articles[begin : begin + _TOGETHER]:
            wanted += citing_phrases(one.doi, one.title)
        if wanted:
            request = SearchRequest(query=one_of(wanted), size=_MOST_CITING)
            answer = services.search.search(request)
            if answer.total > len(answer.hits):
                return None
            new = (hit for hit in answer.hits if hit.ord not in found)
            found.update((hit.ord, read_citing(hit.source)) for hit in new)
    return list(found.values())


def _cited(article: Brief, names: Sequence[str], citing: Mapping[str, Citing]) -> Cited:
    newest = _newest(citing[name] for name in names)
    return Cited(related(article), len(names), tuple(map(related, newest[:3])))


def _newest(citing: Iterable[Citing]) -> list[Citing]:
    return sorted(citing, key=lambda one: (one.publication_date, one.ark_istex), reverse=True)


def _titles(citing: Iterable[Citing]) -> Iterator[CitingTitle]:
    counts: Counter[str] = Counter()
    addresses: dict[str, str] = {}
    for one in citing:
        if one.host is not None and one.host.title:
            counts[one.host.title] += 1
            addresses.setdefault(one.host.title, journal_address(one.host))
    for name, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:_SHOWN]:
        yield CitingTitle(name, addresses[name], count)
