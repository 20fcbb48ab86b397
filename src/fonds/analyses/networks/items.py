"""What documents have in common: terms, people, institutions, entities, cited works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from fonds.analyses.counting import quoted
from fonds.analyses.digest import Digest
from fonds.analyses.networks.institutions import institution_of
from fonds.enrich.folding import folded

_ENTITY_FIELDS = {
    "place": "namedEntities.unitex.placeName",
    "organisation": "namedEntities.unitex.orgName",
    "funder": "namedEntities.unitex.orgName_funder",
    "person": "namedEntities.unitex.persName",
    "species": "namedEntities.species",
    "concept": "namedEntities.concept",
}
# French says so of itself in every abstract; a ranker takes it for a term
_VERBS = frozenset((
    "abordons", "analysons", "appliquons", "cherchons", "comparons", "constatons",
    "construisons", "considérons", "conduisons", "concluons", "décrivons", "définissons",
    "démontrons", "détaillons", "discutons", "disposons", "distinguons", "effectuons",
    "établissons", "étudions", "évaluons", "évoquons", "examinons", "expérimentons",
    "expliquons", "explorons", "exploitons", "exposons", "faisons", "formalisons",
    "illustrons", "introduisons", "intéressons", "menons", "mesurons", "montrons", "obtenons",
    "observons", "présentons", "proposons", "rapportons", "testons", "traitons", "utilisons",
    "validons", "vérifions", "voulons", "avons", "sommes", "pouvons",
))  # fmt: skip
# pieces of addresses, and words around citations, that a ranker takes for terms
_NO_TERMS = frozenset({"doi", "http", "https", "www", "org", "com", "html", "pdf", "orcid", "url",
                       "al", "et al", "crossref", "pubmed", "doi org", "https doi"})  # fmt: skip
_SPELLINGS = 40  # of one item, in its query; an affiliation has hundreds


class Mention(msgspec.Struct, frozen=True, gc=False):
    """An item in one document."""

    key: str  # what its spellings share
    name: str
    weight: float = 1.0
    written: str = ""  # as the field of its query has it; empty: as its name
    kind: str = ""


class Source(msgspec.Struct, frozen=True):
    """A kind of items: where documents have them, and the field that finds them again."""

    mentions: Callable[[Digest], Iterable[Mention]]
    field: Callable[[str], str]  # by the kind of an item
    reason: str  # why a document may have none
    from_text: bool = False
    least: int = 1  # documents of an item, at the least: below, links say nothing


class Item(msgspec.Struct):
    """Everything a corpus says of an item."""

    key: str
    kind: str
    names: Counter[str]
    written: set[str]
    documents: list[int]  # places in the corpus, ascending
    weight: float = 0.0

    @property
    def name(self) -> str:
        """Return the spelling that most documents have."""
        return min(self.names.items(), key=lambda one: (-one[1], one[0]))[0]


def gathered(documents: Sequence[Digest], source: Source) -> list[Item]:
    """Return every item with the documents that have it.

    What is written alike is one item, also where languages stem it differently.
    """
    found: dict[str, Item] = {}
    spelled: dict[tuple[str, str], Item] = {}
    for place, document in enumerate(documents):
        for one in source.mentions(document):
            spelling = one.kind, one.written or one.name
            item = spelled.get(spelling)
            if item is None:
                item = found.get(one.key)
                if item is None:
                    item = found[one.key] = Item(one.key, one.kind, Counter(), set(), [])
                item.written.add(spelling[1])
                spelled[spelling] = item
            documents_of = item.documents
            if not documents_of or documents_of[-1] != place:
                documents_of.append(place)
                item.names[one.name] += 1
                item.weight += one.weight
    return list(found.values())


def having(items: Iterable[Item]) -> set[int]:
    """Return the places of the documents that have any item."""
    return {place for one in items for place in one.documents}


def query_of(item: Item, source: Source) -> str:
    """Return the query that finds the documents of an item."""
    field = source.field(item.kind)
    if len(item.written) > _SPELLINGS:  # the words of the name: about the same documents
        return quoted(field.removesuffix(".raw"), item.name)
    return one_of(field, item.written)


def one_of(field: str, values: Iterable[str]) -> str:
    """Return the query that finds any of some values of a field."""
    said = [quoted("", one).removeprefix(":") for one in sorted(values)]
    return f"{field}:{said[0]}" if len(said) == 1 else f"{field}:({' OR '.join(said)})"


def _terms(document: Digest) -> Iterator[Mention]:
    for one in document.terms:
        if one.stems in _NO_TERMS or one.term.lower() in _VERBS:
            continue
        yield Mention(one.stems, one.term, one.score)


def _keywords(document: Digest) -> Iterator[Mention]:
    for one in document.keywords:
        if key := folded(one):
            yield Mention(key, one)


def _authors(document: Digest) -> Iterator[Mention]:
    for one in document.authors:
        surname, comma, forename = one.partition(", ")
        written = f"{forename} {surname}" if comma else one
        if key := folded(one):
            yield Mention(key, one, written=written)


def _institutions(document: Digest) -> Iterator[Mention]:
    for one in document.affiliations:
        institution = institution_of(one)
        if institution is not None:
            yield Mention(institution.key, institution.name, written=one)


def _entities(document: Digest) -> Iterator[Mention]:
    for one in document.entities:
        if one.kind in _ENTITY_FIELDS:
            key = one.uri or f"{one.kind} {one.value.casefold()}"
            yield Mention(key, one.value, float(one.count), kind=one.kind)


SOURCES: dict[str, Source] = {
    "terms": Source(_terms, lambda _: "keywords.teeft.raw", "no-terms", True, 2),
    "keywords": Source(_keywords, lambda _: "subject.value.raw", "no-keywords", False, 2),
    "authors": Source(_authors, lambda _: "author.name.raw", "no-authors"),
    "institutions": Source(
        _institutions, lambda _: "author.affiliations.raw", "no-affiliations"
    ),
    "entities": Source(
        _entities, lambda kind: f"{_ENTITY_FIELDS[kind]}.raw", "no-entities", True, 2
    ),
}  # fmt: skip
