"""What a corpus is made of: abstracts, texts, languages, years, quality, and what tools can read.

Every number counts documents of the corpus itself, exactly, also when it is a sample of its result.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from starlette.requests import Request

from fonds.corpora.layout import Tally
from fonds.corpora.plan import Plan
from fonds.corpora.presets import PRESETS
from fonds.corpora.sizes import Sizes, sizes_of
from fonds.corpora.usable import usable
from fonds.corpora.withholding import Withholding
from fonds.search.engine import Ords
from fonds.search.query.printer import quote
from fonds.web.portal.corpus.formats import WHOLE
from fonds.web.portal.corpus.lines import LONG
from fonds.web.services import Services
from fonds.web.visitors import narrow, visitor_of

_LANGUAGES = 8  # shown; the others are counted together
_BANDS = (("low", "[0 TO 2}"), ("fair", "[2 TO 5}"), ("good", "[5 TO 8}"), ("high", "[8 TO 10]"))


class Count(msgspec.Struct, frozen=True):
    """A number of documents and its share of the corpus."""

    name: str
    count: int
    share: float  # 0 to 1


class Offered(msgspec.Struct, frozen=True):
    """Files that can be chosen: a format, or a whole type."""

    key: str  # "fulltext/pdf", "annexes"
    type: str
    format: str
    count: int  # documents that have them, and give them to who asks; files of a whole type
    bytes: int  # unpacked
    withheld: int  # files that who asks may not have


class Indicators(msgspec.Struct, frozen=True):
    """What a corpus is made of."""

    documents: int
    parts: tuple[Count, ...]  # abstract, text PDF, cleaned text, structured text
    languages: tuple[Count, ...]
    quality: tuple[Count, ...]
    tools: tuple[Count, ...]  # documents that have all that a tool needs
    offered: tuple[Offered, ...]
    withheld: int  # files


def indicators(
    request: Request, services: Services, query: str, plan: Plan, withholding: Withholding
) -> Indicators:
    """Count what the documents of a plan of everything are; `query` found them."""
    sizes = sizes_of(services.archive, plan, withholding)
    counter = _Counter(request, services, query, plan)
    tools = usable(services.archive, plan, withholding)
    return Indicators(
        documents=len(plan.ords),
        parts=tuple(_parts(counter, sizes)),
        languages=tuple(_languages(counter)),
        quality=tuple(_quality(counter)),
        tools=tuple(counter.share(one.name, tools[one.name]) for one in PRESETS),
        offered=tuple(offered(sizes)),
        withheld=sizes.withheld,
    )


class _Counter:
    """Counts documents of a plan that also answer something else."""

    def __init__(self, request: Request, services: Services, query: str, plan: Plan) -> None:
        self._request = request
        self._services = services
        self._query = query
        self._ords: Ords = np.sort(plan.ords)
        self._is_long = len(query) > LONG  # a list: reading it takes longer than what it narrows
        self._is_whole = len(plan.ords) == plan.asked.total and not self._is_long

    def __call__(self, clause: str) -> int:
        services = self._services
        question = clause if self._is_long else f"({self._query}) AND {clause}"
        asked = services.search.ask(question, size=0)
        narrowed = narrow(services, visitor_of(self._request, services), asked)
        if self._is_whole:
            return services.search.search(narrowed).total
        found, _ = services.engine.matches(narrowed)
        return len(np.intersect1d(found, self._ords, assume_unique=True))

    def values(self, field: str, most: int) -> list[str]:
        """Return the values of a field that are most frequent in the whole result."""
        services = self._services
        asked = services.search.ask(self._query, size=0, facet=f"{field}[{most}]")
        narrowed = narrow(services, visitor_of(self._request, services), asked)
        answer: Any = services.search.search(narrowed).aggregations.get(field)
        return [str(bucket["key"]) for bucket in answer["buckets"]] if answer else []

    def share(self, name: str, count: int) -> Count:
        return Count(name, count, count / max(1, len(self._ords)))


def _parts(counter: _Counter, sizes: Sizes) -> Iterator[Count]:
    """Give the shares that decide what a corpus is good for."""
    there = {(one.type, one.format): one.documents for one in sizes.formats}
    yield counter.share("abstract", counter("_exists_:abstract"))
    yield counter.share("pdf_text", counter("qualityIndicators.pdfText:true"))
    yield counter.share("cleaned", there.get(("fulltext", "cleaned"), 0))
    yield counter.share("tei", there.get(("fulltext", "tei"), 0))


def _languages(counter: _Counter) -> Iterator[Count]:
    """Give the languages, the most frequent first; a document in two counts in both."""
    names = counter.values("language", _LANGUAGES)
    found = [(name, counter(f"language.raw:{quote(name)}")) for name in names]
    for name, count in sorted(found, key=lambda one: -one[1]):
        if count:
            yield counter.share(name, count)


def _quality(counter: _Counter) -> Iterator[Count]:
    for name, band in _BANDS:
        yield counter.share(name, counter(f"qualityIndicators.score:{band}"))


def offered(sizes: Sizes) -> Iterator[Offered]:
    """Give what can be chosen, in the order of the archive; annexes and covers as wholes."""
    for kind in ("metadata", "fulltext", "enrichments"):
        for one in sizes.formats:
            if one.type == kind:
                yield Offered(f"{kind}/{one.format}", kind, one.format, one.documents, one.bytes,
                              one.withheld)  # fmt: skip
    for kind in WHOLE:
        some = [one for one in sizes.formats if one.type == kind]
        if some:
            yield _together(kind, some)


def _together(kind: str, some: list[Tally]) -> Offered:
    return Offered(kind, kind, "", sum(one.files for one in some), sum(one.bytes for one in some),
                   sum(one.withheld for one in some))  # fmt: skip
