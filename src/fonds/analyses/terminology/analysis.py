"""The analysis `terminology`: the terms of a corpus, ranked, counted, spelled and quoted.

Candidates come from the documents' enrichment `teeft`; how many documents have a term is asked of
the search engine, so that each number is what a search for the term finds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from fonds.analyses.corpus import Corpus, counted_without
from fonds.analyses.drawing.bars import bars
from fonds.analyses.keyness import keyness
from fonds.analyses.model import Column, Form, Found, Parameter, Picture, Table, Value
from fonds.analyses.reading.words import Phrase, any_of
from fonds.analyses.terminology.candidates import (
    count,
    forms,
    languages_of,
    shared,
    stems_of,
)
from fonds.analyses.terminology.contexts import Wanted, contexts
from fonds.analyses.terminology.model import Reference, Term, Terminology, Variant
from fonds.analyses.terminology.ranking import is_term, rank
from fonds.analyses.terminology.skos import SKOS
from fonds.analyses.terminology.tbx import TBX
from fonds.search.analysis import tokens
from fonds.search.engine import Ords

_LARGE = 500  # documents: of more, a term must stand in three
_MOST_FORMS = 5  # spellings that are searched for
_DRAWN = 20
_SPARE = 3  # times the rows that are counted where the order rests on the counts
_LANGUAGES = 5  # at most, those of most documents


class Ranked(msgspec.Struct, frozen=True):
    """A candidate that was chosen."""

    stems: str
    language: str
    score: float
    weirdness: float
    times: int
    forms: tuple[str, ...]


class TerminologyOfCorpus:
    """Makes `terminology`."""

    name = "terminology"
    version = 2
    provenance = (
        "candidates of teeft ranked by C-value, weirdness against the general language (wordfreq, "
        "CC BY-SA 4.0) and rarity; documents counted by the search engine; keyness: G²"
    )
    parameters: tuple[Parameter, ...] = (
        Parameter("rows", 100, "terms", "termes", low=1, high=1_000),
        Parameter("sort", "score", "order", "ordre", choices=("score", "keyness", "documents")),
        Parameter("language", "", "language (eng, fre; empty: all)",
                  "langue (eng, fre ; vide : toutes)"),
    )  # fmt: skip
    forms: tuple[Form, ...] = (TBX, SKOS)

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return terms with their numbers, spellings and contexts."""
        rows, order = int(given["rows"]), str(given["sort"])
        spare = 1 if order == "score" else _SPARE
        ranked, candidates = ranking(corpus, rows * spare, str(given["language"]))
        reference, there = _reference(corpus)
        terms = [_counted(corpus, one, there) for one in ranked]
        if order != "score":
            terms.sort(key=lambda one: (-(one.keyness if order == "keyness" else one.documents),
                                        one.term))  # fmt: skip
        terms = _with_contexts(corpus, terms[:rows])
        found = Terminology(tuple(terms), candidates, len(corpus.digests), reference,
                            _size(corpus, there))  # fmt: skip
        used, without = counted_without(corpus, lambda one: bool(one.terms), "no-terms")
        drawn = [(one.term, float(one.documents)) for one in terms[:_DRAWN]]
        pictures = (Picture("terms", bars(drawn), "terms"),) if drawn else ()
        return Found(found, _tables(found), pictures, used, without)


def ranking(corpus: Corpus, most: int, language: str = "") -> tuple[list[Ranked], int]:
    """Return the best candidates of a corpus, and how many there were."""
    least = 3 if len(corpus.digests) > _LARGE else 2 if len(corpus.digests) > 1 else 1
    languages = languages_of(corpus.digests)
    chosen = [one for one in languages if language in ("", one)][:_LANGUAGES]
    found: list[Ranked] = []
    total = 0
    for name in chosen:
        counted = count(corpus.digests, name, least)
        if not counted.stems:
            continue
        score, weird = rank(counted)
        total += len(counted.stems)
        best = np.argsort(-score, kind="stable")[: 2 * most + 50].tolist()
        spelled = forms(corpus.digests, name, [counted.stems[at] for at in best])
        for at in best:
            stems = counted.stems[at]
            written = spelled.get(stems)
            if written and is_term(written[0]):
                found.append(Ranked(stems, name, round(float(score[at]), 2),
                                    round(float(weird[at]), 1), int(counted.times[at]),
                                    tuple(_searched(written))))  # fmt: skip
    found.sort(key=lambda one: (-one.score, one.stems, one.language))
    return found[:most], total


def _searched(written: Sequence[str]) -> list[str]:
    """Return the spellings that a search tells apart, the most usual first."""
    apart: dict[tuple[str, ...], str] = {}
    for form in written:
        apart.setdefault(tuple(tokens(form)), form)
    return list(apart.values())[:_MOST_FORMS]


def _reference(corpus: Corpus) -> tuple[Reference, Ords | None]:
    """Return what the corpus is compared with; without documents: the archive but for it."""
    if corpus.beside is not None:
        return "beside", corpus.beside.ords
    return ("rest" if corpus.archived() > len(corpus.digests) else "none"), None


def _size(corpus: Corpus, there: Ords | None) -> int:
    return len(there) if there is not None else corpus.archived() - len(corpus.digests)


def _counted(corpus: Corpus, one: Ranked, there: Ords | None) -> Term:
    variants = []
    found: list[Ords] = []
    for form in one.forms:
        phrase = Phrase(form)
        ords = corpus.find(phrase.query())
        found.append(ords)
        here = int(np.isin(ords, corpus.ords).sum())
        variants.append(Variant(form, here, phrase.quoted))
    together = np.unique(np.concatenate(found))
    here = int(np.isin(together, corpus.ords).sum())
    other = int(np.isin(together, there).sum()) if there is not None else len(together) - here
    variants.sort(key=lambda each: (-each.documents, len(each.form), each.form))
    return Term(
        term=variants[0].form,
        language=one.language,
        stems=one.stems,
        score=one.score,
        weirdness=one.weirdness,
        occurrences=one.times,
        documents=here,
        archive=len(together),
        keyness=keyness(here, len(corpus.digests), other, _size(corpus, there)),
        query=any_of(variant.query for variant in variants),
        variants=tuple(variants),
        contexts=(),
    )


def _with_contexts(corpus: Corpus, terms: Sequence[Term]) -> list[Term]:
    places: dict[str, dict[str, list[tuple[bool, int, int]]]] = {}
    for one in terms:
        places.setdefault(one.language, {})[one.stems] = []
    for at, digest in enumerate(corpus.digests):
        held = places.get(digest.terms_language, {})
        for stems, place in shared(held, stems_of(digest)):
            times = digest.candidates.counts[place]
            held[stems].append((not corpus.may_read(digest), -times, at))
    wanted = [
        Wanted(
            tuple(Phrase(variant.form) for variant in one.variants),
            one.language,
            tuple(at for _, _, at in sorted(places[one.language][one.stems])),
        )
        for one in terms
    ]
    found = contexts(corpus, wanted)
    return [
        msgspec.structs.replace(one, contexts=said) for one, said in zip(terms, found, strict=True)
    ]


def _tables(found: Terminology) -> tuple[Table, ...]:
    whole = max(1, found.corpus)
    compared = found.reference != "none"
    terms = tuple(
        (one.term, one.language, one.documents, round(one.documents / whole, 4), one.archive,
         one.keyness if compared else None, one.occurrences, one.score,
         "; ".join(variant.form for variant in one.variants[1:]), one.query)
        for one in found.terms
    )  # fmt: skip
    variants = tuple(
        (variant.form, one.term, variant.documents, variant.query)
        for one in found.terms
        for variant in one.variants
    )
    quoted = tuple(
        (one.term, said.text, "definition" if said.defines else "", said.place.page or None,
         said.place.section or said.place.part, said.year or None, said.title, said.ark)
        for one in found.terms
        for said in one.contexts
    )  # fmt: skip
    return (
        Table("terms", (
            Column("term"), Column("language"), Column("documents", "integer"),
            Column("share", "share"), Column("archive", "integer"), Column("keyness", "number"),
            Column("occurrences", "integer"), Column("score", "number"), Column("variants"),
            Column("query", "query")), terms),
        Table("variants", (Column("form"), Column("term"), Column("documents", "integer"),
                           Column("query", "query")), variants),
        Table("contexts", (
            Column("term"), Column("context"), Column("kind"), Column("page", "integer"),
            Column("section"), Column("year", "integer"), Column("title"),
            Column("document", "document")), quoted),
    )  # fmt: skip
