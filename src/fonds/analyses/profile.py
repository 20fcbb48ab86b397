"""The analysis `profile`: what a corpus is made of, before anything is concluded from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.counting import Counts, by_year, counted, quoted
from fonds.analyses.digest import Digest
from fonds.analyses.drawing.bars import bars
from fonds.analyses.drawing.columns import columns
from fonds.analyses.model import Column, Form, Found, Parameter, Picture, Table, Value

# name of the table, field that finds a value again, values of a document
_KINDS: tuple[tuple[str, str, Callable[[Digest], Iterable[str]]], ...] = (
    ("languages", "language.raw", lambda one: (one.language,)),
    ("genres", "genre.raw", lambda one: (one.genre,)),
    ("hosts", "host.title.raw", lambda one: (one.host,)),
    ("publishers", "host.publisher.raw", lambda one: (one.publisher,)),
    ("collections", "corpusName.raw", lambda one: (one.collection,)),
    ("texts", "", lambda one: (one.text_source or "none",)),
    ("readiness", "qualityIndicators.miningReady", lambda one: (one.readable or "unknown",)),
)
_DRAWN = 12  # bars of one picture


class Profile(msgspec.Struct, frozen=True, rename="camel"):
    """Numbers of documents."""

    documents: int
    words: int  # of all texts
    first_year: int  # 0: no year is known
    last_year: int
    without_year: int
    with_abstract: int
    with_text: int
    with_references: int
    with_terms: int
    mean_score: float


class ProfileOfCorpus:
    """Makes `profile`."""

    name = "profile"
    version = 1
    provenance = "counted from records; no model, no outside data"
    parameters: tuple[Parameter, ...] = (
        Parameter(
            "rows",
            25,
            "rows of each table",
            "lignes de chaque tableau",
            low=1,
            high=1_000,
        ),
    )
    forms: tuple[Form, ...] = ()

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return years, languages, genres, hosts, publishers, and what texts there are."""
        most = int(given["rows"])
        tables = [_years(corpus)] if corpus.years else []
        pictures = [_years_drawn(corpus)] if corpus.years else []
        for name, field, values in _KINDS:
            counts = counted(corpus.digests, values)
            if counts:
                tables.append(_table(name, field, counts, len(corpus.digests), most))
                pictures.append(Picture(name, bars(counts[:_DRAWN]), name))
        return Found(profile_of(corpus), tuple(tables), tuple(pictures))


def profile_of(corpus: Corpus) -> Profile:
    """Return the figures of a corpus."""
    found = corpus.digests
    return Profile(
        documents=len(found),
        words=sum(one.words for one in found),
        first_year=corpus.years[0] if corpus.years else 0,
        last_year=corpus.years[-1] if corpus.years else 0,
        without_year=sum(not one.year for one in found),
        with_abstract=sum(bool(one.abstract) for one in found),
        with_text=sum(bool(one.words) for one in found),
        with_references=sum(bool(one.reference_count) for one in found),
        with_terms=sum(bool(one.terms) for one in found),
        mean_score=round(sum(one.score for one in found) / max(1, len(found)), 3),
    )


def _years(corpus: Corpus) -> Table:
    rows = tuple(
        (year, count, f"publicationDate:{year}")
        for year, count in zip(corpus.years, by_year(corpus.digests, corpus.years), strict=True)
    )
    said = (Column("year", "integer"), Column("documents", "integer"), Column("query", "query"))
    return Table("years", said, rows)


def _years_drawn(corpus: Corpus) -> Picture:
    return Picture("years", columns(corpus.years, by_year(corpus.digests, corpus.years)), "years")


def _table(name: str, field: str, counts: Counts, whole: int, most: int) -> Table:
    said = [Column("value"), Column("documents", "integer"), Column("share", "share")]
    rows = [(value, count, round(count / whole, 4)) for value, count in counts[:most]]
    more = max(0, len(counts) - most)
    if not field:
        return Table(name, tuple(said), tuple(rows), more)
    queried = tuple((*row, quoted(field, row[0])) for row in rows)
    return Table(name, (*said, Column("query", "query")), queried, more)
