"""What may have a trend: terms, entities, categories, keywords, and the query that finds each.

Candidates are read from digests; how many documents have one is asked of the search engine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.counting import counted, quoted
from fonds.analyses.digest import Digest
from fonds.analyses.reading.words import Phrase, any_of
from fonds.analyses.terminology.analysis import ranking

_MOST_FORMS = 5
# fields of what is named in texts; dates, addresses and numbers have no trend
_FIELDS = {
    "place": "namedEntities.unitex.placeName",
    "organisation": "namedEntities.unitex.orgName",
    "funder": "namedEntities.unitex.orgName_funder",
    "person": "namedEntities.unitex.persName",
    "species": "namedEntities.species",
    "concept": "namedEntities.concept",
}


class Candidate(msgspec.Struct, frozen=True):
    """Something counted by year."""

    value: str
    query: str
    kind: str = ""  # of an entity


def candidates(corpus: Corpus, of: str, most: int) -> list[Candidate]:
    """Return what most documents have, at most so many."""
    return _KINDS[of](corpus, most)


def _terms(corpus: Corpus, most: int) -> list[Candidate]:
    return [
        Candidate(one.forms[0], any_of(Phrase(form).quoted for form in one.forms))
        for one in ranking(corpus, most)[0]
    ]


def _entities(corpus: Corpus, most: int) -> list[Candidate]:
    found: Counter[tuple[str, str]] = Counter()
    for one in corpus.digests:
        found.update({(each.kind, each.value) for each in one.entities if each.kind in _FIELDS})
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [
        Candidate(value, quoted(f"{_FIELDS[kind]}.raw", value), kind) for (kind, value), _ in best
    ]


def _categories(corpus: Corpus, most: int) -> list[Candidate]:
    counts = counted(corpus.digests, lambda one: one.categories)[:most]
    return [Candidate(value, _category(value)) for value, _ in counts]


def _category(value: str) -> str:
    by_journal = quoted("categories.lcc.raw", value)
    by_text = quoted("categories.nb.raw", value)
    return any_of((by_text, f"({by_journal} AND NOT _exists_:categories.nb)"))


def _keywords(corpus: Corpus, most: int) -> list[Candidate]:
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in corpus.digests:
        for value in document.keywords:
            spelled[value.casefold()][value] += 1
    found: Iterable[tuple[str, Counter[str]]] = sorted(
        spelled.items(), key=lambda item: (-item[1].total(), item[0])
    )
    return list(_spelled(found))[:most]


def _spelled(found: Iterable[tuple[str, Counter[str]]]) -> Iterator[Candidate]:
    for _, spellings in found:
        usual = sorted(spellings, key=lambda one: (-spellings[one], one))[:_MOST_FORMS]
        yield Candidate(usual[0], any_of(quoted("subject.value.raw", one) for one in usual))


_KINDS: Mapping[str, Callable[[Corpus, int], list[Candidate]]] = {
    "terms": _terms,
    "entities": _entities,
    "categories": _categories,
    "keywords": _keywords,
}
KINDS = tuple(_KINDS)
# what a document must have to be among those counted, and how its lack is called
NEEDED: Mapping[str, tuple[Callable[[Digest], bool], str]] = {
    "terms": (lambda one: bool(one.terms), "no-terms"),
    "entities": (lambda one: bool(one.entities), "no-entities"),
    "categories": (lambda one: bool(one.categories), "no-categories"),
    "keywords": (lambda one: bool(one.keywords), "no-keywords"),
}
