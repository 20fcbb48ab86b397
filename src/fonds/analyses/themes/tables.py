"""The tables of themes, and their shares over the years as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.drawing.lines import Line, lines
from fonds.analyses.model import Column, Table
from fonds.analyses.themes.model import Theme, Themes

_DRAWN = 8  # lines of one picture
_QUERIED = 60  # documents of a theme that one query still names


def themes_table(found: Themes) -> Table:
    """Return a row for each theme."""
    said = (Column("theme"), Column("number", "integer"), Column("documents", "integer"),
            Column("share", "share"), Column("terms"), Column("language"),
            Column("cohesion", "number"), Column("query", "query"))  # fmt: skip
    rows = tuple(
        (one.label, one.number, one.documents, one.share, ", ".join(one.terms), one.language,
         one.cohesion, _query(one))
        for one in found.themes
    )  # fmt: skip
    return Table("themes", said, rows)


def _query(theme: Theme) -> str | None:
    """Return a query for the documents of a theme; None for more than an address can hold."""
    if theme.documents > _QUERIED:
        return None
    return "ark:(" + " ".join(f'"{ark}"' for ark in theme.arks) + ")"


def typical_table(found: Themes) -> Table:
    """Return the typical documents of each theme."""
    said = (Column("title"), Column("year", "integer"), Column("theme"),
            Column("closeness", "number"), Column("document", "document"))  # fmt: skip
    rows = tuple(
        (doc.title, doc.year or None, one.label, doc.closeness, doc.ark)
        for one in found.themes
        for doc in one.typical
    )
    return Table("typical", said, rows)


def documents_table(found: Themes, digests: Sequence[Digest]) -> Table:
    """Return the theme of every document."""
    said = (Column("title"), Column("number", "integer"), Column("theme"),
            Column("document", "document"))  # fmt: skip
    titles = {one.ark: one.title or one.ark for one in digests}
    rows = tuple(
        (titles[ark], one.number, one.label, ark) for one in found.themes for ark in one.arks
    )
    return Table("theme_documents", said, rows)


def years_table(corpus: Corpus, found: Themes) -> Table:
    """Return what share of each year's documents each theme has."""
    said = (Column("year", "integer"), Column("theme"), Column("documents", "integer"),
            Column("share", "share"))  # fmt: skip
    year_of = {one.ark: one.year for one in corpus.digests}
    counts = Counter((year_of[ark], one.number) for one in found.themes for ark in one.arks)
    wholes = Counter(year_of[ark] for one in found.themes for ark in one.arks)
    rows = []
    for year in filter(wholes.__getitem__, corpus.years):
        for one in found.themes:
            count = counts[year, one.number]
            rows.append((year, one.label, count, round(count / wholes[year], 4)))
    return Table("theme_years", said, tuple(rows))


def years_drawn(years: range, table: Table, found: Themes) -> str:
    """Draw the shares of the largest themes."""
    shares = {(row[0], row[1]): float(row[3] or 0) * 100 for row in table.rows}
    return lines(
        years,
        [
            Line(f"{one.number}. {one.label}",
                 tuple(shares.get((year, one.label), 0.0) for year in years))
            for one in found.themes[:_DRAWN]
        ],
        " %",
    )  # fmt: skip
