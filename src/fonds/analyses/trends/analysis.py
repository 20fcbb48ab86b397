"""The analysis `trends`: what becomes more or less usual, and words of one's own year by year.

Every number is of documents that a search finds, out of the corpus' documents of the same year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fonds.analyses.corpus import Corpus, counted_without
from fonds.analyses.drawing.lines import Line, lines
from fonds.analyses.drawing.stretches import Stretch, stretches
from fonds.analyses.model import Cell, Column, Form, Found, Parameter, Picture, Table, Value
from fonds.analyses.reading.words import read_phrases
from fonds.analyses.trends.bursts import find_bursts
from fonds.analyses.trends.candidates import KINDS, NEEDED, Candidate, candidates
from fonds.analyses.trends.model import Series, Trends
from fonds.analyses.trends.series import counts_of, documents_of, trend

WORDS = "words"
_LEAST = 3  # documents, to have a trend
_SPARE, _MOST_COUNTED = 4, 600  # candidates counted for each row shown, and at most
_DRAWN, _DRAWN_BURSTS = 8, 20
_DATED = "(_exists_:publicationDate OR _exists_:copyrightDate)"  # finds what has a year
_LEAST_DRAWN = 5  # documents of the first and last year of a picture
_ORDERS = ("rising", "falling", "frequent", "bursting")


class TrendsOfCorpus:
    """Makes `trends`."""

    name = "trends"
    version = 1
    provenance = (
        "documents counted by the search engine, out of those of the year; trend: Cochran-Armitage;"
        " bursts: Kleinberg's automaton of two states"
    )
    parameters: tuple[Parameter, ...] = (
        Parameter("words", "", "words of your own, with commas between",
                  "vos mots, séparés par des virgules"),
        Parameter("of", "terms", "or", "ou", choices=KINDS),
        Parameter("sort", "rising", "order", "ordre", choices=_ORDERS),
        Parameter("rows", 50, "rows", "lignes", low=1, high=300),
        Parameter("smoothing", 1, "years on each side, smoothed in the picture",
                  "années de part et d'autre, lissées dans l'image", low=0, high=10),
        Parameter("times", 2.0, "a burst: times as usual", "poussée : fois plus que d'habitude",
                  low=1.1, high=10.0),
    )  # fmt: skip
    forms: tuple[Form, ...] = ()

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return series by year, their trends and bursts; raises ParameterInvalid."""
        phrases = read_phrases(str(given["words"]))
        of = WORDS if phrases else str(given["of"])
        rows = int(given["rows"])
        if phrases:
            found = [Candidate(one.text, one.quoted) for one in phrases]
        else:
            found = candidates(corpus, of, min(_SPARE * rows, _MOST_COUNTED))
        made = _series(corpus, found, float(given["times"]))
        if not phrases:
            made = _ordered([one for one in made if one.documents >= _LEAST],
                            str(given["sort"]))[:rows]  # fmt: skip
        years, whole = tuple(corpus.years), tuple(documents_of(corpus).tolist())
        result = Trends(of, years, whole, tuple(made), len(found))
        used, without = _coverage(corpus, of)
        undated = any(not one.year for one in corpus.digests)
        tables = _tables(result, undated=undated)
        return Found(result, tables, _pictures(result, int(given["smoothing"])), used,
                     without)  # fmt: skip


def _series(corpus: Corpus, found: Sequence[Candidate], times: float) -> list[Series]:
    documents, counts = documents_of(corpus), counts_of(corpus, found)
    z = trend(counts, documents)
    bursts = find_bursts(corpus.years, counts, documents, times, 1.0)
    return [
        Series(
            value=one.value,
            kind=one.kind,
            query=one.query,
            documents=int(counts[at].sum()),
            counts=tuple(counts[at].tolist()),
            trend=round(float(z[at]), 2),
            bursts=bursts[at],
        )
        for at, one in enumerate(found)
    ]


def _ordered(found: Sequence[Series], order: str) -> list[Series]:
    def key(one: Series) -> tuple[float, int, str, str]:
        weight = max((burst.weight for burst in one.bursts), default=0.0)
        first = {"rising": -one.trend, "falling": one.trend, "bursting": -weight}.get(order, 0.0)
        return first, -one.documents, one.value, one.kind

    chosen = [one for one in found if one.bursts] if order == "bursting" else found
    return sorted(chosen, key=key)


def _coverage(corpus: Corpus, of: str) -> tuple[int, tuple[tuple[str, int], ...]]:
    dated = sum(bool(one.year) for one in corpus.digests)
    no_year = tuple(one for one in (("no-year", len(corpus.digests) - dated),) if one[1])
    if of == WORDS:
        return dated, no_year
    has, reason = NEEDED[of]
    _, without = counted_without(corpus, has, reason)
    used = sum(bool(one.year) and has(one) for one in corpus.digests)
    return used, (*without, *no_year)


def _tables(found: Trends, *, undated: bool) -> tuple[Table, ...]:
    dated = max(1, sum(found.documents))
    kinds = (Column("kind"),) if any(one.kind for one in found.series) else ()
    summary: tuple[tuple[Cell, ...], ...] = tuple(
        (one.value, *(one.kind for _ in kinds), one.documents, round(one.documents / dated, 4),
         one.trend, _said(one), f"{one.query} AND {_DATED}" if undated else one.query)
        for one in found.series
    )  # fmt: skip
    bursts = tuple(
        (one.value, burst.begin, burst.end, burst.weight,
         f"{one.query} AND publicationDate:[{burst.begin} TO {burst.end}]")
        for one in found.series
        for burst in one.bursts
    )  # fmt: skip
    by_year = tuple(
        (one.value, year, count, whole, round(count / whole, 4),
         f"{one.query} AND publicationDate:{year}")
        for one in found.series
        for year, count, whole in zip(found.years, one.counts, found.documents, strict=True)
        if whole
    )  # fmt: skip
    return (
        Table("trends", (
            Column("value"), *kinds, Column("documents", "integer"), Column("share", "share"),
            Column("trend", "number"), Column("bursts"), Column("query", "query")), summary),
        Table("bursts", (
            Column("value"), Column("begin", "integer"), Column("end", "integer"),
            Column("weight", "number"), Column("query", "query")), bursts),
        Table("series", (
            Column("value"), Column("year", "integer"), Column("documents", "integer"),
            Column("of_year", "integer"), Column("share", "share"), Column("query", "query")),
            by_year),
    )  # fmt: skip


def _said(one: Series) -> str:
    return "; ".join(
        str(burst.begin) if burst.begin == burst.end else f"{burst.begin}–{burst.end}"
        for burst in one.bursts
    )


def _pictures(found: Trends, smoothing: int) -> tuple[Picture, ...]:
    first, last = _drawn_years(found.documents)
    years = range(found.years[first], found.years[last] + 1) if found.years else range(0)
    drawn = [
        Line(one.value, _shares(one, found, smoothing)[first : last + 1])
        for one in found.series[:_DRAWN]
    ]
    if not drawn or not years:
        return ()
    pictures = [Picture("trends", lines(years, drawn, " %"), "trends")]
    heavy = sorted(
        ((one.value, burst) for one in found.series for burst in one.bursts),
        key=lambda each: (-each[1].weight, each[0]),
    )[:_DRAWN_BURSTS]
    if heavy:
        heavy.sort(key=lambda each: (each[1].begin, each[1].end, each[0]))
        said = [Stretch(value, one.begin, one.end, one.weight) for value, one in heavy]
        years = range(
            min(years[0], heavy[0][1].begin), max(years[-1], *(b.end for _, b in heavy)) + 1
        )
        pictures.append(Picture("bursts", stretches(years, said), "bursts"))
    return tuple(pictures)


def _drawn_years(documents: Sequence[int]) -> tuple[int, int]:
    """Return the first and last year that have documents enough for a share to say something."""
    least = min(_LEAST_DRAWN, max(documents, default=0))
    enough = [at for at, count in enumerate(documents) if count >= least]
    return (enough[0], enough[-1]) if enough else (0, 0)


def _shares(one: Series, found: Trends, smoothing: int) -> tuple[float, ...]:
    """Return percentages of the documents of each year and its neighbours."""
    window = np.ones(2 * smoothing + 1)
    held = np.convolve(one.counts, window)[smoothing : smoothing + len(one.counts)]
    whole = np.convolve(found.documents, window)[smoothing : smoothing + len(one.counts)]
    shares = np.divide(100 * held, whole, out=np.zeros(len(held)), where=whole > 0)
    return tuple(shares.tolist())
