"""Asking a corpus' question again: what was added, removed and changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from fonds.archive.archive import Archive
from fonds.corpora.kept import KeptCorpus, Listed, listed
from fonds.corpora.planning import Wish, make_plan
from fonds.search.engine import Engine, SearchRequest
from fonds.search.service import SearchService


class Changed(msgspec.Struct, frozen=True):
    """A document that has another version now."""

    id: str
    before: int
    now: int


class Changes(msgspec.Struct, frozen=True):
    """How the result of a question differs from what was kept; ids in the order of the result."""

    before: int  # documents
    now: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Changed, ...]


def rerun(
    archive: Archive,
    engine: Engine,
    search: SearchService,
    kept: KeptCorpus,
    narrow: Callable[[SearchRequest], SearchRequest] | None = None,
) -> Changes:
    """Ask the question of a kept corpus again, with the same parameters.

    A list is looked up again. `narrow` keeps the question within what somebody may search.
    """
    if not kept.asked.tree:
        return compare(kept.documents, tuple(_current(archive, kept)))
    given = kept.asked.parameters
    request = search.ask(
        kept.asked.tree,
        default_operator="OR",
        sort_by=given.get("sortBy", ""),
        rank_by=given.get("rankBy", ""),
        seed=int(given["randomSeed"]) if "randomSeed" in given else None,
    )
    complete = kept.asked.size >= kept.asked.total
    wish = Wish(
        kept.asked.query,
        size=2**31 if complete else kept.asked.size,
        offset=0 if complete else int(given.get("from") or 0),
    )
    if narrow is not None:
        request = narrow(request)
    plan = make_plan(archive, engine, request, wish)
    return compare(kept.documents, tuple(listed(archive, plan.ords)))


def _current(archive: Archive, kept: KeptCorpus) -> Iterator[Listed]:
    for one in kept.documents:
        document = archive.by_id(one.id)
        if document is not None:
            yield Listed(one.id, document.version, document.ord)


def compare(before: tuple[Listed, ...], now: tuple[Listed, ...]) -> Changes:
    """Return how two lists of documents differ."""
    old = {one.id: one.version for one in before}
    new = {one.id: one.version for one in now}
    return Changes(
        before=len(old),
        now=len(new),
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        changed=tuple(
            Changed(name, old[name], version)
            for name, version in new.items()
            if name in old and old[name] != version
        ),
    )
