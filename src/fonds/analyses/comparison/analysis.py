"""The analysis `comparison`: a corpus beside another, or beside the rest of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from fonds.analyses.comparison.distributions import (
    DIMENSIONS,
    Distribution,
    distribution,
    divergence,
    measures,
)
from fonds.analyses.comparison.model import Comparison, Keyed, Side
from fonds.analyses.comparison.tables import (
    distribution_table,
    keyed_table,
    measures_table,
    missing_table,
    overview_table,
)
from fonds.analyses.comparison.vocabularies import KINDS, Counted, counted, missing, telling
from fonds.analyses.corpus import Corpus
from fonds.analyses.drawing.pairs import Pair, pairs
from fonds.analyses.model import Form, Found, Parameter, Picture, Table, Value

_OTHERS = 10_000  # documents of the archive that a corpus is compared with
_DRAWN = 10  # names of each side in a picture
_YEARS_DRAWN = 24


class ComparisonOfCorpora:
    """Makes `comparison`."""

    name = "comparison"
    version = 1
    provenance = (
        "documents counted in both corpora; log-likelihood ratio G² (Dunning 1993), log ratio "
        "(Hardie 2014), Jensen-Shannon divergence, Cohen's d; no outside data"
    )
    parameters: tuple[Parameter, ...] = (
        Parameter("rows", 25, "rows of each side", "lignes de chaque côté", low=1, high=1_000),
        Parameter("least", 2, "in documents at least", "dans des documents, au moins", low=1,
                  high=100_000),
    )  # fmt: skip
    forms: tuple[Form, ...] = ()

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return what is more, less or not there in the corpus, and how both are made."""
        most, least = int(given["rows"]), int(given["least"])
        second = corpus.beside if corpus.beside is not None else corpus.others(_OTHERS)
        if not second.digests:
            return Found(_compared(corpus, second, (), (), ()))
        made = [distribution(one, corpus, second) for one in DIMENSIONS]
        kinds = [counted(kind, corpus.digests, second.digests, least) for kind in KINDS]
        keyed = tuple(one for kind in kinds for one in telling(kind, most))
        lacking = missing(kinds, most)
        result = _compared(corpus, second, made, keyed, lacking)
        names = (corpus.name, second.name or f"NOT ({corpus.name})")
        return Found(
            result,
            tuple(_tables(result, second, made, kinds, most)),
            tuple(_pictures(result, made, names)),
        )


def _compared(
    first: Corpus, second: Corpus, made: Sequence[Distribution], keyed: tuple[Keyed, ...],
    lacking: tuple[Keyed, ...],
) -> Comparison:  # fmt: skip
    return Comparison(
        first=Side(first.name, len(first.whole), len(first.digests)),
        second=Side(second.name, len(second.whole), len(second.digests)),
        archive=first.beside is None,
        shared=len(np.intersect1d(first.whole, second.whole)),
        divergences=tuple(map(divergence, made)),
        measures=measures(first.digests, second.digests),
        keyed=keyed,
        missing=lacking,
    )


def _tables(
    result: Comparison, second: Corpus, made: Sequence[Distribution], kinds: Iterable[Counted],
    most: int,
) -> Iterable[Table]:  # fmt: skip
    yield overview_table(result.divergences)
    yield measures_table(result.measures)
    for kind in kinds:
        rows = [one for one in result.keyed if one.of == kind.of]
        if rows:
            yield keyed_table(kind.of, rows, second)
    if result.missing:
        yield missing_table(result.missing, second)
    for one in made:
        if len(one.values) > 1:
            yield distribution_table(one, second, most)


def _pictures(
    result: Comparison, made: Sequence[Distribution], names: tuple[str, str]
) -> Iterable[Picture]:
    for kind in KINDS:
        rows = [one for one in result.keyed if one.of == kind]
        more = [one for one in rows if one.keyness > 0][:_DRAWN]
        fewer = [one for one in rows if one.keyness < 0][:_DRAWN]
        drawn = [(one.value, one.share, one.share_beside) for one in (*more, *fewer)]
        if drawn:
            yield Picture(kind, pairs(drawn, names), kind)
    for one in made:
        if len(one.values) > 1:
            name = one.dimension.name
            yield Picture(name, pairs(_drawn(one), names), name)


def _drawn(found: Distribution) -> list[Pair]:
    """Return the values that are drawn: all years that there is room for, else the extremes."""
    first, second = found.shares
    rows = [(value, float(first[at]), float(second[at])) for at, value in enumerate(found.values)]
    if found.dimension.name == "years":
        return _by_span(rows)
    if len(rows) <= 2 * _DRAWN:
        return rows
    return [*rows[:_DRAWN], *rows[-_DRAWN:]]


def _by_span(rows: Sequence[Pair]) -> list[Pair]:
    """Put years together, five or ten or more, until there is room for all."""
    years = [int(name) for name, _, _ in rows if name.isdigit()]
    span = next(
        (one for one in (1, 2, 5, 10, 20, 50, 100, 500)
         if not years or (max(years) // one - min(years) // one) < _YEARS_DRAWN),
        1_000,
    )  # fmt: skip
    found: dict[str, tuple[float, float]] = {}
    for name, one, other in rows:
        said = name
        if name.isdigit() and span > 1:
            start = int(name) // span * span
            said = f"{start}-{start + span - 1}"
        before = found.get(said, (0.0, 0.0))
        found[said] = (before[0] + one, before[1] + other)
    return [(name, one, other) for name, (one, other) in found.items()]
