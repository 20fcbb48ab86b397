"""Reads what enrichments came to, and which documents wait for them, from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.archive.catalogue import Catalogue, Located
from fonds.archive.model import EnrichmentCount, StoredEnrichment
from fonds.errors import Finding

Ords = npt.NDArray[np.uint32]

_FINDING = msgspec.msgpack.Decoder(Finding)
_PAGE = 1_000
_CURRENT = "SELECT d.ord FROM document d WHERE d.current"


class Method(msgspec.Struct, frozen=True):
    """An enrichment as it is installed now."""

    name: str
    version: int
    parameters: str  # as a JSON object, keys in order


def last_turn(catalogue: Catalogue) -> int:
    """Return the number of the last pack of enrichments; 0 without one."""
    ((turn,),) = catalogue.rows("SELECT coalesce(max(turn), 0) FROM enriched")
    return int(turn)


def turn_of(catalogue: Catalogue, number: int) -> int:
    """Return the turn at which a document was enriched last; 0 when it never was."""
    rows = catalogue.rows("SELECT turn FROM enriched WHERE ord = ?", (number,))
    return int(rows[0][0]) if rows else 0


def since(catalogue: Catalogue, turn: int) -> Iterator[Located]:
    """Give the current documents that were enriched after a turn, in the order of arrival."""
    after = 0
    sql = (
        "SELECT e.ord FROM enriched e JOIN document d ON d.ord = e.ord"
        " WHERE e.turn > ? AND e.ord > ? AND d.current ORDER BY e.ord LIMIT ?"
    )
    while ords := [row[0] for row in catalogue.rows(sql, (turn, after, _PAGE))]:
        found = catalogue.located(ords)
        yield from (found[number] for number in ords)
        after = ords[-1]


def pending(catalogue: Catalogue, methods: Iterable[Method], *, failed: bool = False) -> Ords:
    """Return the current documents for which one of these has not run as it is installed now.

    A later version counts as run. `failed`: also those in which one of them failed.
    """
    clauses, values = [], []
    for method in methods:
        clauses.append(
            "NOT EXISTS (SELECT 1 FROM enrichment e JOIN method m ON m.id = e.method"
            " WHERE e.ord = d.ord AND e.name = ? AND (m.version > ? OR (m.version = ?"
            " AND m.parameters = ?)) AND (e.status != 'failed' OR NOT ?))"
        )
        values += [method.name, method.version, method.version, method.parameters, failed]
    if not clauses:
        return np.empty(0, np.uint32)
    waiting = " OR ".join(clauses)  # our own text
    sql = f"{_CURRENT} AND ({waiting}) ORDER BY d.ord"
    return np.fromiter((row[0] for row in catalogue.stream(sql, values)), np.uint32)


def states(catalogue: Catalogue, number: int) -> tuple[StoredEnrichment, ...]:
    """Return what every enrichment came to in a document, by name."""
    sql = (
        "SELECT e.name, m.version, e.status, e.time, e.took, m.parameters, m.provenance, e.finding"
        " FROM enrichment e JOIN method m ON m.id = e.method WHERE e.ord = ? ORDER BY e.name"
    )
    return tuple(map(_stored, catalogue.rows(sql, (number,))))


def _stored(row: tuple[Any, ...]) -> StoredEnrichment:
    name, version, status, time, took, parameters, provenance, said = row
    finding = _FINDING.decode(said) if said is not None else None
    return StoredEnrichment(name, version, status, time, took, parameters, provenance, finding)


def counts(catalogue: Catalogue) -> tuple[EnrichmentCount, ...]:
    """Return in how many current documents each version of each enrichment came to what."""
    sql = (
        "SELECT e.name, m.version, e.status, count(*), round(avg(e.took), 3) FROM enrichment e"
        " JOIN method m ON m.id = e.method JOIN document d ON d.ord = e.ord AND d.current"
        " GROUP BY e.name, m.version, e.status ORDER BY e.name, m.version DESC, e.status"
    )
    return tuple(EnrichmentCount(*row) for row in catalogue.rows(sql))


def failures(catalogue: Catalogue, names: Sequence[str] = ()) -> Iterator[tuple[int, str, Finding]]:
    """Give ord, enrichment and reason where one failed in a current document."""
    sql = (
        "SELECT e.ord, e.name, e.finding FROM enrichment e JOIN document d ON d.ord = e.ord"
        " WHERE e.status = 'failed' AND d.current ORDER BY e.ord, e.name"
    )
    for number, name, finding in catalogue.stream(sql):
        if not names or name in names:
            yield number, name, _FINDING.decode(finding)
