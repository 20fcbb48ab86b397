"""`highlight`: where each hit answers the query, as HTML in which the words found stand in `<em>`.

Passages of the running text are given to those who may read it; all of it is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

from fonds.access.gate import Visitor
from fonds.errors import ParameterInvalid
from fonds.search.engine import Hit
from fonds.search.passages import Passage, finds, highlight, passages
from fonds.search.query.tree import Node
from fonds.web.services import Services
from fonds.web.visitors import may_read

MOST_HIGHLIGHTED = 100  # hits of one answer; each may mean reading a long text
_MOST_TEXT = 2_000_000  # characters looked through
_PASSAGES = 3
_Found = dict[str, list[str]]


class _Told(msgspec.Struct, frozen=True):
    """What of a record is highlighted."""

    title: str = ""
    abstract: str = ""


_decode = msgspec.json.Decoder(_Told).decode


def highlights(
    services: Services, visitor: Visitor, query: Node | None, hits: Sequence[Hit]
) -> list[_Found]:
    """Return the highlights of each hit by field."""
    return [_of(services, visitor, query, hit) for hit in hits]


def check_size(size: int) -> None:
    """Raise ParameterInvalid when an answer would be too large to highlight."""
    if size > MOST_HIGHLIGHTED:
        reason = f"with highlight, at most {MOST_HIGHLIGHTED} was expected"
        raise ParameterInvalid(name="size", value=str(size), reason=reason)


def _of(services: Services, visitor: Visitor, query: Node | None, hit: Hit) -> _Found:
    told = _decode(hit.source)
    found: _Found = {}
    title = highlight(query, told.title, "title")
    if title.marks:
        found["title"] = [_html(title)]
    if finds(query, told.abstract, "abstract"):
        found["abstract"] = [_html(one) for one in passages(query, told.abstract, count=1)]
    text = _text(services, visitor, hit)
    inside = [_html(one) for one in passages(query, text, count=_PASSAGES)]
    if inside:
        found["fulltext"] = inside
    return {field: pieces for field, pieces in found.items() if pieces}


def _text(services: Services, visitor: Visitor, hit: Hit) -> str:
    if not may_read(services, visitor, hit.source):
        return ""
    return services.archive.text_at(hit.ord)[:_MOST_TEXT]


def _html(passage: Passage) -> str:
    parts = []
    at = 0
    for begin, end in passage.marks:
        parts += [escape(passage.text[at:begin]), f"<em>{escape(passage.text[begin:end])}</em>"]
        at = end
    return "".join([*parts, escape(passage.text[at:])])
