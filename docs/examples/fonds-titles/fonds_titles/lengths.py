"""How long the titles of a corpus are, year by year."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.drawing.lines import Line, lines
from fonds.analyses.model import Column, Form, Found, Parameter, Picture, Table, Value


class Lengths(msgspec.Struct, frozen=True):
    """Mean numbers of words."""

    mean: float
    years: Mapping[int, float]


class LengthOfTitles:
    """Makes `titles`."""

    name = "titles"
    version = 1
    provenance = "counted; no model, no outside data"
    parameters: tuple[Parameter, ...] = (
        Parameter(
            "least",
            1,
            "documents that a year must have",
            "documents qu'une année doit avoir",
            low=1,
            high=1_000,
        ),
    )
    forms: tuple[Form, ...] = ()

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return the mean number of words of each year with enough documents."""
        titled = [one for one in corpus.digests if one.title and one.year]
        counts: dict[int, list[int]] = {}
        for one in titled:
            counts.setdefault(one.year, []).append(len(one.title.split()))
        enough = {y: found for y, found in sorted(counts.items()) if len(found) >= given["least"]}
        means = {year: round(sum(found) / len(found), 2) for year, found in enough.items()}
        rows = tuple((year, means[year], len(found)) for year, found in enough.items())
        said = (
            Column("year", "integer"),
            Column("words", "number"),
            Column("documents", "integer"),
        )
        drawn = lines(corpus.years, [Line("", tuple(means.get(y, 0.0) for y in corpus.years))])
        return Found(
            Lengths(sum(means.values()) / max(1, len(means)), means),
            (Table("lengths", said, rows),),
            (Picture("lengths", drawn, "lengths"),) if rows else (),
            used=len(titled),
            without=(("no-title-or-year", len(corpus.digests) - len(titled)),),
        )
