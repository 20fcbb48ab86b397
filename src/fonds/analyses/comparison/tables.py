"""The tables of a comparison; shares and queries of the second corpus end in `_beside`."""

from __future__ import annotations

from collections.abc import Sequence

from fonds.analyses.comparison.distributions import Distribution
from fonds.analyses.comparison.model import Divergence, Keyed, Measure
from fonds.analyses.corpus import Corpus
from fonds.analyses.counting import quoted
from fonds.analyses.model import Cell, Column, Table

_COUNTS = (
    Column("documents", "integer"),
    Column("documents_beside", "integer"),
    Column("share", "share"),
    Column("share_beside", "share"),
)
_QUERIES = (Column("query", "query"), Column("query_beside", "query"))


def overview_table(found: Sequence[Divergence]) -> Table:
    """Return by what the two corpora differ, the most telling first."""
    order = sorted(found, key=lambda one: (one.chance - one.divergence, one.of))
    said = (Column("dimension"), Column("divergence", "number"), Column("chance", "number"),
            Column("more"), Column("more_by", "share"), Column("fewer"),
            Column("fewer_by", "share"))  # fmt: skip
    rows = tuple(
        (one.of, one.divergence, one.chance, one.more, one.more_by, one.fewer, one.fewer_by)
        for one in order
    )
    return Table("differences", said, rows)


def measures_table(found: Sequence[Measure]) -> Table:
    """Return the numbers of both corpora beside each other."""
    said = (Column("dimension"), Column("mean", "number"), Column("mean_beside", "number"),
            Column("median", "number"), Column("median_beside", "number"),
            Column("difference", "number"))  # fmt: skip
    rows = tuple(
        (one.of, one.mean, one.mean_beside, one.median, one.median_beside, one.difference)
        for one in found
    )
    return Table("measures", said, rows)


def keyed_table(name: str, found: Sequence[Keyed], second: Corpus) -> Table:
    """Return what is more frequent in the first corpus, then what is in the second."""
    said = (Column("value"), *_COUNTS, Column("log_ratio", "number"),
            Column("keyness", "number"), *_QUERIES)  # fmt: skip
    return Table(name, said, tuple((*_row(one), *_queries(one.query, second)) for one in found))


def missing_table(found: Sequence[Keyed], second: Corpus) -> Table:
    """Return what the first corpus has none of."""
    said = (Column("value"), Column("of"), Column("documents_beside", "integer"),
            Column("share_beside", "share"), Column("query_beside", "query"))  # fmt: skip
    rows = tuple(
        (one.value, one.of, one.documents_beside, one.share_beside, second.narrowed(one.query))
        for one in found
    )
    return Table("missing", said, rows)


def distribution_table(found: Distribution, second: Corpus, most: int) -> Table:
    """Return the counts of both corpora; of many values, those that differ most."""
    first, beside = found.shares
    apart = first - beside
    places = list(range(len(found.values)))
    if found.dimension.name != "years" and len(places) > 2 * most:
        places = places[:most] + places[-most:]
    said = (Column("value"), *_COUNTS, Column("apart", "share"), *_QUERIES)
    rows = []
    for at in places:
        value = found.values[at]
        cells: tuple[Cell, ...] = (
            value, found.counts[at], found.counts_beside[at], round(float(first[at]), 5),
            round(float(beside[at]), 5), round(float(apart[at]), 5),
        )  # fmt: skip
        query = _query(found.dimension.field, value)
        rows.append((*cells, *(_queries(query, second) if query else (None, None))))
    return Table(found.dimension.name, said, tuple(rows), len(found.values) - len(places))


def _row(one: Keyed) -> tuple[Cell, ...]:
    return (one.value, one.documents, one.documents_beside, one.share, one.share_beside,
            one.log_ratio, one.keyness)  # fmt: skip


def _queries(query: str, second: Corpus) -> tuple[Cell, Cell]:
    return query, second.narrowed(query)


def _query(field: str, value: str) -> str:
    if value == "unknown" and field != "language.raw":  # some is said by nothing
        return ""
    return f"{field}:{value}" if field == "publicationDate" else quoted(field, value)
