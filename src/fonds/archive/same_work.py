"""Finds the documents that are the same work, by the catalogue's index of keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from fonds.archive.catalogue import Catalogue
from fonds.archive.works import REASONS, Decision, Reason, Twin, Work, key_row

_SHARED = (
    "SELECT w.key, w.kind, d.id FROM work w JOIN document d ON d.ord = w.ord AND d.current"
    " WHERE w.key IN (SELECT key FROM work GROUP BY key HAVING count(*) > 1)"
    " ORDER BY w.key, w.ord"
)
_OTHERS = (
    "SELECT d.id, c.name, w.kind FROM work w JOIN document d ON d.ord = w.ord AND d.current"
    " JOIN collection c ON c.id = d.collection WHERE w.key = ? AND d.id != ? ORDER BY d.ord"
)
_SHARING = (
    "SELECT w.key, w.kind, w.ord FROM work w JOIN document d ON d.ord = w.ord AND d.current"
    " WHERE w.key IN"
)
_DECIDED = "SELECT first, second, linked, why, time FROM decision WHERE first = ? OR second = ?"


def with_keys(catalogue: Catalogue, keys: Iterable[str], identifier: str) -> tuple[Twin, ...]:
    """Return the current documents other than `identifier` that share one of the keys."""
    return _others(catalogue, [key_row(key)[0] for key in keys], identifier)


def sharing(catalogue: Catalogue, keys: Sequence[str]) -> dict[str, list[int]]:
    """Return the current documents, by ord, that have each of some keys; at most 500 keys."""
    by_row = {key_row(key): key for key in keys}
    marks = ",".join("?" * len(by_row))
    found: dict[str, list[int]] = {}
    for number, kind, place in catalogue.rows(f"{_SHARING} ({marks})", [row[0] for row in by_row]):
        if (number, kind) in by_row:
            found.setdefault(by_row[number, kind], []).append(int(place))
    return found


def twins(catalogue: Catalogue, identifier: str) -> tuple[Twin, ...]:
    """Return the documents that are the same work as one; links that were undone are left out."""
    own = bytes.fromhex(identifier)
    keys = catalogue.rows(
        "SELECT w.key FROM document d JOIN work w ON w.ord = d.ord WHERE d.id = ? AND d.current",
        (own,),
    )
    found = {twin.id: twin for twin in _others(catalogue, [key for (key,) in keys], identifier)}
    for row in catalogue.rows(_DECIDED, (own, own)):
        decision = _decision(row)
        other = decision.second if decision.first == identifier else decision.first
        if not decision.linked:
            found.pop(other, None)
        elif other not in found and (located := catalogue.current(other)) is not None:
            found[other] = Twin(other, located.collection, ("hand",))
    return tuple(found.values())


def decisions(catalogue: Catalogue) -> tuple[Decision, ...]:
    """Return everything that was decided by hand."""
    rows = catalogue.rows("SELECT first, second, linked, why, time FROM decision ORDER BY time")
    return tuple(map(_decision, rows))


def works(catalogue: Catalogue) -> Iterator[Work]:
    """Give every work that has several documents."""
    groups = _Groups()
    decided = decisions(catalogue)
    apart = {(one.first, one.second) for one in decided if not one.linked}
    touched = {identifier for pair in apart for identifier in pair}
    for (_, kind), rows in groupby(catalogue.rows(_SHARED), key=lambda row: (row[0], row[1])):
        ids = list(dict.fromkeys(row[2].hex().upper() for row in rows))
        if touched.isdisjoint(ids):
            links: Iterable[tuple[str, str]] = pairwise(ids)
        else:
            links = _linked(ids, apart)
        for first, second in links:
            groups.join(first, second, kind)
    for one in decided:
        if one.linked and all(map(catalogue.current, (one.first, one.second))):
            groups.join(one.first, one.second, "hand")
    yield from groups.works()


def _others(catalogue: Catalogue, keys: Sequence[int], identifier: str) -> tuple[Twin, ...]:
    found: dict[str, Twin] = {}
    own = bytes.fromhex(identifier)
    for key in keys:
        for blob, collection, kind in catalogue.rows(_OTHERS, (key, own)):
            other = blob.hex().upper()
            before = found[other].reasons if other in found else ()
            found[other] = Twin(other, collection, tuple(dict.fromkeys((*before, kind))))
    return tuple(found.values())


def _linked(ids: list[str], apart: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give every pair that nobody took apart; only for keys that a decision concerns."""
    for at, first in enumerate(ids):
        for second in ids[at + 1 :]:
            if (min(first, second), max(first, second)) not in apart:
                yield first, second


def _decision(row: Sequence[object]) -> Decision:
    first, second, linked, why, time = row
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert isinstance(time, float)
    return Decision(first.hex().upper(), second.hex().upper(), bool(linked), str(why), time)


class _Groups:
    """Disjoint sets of ids, each with the reasons that hold it together."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}
        self._reasons: dict[str, set[Reason]] = {}

    def join(self, first: str, second: str, reason: Reason) -> None:
        left, right = self._top(first), self._top(second)
        if left != right:
            self._above[right] = left
            self._reasons[left] |= self._reasons.pop(right)
        self._reasons[left].add(reason)

    def works(self) -> Iterator[Work]:
        members: dict[str, list[str]] = {}
        for identifier in self._above:
            members.setdefault(self._top(identifier), []).append(identifier)
        for top, ids in members.items():
            reasons = tuple(one for one in REASONS if one in self._reasons[top])
            yield Work(reasons, tuple(ids))

    def _top(self, identifier: str) -> str:
        if identifier not in self._above:
            self._above[identifier] = identifier
            self._reasons[identifier] = set()
        while (above := self._above[identifier]) != identifier:
            self._above[identifier] = self._above[above]
            identifier = above
        return identifier
