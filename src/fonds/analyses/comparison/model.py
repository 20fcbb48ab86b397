"""What a comparison finds."""

from __future__ import annotations

import msgspec


class Side(msgspec.Struct, frozen=True, rename="camel"):
    """One of the two corpora."""

    name: str  # as asked for; of the rest of the archive, empty
    documents: int
    looked: int  # fewer than documents: a sample


class Divergence(msgspec.Struct, frozen=True, rename="camel"):
    """How far apart two distributions are.

    The divergence is that of Jensen and Shannon, from 0 (the same) to 1 (nothing in common), and
    `chance` what two random corpora of these sizes would show of it.
    """

    of: str  # "languages"
    divergence: float
    chance: float
    more: str  # the value that the first corpus has most more of
    more_by: float  # difference of shares
    fewer: str
    fewer_by: float


class Measure(msgspec.Struct, frozen=True, rename="camel"):
    """A number of documents, in both."""

    of: str  # "words"
    mean: float
    mean_beside: float
    median: float
    median_beside: float
    difference: float  # of the means, in standard deviations (Cohen's d)


class Keyed(msgspec.Struct, frozen=True, rename="camel"):
    """Something that documents have, counted in both corpora."""

    of: str  # "terms"
    value: str
    documents: int
    documents_beside: int
    share: float  # of the documents that have any
    share_beside: float
    log_ratio: float  # of the shares, to base 2
    keyness: float  # G², negative where the first has less of it
    query: str


class Comparison(msgspec.Struct, frozen=True, rename="camel"):
    """Two corpora compared."""

    first: Side
    second: Side
    archive: bool  # the second is the rest of the archive
    shared: int  # documents of both
    divergences: tuple[Divergence, ...]
    measures: tuple[Measure, ...]
    keyed: tuple[Keyed, ...]
    missing: tuple[Keyed, ...]
