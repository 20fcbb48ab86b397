"""What is more frequent in one of two corpora: terms, keywords, entities, categories.

Counted are documents, and only among those that have any, so that a corpus without enrichments
does not look poor in terms. Ranked by G² (Dunning 1993), with the log ratio as size of the effect
(Hardie 2014): 1 is twice, 2 four times as frequent; of none, half a document is assumed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from math import log2

import msgspec

from fonds.analyses.comparison.model import Keyed
from fonds.analyses.counting import quoted
from fonds.analyses.digest import Digest
from fonds.analyses.keyness import keyness
from fonds.analyses.networks.items import (
    SOURCES,
    Item,
    Mention,
    Source,
    gathered,
    having,
    query_of,
)

SURE = 3.84  # G² that chance passes once in twenty
KINDS = ("terms", "keywords", "entities", "categories")
_MISSING_EXPECTED = 2.0  # documents the first corpus should have, if it were as the second


def _categories(document: Digest) -> Iterator[Mention]:
    for one in document.categories:
        yield Mention(one, one)


_SOURCES: dict[str, Source] = {
    **{kind: SOURCES[kind] for kind in KINDS if kind in SOURCES},
    "categories": Source(_categories, lambda _: "categories.nb.raw", "no-categories"),
}


class Counted(msgspec.Struct, frozen=True):
    """One kind of things in both corpora, the most telling first."""

    of: str
    rows: tuple[Keyed, ...]
    documents: int  # that have any
    documents_beside: int


def counted(of: str, first: Sequence[Digest], second: Sequence[Digest], least: int) -> Counted:
    """Return everything that `least` documents of either corpus have."""
    source = _SOURCES[of]
    items = gathered([*first, *second], source)
    any_of = having(items)
    whole = sum(place < len(first) for place in any_of)
    whole_beside = len(any_of) - whole
    rows = [
        _row(of, source, item, len(first), (whole, whole_beside))
        for item in items
        if len(item.documents) >= least
    ]
    rows = [one for one in rows if max(one.documents, one.documents_beside) >= least]
    rows.sort(key=lambda one: (-abs(one.keyness), one.value, one.query))
    return Counted(of, tuple(rows), whole, whole_beside)


def telling(found: Counted, most: int) -> tuple[Keyed, ...]:
    """Return what is more frequent in the first corpus, then what is in the second."""
    sure = [one for one in found.rows if abs(one.keyness) >= SURE]
    more = [one for one in sure if one.keyness > 0][:most]
    return (*more, *[one for one in sure if one.keyness < 0][:most])


def missing(kinds: Iterable[Counted], most: int) -> tuple[Keyed, ...]:
    """Return what the first corpus has none of, though as the second it would have some."""
    found = [
        (one.share_beside * kind.documents, one)
        for kind in kinds
        for one in kind.rows
        if not one.documents and one.share_beside * kind.documents >= _MISSING_EXPECTED
    ]
    found.sort(key=lambda pair: (-pair[0], pair[1].of, pair[1].value, pair[1].query))
    return tuple(one for _, one in found[:most])


def _category(value: str) -> str:
    """Return what finds a category: by the text, else by the journal."""
    by_text, by_journal = quoted("categories.nb.raw", value), quoted("categories.lcc.raw", value)
    return f"({by_text} OR ({by_journal} AND NOT _exists_:categories.nb))"


def _row(of: str, source: Source, item: Item, border: int, wholes: tuple[int, int]) -> Keyed:
    here = bisect_left(item.documents, border)  # ascending
    there = len(item.documents) - here
    whole, beside = wholes
    share, share_beside = here / max(1, whole), there / max(1, beside)
    return Keyed(
        of=of,
        value=item.name,
        documents=here,
        documents_beside=there,
        share=round(share, 5),
        share_beside=round(share_beside, 5),
        log_ratio=_log_ratio(here, whole, there, beside),
        keyness=keyness(here, whole, there, beside),
        query=_category(item.name) if of == "categories" else query_of(item, source),
    )


def _log_ratio(here: int, whole: int, there: int, beside: int) -> float:
    if not whole or not beside:
        return 0.0
    return round(log2((here or 0.5) / whole) - log2((there or 0.5) / beside), 3)
